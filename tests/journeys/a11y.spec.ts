import type { Locator, Page } from '@playwright/test';

import { confirmed, control, stepHeading } from '../support/assistant';
import { violations } from '../support/axe';
import { walk } from '../support/catalogue';
import { expect, test } from '../support/fixtures';
import { CasePage } from '../support/pages';
import { PEOPLE } from '../support/people';
import { STATES } from '../support/states';
import type { Question } from '../support/wire';

const WIDTHS = [390, 820, 1440];
const SCHEMES = ['light', 'dark'] as const;

/** Checks the page as it stands, in every width and both colour schemes. */
async function check(page: Page, name: string): Promise<void> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    // What lies half under the bar just now is no small target.
    await page.evaluate(() => window.scrollTo(0, 0));
    for (const colorScheme of SCHEMES) {
      // Without transitions: a colour on its way from dark to light is neither.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      found.push(...(await violations(page)).map((line) => `${name}, ${width}, ${colorScheme}: ${line}`));
    }
  }
  expect(found).toEqual([]);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await widest(page), `${name}: wider than 320`).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByRole('heading', { level: 1 }), `${name}: one h1`).toHaveCount(1);
  await expect(page.getByRole('main')).toHaveCount(1);
}

/** Elements that make the page wider than the screen. */
async function widest(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= limit) {
      return [];
    }
    const over = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > limit + 1);
    return [`scroll width ${document.documentElement.scrollWidth}`, ...over.slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
  });
}

for (const state of STATES) {
  test.describe(state.name, () => {
    test.use({ account: state.account });

    test('has no violation in any width and colour scheme', async ({ page, as, watch }) => {
      test.setTimeout(180_000);
      let looked = 0;
      await state.reach({ page, as, watch }, async (name) => {
        looked += 1;
        await check(page, name);
      });
      if (looked === 0) {
        await check(page, state.name);
      }
    });
  });
}

