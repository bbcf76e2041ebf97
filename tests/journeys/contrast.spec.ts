import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '../support/fixtures';
import { root } from '../support/places';

/** The least contrast of text, and of what must be seen to use a control (WCAG 2.2, 1.4.3 and 1.4.11). */
const [TEXT, SHAPE] = [4.5, 3];

const GROUNDS = ['ground', 'ground-sunk', 'ground-raised', 'ground-hover'];
const HUES = ['gray', 'slate', 'blue', 'amber', 'violet', 'green', 'danger', 'accent'];
const SOFT = HUES.map((hue) => `${hue}-soft`);

interface Pairs {
  over: string[];
  on: string[];
  least: number;
  why: string;
}

/** Every pair of colours that stand on one another. The one place for it. */
const PAIRS: Pairs[] = [
  { over: ['text'], on: GROUNDS, least: TEXT, why: 'what is read' },
  { over: ['text'], on: SOFT, least: TEXT, why: 'banners, chosen options and chips, code, the note being written' },
  { over: ['text-quiet'], on: GROUNDS, least: TEXT, why: 'hints, labels of facts, times' },
  { over: ['text-quiet'], on: SOFT, least: TEXT, why: 'help in a chosen option, counts in chosen chips, hints below a note, code in a quotation' },
  { over: ['accent'], on: GROUNDS, least: TEXT, why: 'links' },
  { over: ['accent'], on: ['gray-soft'], least: TEXT, why: 'code within a link' },
  { over: ['danger'], on: GROUNDS, least: TEXT, why: 'what is wrong with a field' },
  { over: ['danger'], on: ['amber-soft'], least: TEXT, why: 'what is wrong with a note' },
  ...HUES.map((hue) => ({ over: [hue], on: [`${hue}-soft`], least: TEXT, why: `what is marked ${hue}` })),
  { over: HUES, on: GROUNDS, least: TEXT, why: 'reasons and icons; dots of chips and bars of ranks' },
  { over: ['on-accent'], on: ['accent-fill', 'accent-fill-hover'], least: TEXT, why: 'the primary button, the present step' },
  { over: ['on-danger'], on: ['danger-fill', 'danger'], least: TEXT, why: 'the button that cannot be taken back, and under the pointer' },
  { over: ['ground'], on: ['text'], least: TEXT, why: 'toasts' },
  { over: ['ground'], on: ['amber'], least: TEXT, why: 'the match that is shown of those found' },
  { over: ['ground-raised'], on: ['accent', 'blue', 'amber', 'danger'], least: SHAPE, why: 'the gaps between the parts of a bar' },
  { over: ['line-strong'], on: GROUNDS, least: SHAPE, why: 'edges of fields' },
  { over: ['line-strong'], on: ['amber-soft'], least: SHAPE, why: 'the edge of the field in which a note is written' },
  { over: ['accent-fill', 'danger-fill'], on: GROUNDS, least: SHAPE, why: 'filled buttons, ticks in boxes' },
  { over: ['focus'], on: [...GROUNDS, ...SOFT], least: SHAPE, why: 'the ring around what has the focus' },
];

/** Colours that nothing is read by, so that there is no pair to measure. */
const EXEMPT: Record<string, string> = {
  line: 'hairlines between what is told apart without them, and the empty bars of a rank whose word stands beside',
  scrim: 'lies over the page behind a dialog, and carries nothing',
  shadow: 'a shadow',
};

/** Properties that put a colour over another, and those that lay a ground. */
const OVER = ['color', 'fill', 'stroke', 'border', 'border-color', 'outline', 'outline-color', 'caret-color', 'accent-color'];
const GROUND = ['background', 'background-color', 'background-image'];
/** Variables of the parts: what is assigned to them is used as their kind says. */
const LOCAL: Record<string, 'over' | 'ground'> = { hue: 'over', second: 'over', third: 'over', soft: 'ground' };

interface Rule {
  where: string;
  over: string[];
  /** What is written in it. */
  text: string[];
  ground: string[];
}