test.describe('navigation', () => {
  test.use({ account: 'customer' });

  test('moves the focus, changes the title, and is announced', async ({ page, as }) => {
    const customer = await as('customer');
    // The number of what is unread stands before the title.
    await customer.seeAll();
    const { number, subject } = await customer.file('problem', { subject: 'A page with its own title' });
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    const titles = [await page.title()];
    const arrive = async (title: string | RegExp) => {
      await expect(page).toHaveTitle(title);
      await expect(page.getByRole('main')).toBeFocused();
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      titles.push(await page.title());
    };
    const main = page.getByRole('navigation', { name: 'Main' });
    await main.getByRole('link', { name: 'Our cases' }).click();
    await arrive(/^Our cases/);
    await expect(main.getByRole('link', { name: 'Our cases' })).toHaveAttribute('aria-current', 'page');
    await expect(main.getByRole('link', { name: 'Home' })).not.toHaveAttribute('aria-current');
    await expect(page.getByRole('status').filter({ hasText: 'Our cases' })).toHaveCount(1);
    await page.getByRole('link', { name: subject }).click();
    await arrive(new RegExp(`${number}: ${subject}`));
    await page.getByRole('banner').getByRole('link', { name: 'Create a case' }).click();
    await arrive(/^Create a case/);
    await page.getByRole('main').getByRole('link', { name: 'Emergency' }).click();
    await arrive(/Emergency/);
    await page.goBack();
    await arrive(/^Create a case/);
    expect(new Set(titles).size).toBe(titles.length - 1);
  });

  test('a new message is announced, and does not take the focus', async ({ page, as }) => {
    const { number } = await (await as('customer')).file('problem', { subject: 'Said aloud' });
    const open = new CasePage(page);
    await open.open(number);
    await open.reply.focus();
    await (await as('analyst')).reply(number, 'Something new.');
    await expect(page.getByRole('status').filter({ hasText: `New message from ${PEOPLE.analyst.name}` })).toHaveCount(1);
    await expect(open.reply).toBeFocused();
  });

  test('a dialog keeps the focus inside and gives it back', async ({ page, as }) => {
    const { number } = await (await as('customer')).file('problem', { subject: 'With a dialog' });
    await new CasePage(page).open(number);
    const actions = page.getByRole('button', { name: 'Actions' });
    await actions.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Add watchers' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(actions).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await expect(page.getByRole('menuitem', { name: 'Export as ZIP' })).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('menuitem', { name: 'Close case' })).toBeFocused();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    for (let i = 0; i < 8; i += 1) {
      await page.keyboard.press('Tab');
      const outside = await page.evaluate(() => {
        const active = document.activeElement;
        return active !== document.body && active?.closest('dialog') === null;
      });
      expect(outside).toBe(false);
    }
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(actions).toBeFocused();
  });

  test('the first Tab offers to skip to the content', async ({ page }) => {
    await page.goto('/cases');
    await expect(page.getByRole('table', { name: 'Cases' })).toBeVisible();
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to content' });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  });
});

/** Presses Tab until the element has the focus, and sees that the focus shows at every stop. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target.first()).toBeVisible();
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.first().evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press('Tab');
    const unseen = await page.evaluate(() => {
      const active = document.activeElement;
      // Within a date the browser marks the part that has the focus.
      if (!active || active === document.body || active.matches('[type^=date]')) {
        return undefined;
      }
      const marked = (element: Element | null) => {
        const style = element && getComputedStyle(element);
        return !!style && ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none');
      };
      return marked(active) || marked(active.closest('label')) ? undefined : active.outerHTML.slice(0, 160);
    });
    expect(unseen, 'the focus does not show').toBeUndefined();
  }
  throw new Error('Tab does not lead there');
}

/** Answers a question without a mouse: an option, a text, a date. */
async function typeAnswer(page: Page, question: Question, value: unknown): Promise<void> {
  const field = control(page, question);
  switch (question.kind) {
    case 'choice': {
      await tabTo(page, field.getByRole('radio').first());
      await page.keyboard.press('Space');
      const at = question.options!.findIndex((option) => option.value === value);
      for (let presses = 0; presses < at; presses += 1) {
        await page.keyboard.press('ArrowDown');
      }
      return expect(field.getByRole('radio').nth(at)).toBeChecked();
    }
    case 'yes-no':
      await tabTo(page, field.getByRole('radio').first());
      await page.keyboard.press('Space');
      return expect(field.getByRole('radio').first()).toBeChecked();
    case 'environment':
      await tabTo(page, field);
      await page.keyboard.press('ArrowDown');
      return expect(field).not.toHaveValue('');
    case 'date-time':
      await tabTo(page, field);
      await page.keyboard.type('03012026');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.type('0830A');
      return expect(field).toHaveValue(/^2026-0[13]-0[13]T08:30$/);
    default:
      await tabTo(page, field);
      await page.keyboard.type(String(value).slice(0, 60));
  }
}

test('the main job with the keyboard alone', async ({ page, as }) => {
  test.setTimeout(120_000);
  const api = await as('customer');
  const type = (await api.catalogue()).types.find((known) => known.id === 'problem')!;
  const { environments } = (await api.session()).memberships[0]!;
  const first = (question: Question) => question.options?.[0]?.value ?? '';
  const choices = type.steps.flatMap((step) => step.questions).filter((question) => question.kind === 'choice');
  const given = { ...Object.fromEntries(choices.map((question) => [question.id, first(question)])), impact: 'p2' };

  await page.goto('/');
  await tabTo(page, page.getByRole('button', { name: `Sign in as ${PEOPLE.customer.name}` }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('banner').getByRole('link', { name: 'Create a case' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('main').getByRole('link', { name: type.title }));
  await page.keyboard.press('Enter');
  for (const { step, questions, answers } of walk(type, environments, { ...given, subject: 'Typed, not clicked' })) {
    await expect(stepHeading(page, step.title)).toBeVisible();
    for (const question of questions) {
      if (question.required) {
        await typeAnswer(page, question, answers[question.id]);
      }
    }
    await tabTo(page, page.getByRole('button', { name: /^(Next|Review)$/ }));
    await page.keyboard.press('Enter');
  }
  await tabTo(page, page.getByRole('button', { name: 'Submit', exact: true }));
  await page.keyboard.press('Enter');
  const number = await confirmed(page);
  await tabTo(page, page.getByRole('link', { name: 'Open the case' }));
  await page.keyboard.press('Enter');

  expect((await api.case(number)).summary.impact).toBe('p2');
  const open = new CasePage(page);
  await expect(open.conversation).toBeVisible();
  await tabTo(page, open.reply);
  await page.keyboard.type('Typed as well.');
  await tabTo(page, open.send);
  await page.keyboard.press('Enter');
  await expect(open.message('Typed as well.')).toHaveCount(1);

  const analyst = await as('analyst');
  await analyst.act(number, 'propose_solution', 'Use the other key.');
  await tabTo(page, page.getByRole('button', { name: 'Accept solution' }));
  await page.keyboard.press('Enter');
  const dialog = open.dialog('Accept solution');
  await tabTo(page, dialog.getByRole('textbox', { name: 'Note' }));
  await page.keyboard.type('It did the trick.');
  await tabTo(page, dialog.getByRole('button', { name: 'Accept solution' }));
  await page.keyboard.press('Enter');
  await open.hasStatus('closed');
  await expect(open.message('It did the trick.')).toHaveCount(1);
});