const tokensIn = (value: string) => [...value.matchAll(/var\(\s*--([\w-]+)/g)].map((found) => found[1]!);

/** The colours that each rule of the style sheets uses. */
function rules(): Rule[] {
  const folder = join(root, 'style');
  const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css'));
  return sheets.flatMap((file) => {
    const css = readFileSync(join(folder, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    // The innermost blocks: rules, as at-rules hold rules.
    return [...css.matchAll(/([^{};]+)\{([^{}]*)\}/g)].map(([, selector, block]) => {
      const rule: Rule = { where: `${file}: ${selector!.replace(/\s+/g, ' ').trim()}`, over: [], text: [], ground: [] };
      for (const declaration of block!.split(';')) {
        const [property, ...rest] = declaration.split(':');
        const name = property!.trim();
        const tokens = tokensIn(rest.join(':')).filter((token) => isColour(token));
        const local = name.startsWith('--') ? LOCAL[name.slice(2)] : undefined;
        const isEdge = /^border(-(block|inline|top|bottom|left|right))?(-(start|end))?(-color)?$/.test(name);
        if (GROUND.includes(name) || local === 'ground') {
          rule.ground.push(...tokens);
        } else if (OVER.includes(name) || isEdge || local === 'over') {
          rule.over.push(...tokens);
        }
        if (name === 'color' || name === '--hue') {
          rule.text.push(...tokens);
        }
      }
      return rule;
    });
  });
}

/** The tokens that are colours, by name; the parts' own variables are none. */
function colours(): string[] {
  const css = readFileSync(join(root, 'style', '20-tokens.css'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = [...css.matchAll(/--([\w-]+):\s*([^;]+);/g)].filter(([, , value]) =>
    /light-dark\(|#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch|oklab|color|color-mix)\(/i.test(value!),
  );
  return [...new Set(found.map(([, name]) => name!))];
}

const COLOURS = colours();
const isColour = (token: string) => COLOURS.includes(token);
const known = (over: string, on: string) => PAIRS.some((pairs) => pairs.over.includes(over) && pairs.on.includes(on));

test.describe('the table of pairs', () => {
  test('names only tokens that there are, and every one that the style sheets use', () => {
    const [over, on] = [new Set(PAIRS.flatMap((pairs) => pairs.over)), new Set(PAIRS.flatMap((pairs) => pairs.on))];
    const unknown = [...over, ...on, ...Object.keys(EXEMPT)].filter((token) => !isColour(token));
    expect(unknown, 'no such token').toEqual([]);
    const used = rules();
    expect(used.length).toBeGreaterThan(100);
    const forgotten = used.flatMap(({ where, over: above, ground }) => [
      ...above.filter((token) => !over.has(token) && !(token in EXEMPT)).map((token) => `${where}: ${token} over a ground`),
      ...ground.filter((token) => !on.has(token) && !over.has(token) && !(token in EXEMPT)).map((token) => `${where}: ${token} as a ground`),
    ]);
    expect(forgotten, 'add the pairs, with a reason').toEqual([]);
    const spare = COLOURS.filter((token) => !over.has(token) && !on.has(token) && !(token in EXEMPT));
    expect(spare, 'tokens without a pair').toEqual([]);
  });

  test('has every pair that a rule makes by itself', () => {
    const made = rules().flatMap(({ where, text, ground }) =>
      text.flatMap((over) => ground.map((on) => ({ where, over, on }))).filter(({ over }) => !(over in EXEMPT)),
    );
    expect(made.length).toBeGreaterThan(15);
    // `var(--hue, var(--gray))` on `var(--soft, …)`: the hues come with their own grounds.
    const missing = made.filter(({ over, on }) => !known(over, on)).map(({ where, over, on }) => `${where}: ${over} on ${on}`);
    expect(missing).toEqual([]);
  });
});

for (const contrast of ['no-preference', 'more'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${colorScheme}, contrast ${contrast}: every pair can be told apart`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, contrast });
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      const measured = await page.evaluate((tokens) => {
        const probe = document.body.appendChild(document.createElement('span'));
        const canvas = document.createElement('canvas');
        const context = canvas.getContext('2d', { willReadFrequently: true })!;
        // Paints the colour, whatever notation it was computed to.
        const painted = tokens.map((token) => {
          probe.style.color = `var(--${token})`;
          context.clearRect(0, 0, 1, 1);
          context.fillStyle = getComputedStyle(probe).color;
          context.fillRect(0, 0, 1, 1);
          return [token, [...context.getImageData(0, 0, 1, 1).data]] as const;
        });
        probe.remove();
        return Object.fromEntries(painted);
      }, COLOURS);
      const unlike = new Set(Object.values(measured).map(String));
      expect(unlike.size, 'the tokens are read').toBeGreaterThan(15);

      const failures = PAIRS.flatMap(({ over, on, least, why }) =>
        over.flatMap((above) =>
          on.flatMap((below) => {
            const [front, back] = [measured[above]!, measured[below]!];
            expect([front[3], back[3]], `${above} and ${below} are opaque`).toEqual([255, 255]);
            const ratio = contrastOf(front, back);
            return ratio < least ? [`${above} on ${below}: ${ratio.toFixed(2)}, not ${least} (${why})`] : [];
          }),
        ),
      );
      expect(failures).toEqual([]);
    });
  }
}

test('a page chosen dark in a light system is as the dark system is', async ({ page }) => {
  const text = () => page.evaluate(() => getComputedStyle(document.documentElement).color);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/');
  const dark = await text();
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await text()).not.toBe(dark);
  await page.evaluate(() => localStorage.setItem('casement-theme', 'dark'));
  await page.reload();
  expect(await text()).toBe(dark);
});

/** WCAG's contrast of two colours in sRGB, each of 0 to 255. */
function contrastOf(one: readonly number[], other: readonly number[]): number {
  const luminance = (colour: readonly number[]) => {
    const [red, green, blue] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}
