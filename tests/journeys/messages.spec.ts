import naughty from 'big-list-of-naughty-strings';
import { tests as examples } from 'commonmark-spec';

import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { CasePage, ListPage } from '../support/pages';
import { rendersSafely, shown } from '../support/rendered';
import { squeezed } from '../support/text';

test.use({ account: 'customer' });

/** Messages a case; few enough that the page shows all of them. */
const BATCH = 45;

/** Text that is no message: nothing but blanks. */
const isMessage = (text: string) => text.trim() !== '';

function batches<T>(all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, i) => all.slice(i * BATCH, (i + 1) * BATCH));
}

/** A tall window has every part of a conversation near it. */
async function makeTall(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 20_000 });
}

test('every example of the CommonMark specification', async ({ page, as }) => {
  test.setTimeout(180_000);
  const api = await as('customer');
  await makeTall(page);
  const texts = examples.map((example) => example.markdown.replaceAll('→', '\t')).filter(isMessage);
  expect(texts.length).toBeGreaterThan(640);
  for (const [index, batch] of batches(texts).entries()) {
    const { number } = await api.file('problem', { subject: `CommonMark, part ${index + 1}` });
    for (const text of batch) {
      await api.reply(number, text);
    }
    await rendersSafely(page, api, number);
  }
});

test('every naughty string as a message', async ({ page, as }) => {
  test.setTimeout(180_000);
  const api = await as('customer');
  await makeTall(page);
  for (const [index, batch] of batches(naughty.filter(isMessage)).entries()) {
    const { number } = await api.file('problem', { subject: `Naughty strings, part ${index + 1}` });
    for (const text of batch) {
      await api.reply(number, text);
    }
    await rendersSafely(page, api, number);
  }
});

test('every naughty string as a subject', async ({ page, as }) => {
  test.setTimeout(180_000);
  const api = await as('customer');
  await page.setViewportSize({ width: 1280, height: 6_000 });
  const list = new ListPage(page);
  const texts = naughty.filter(isMessage);
  for (let start = 0; start < texts.length; start += 40) {
    const mark = `naughtysubject${start}`;
    const filed: string[] = [];
    for (const text of texts.slice(start, start + 40)) {
      const { subject } = await api.file('problem', { subject: [...`${mark} ${text}`].slice(0, 200).join('') });
      filed.push(subject);
    }
    await list.open(`?q=${mark}`);
    await expect(list.subjects()).toHaveCount(filed.length);
    const subjects = await list.subjects().evaluateAll((all) => all.map((link) => link.textContent));
    expect(subjects.toSorted()).toEqual(filed.toSorted());
    // What was searched for is marked; nothing else is an element.
    const markup = await list.subjects().locator(':not(mark)').count();
    expect(markup, 'elements within subjects').toBe(0);
  }
  const subject = '<script>alert(1)</script> "><img src=x onerror=alert(1)> javascript:alert(1)';
  const { number } = await api.file('problem', { subject });
  await new CasePage(page).open(number);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(subject);
  await expect(page).toHaveTitle(new RegExp('<script>alert\\(1\\)</script>'));
});

test('code keeps its form', async ({ page, as }) => {
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'Code in a message' });
  const code = [
    'fn main() {',
    '    let html = "<b>&amp;</b>";\t// a tab',
    '',
    `    println!("{html} ${'x'.repeat(300)}");`,
    '}',
  ].join('\n');
  await api.reply(number, `Look:\n\n\`\`\`rust\n${code}\n\`\`\`\n\nand \`let x = <T>::new();\` inline.`);
  const open = new CasePage(page);
  await open.open(number);
  const message = open.messages().first();
  const shown = message.getByRole('code');
  await expect(shown).toHaveCount(2);
  expect(await shown.first().evaluate((element) => element.textContent)).toBe(`${code}\n`);
  await expect(shown.nth(1)).toHaveText('let x = <T>::new();');
  // A long line scrolls in its box and not the page.
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width).toBeLessThanOrEqual(0);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await message.getByRole('button', { name: 'Copy code' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(`${code}\n`);
});

test('headings, lists, quotes, tables and links have their roles', async ({ page, as }) => {
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'Structure in a message' });
  await api.reply(
    number,
    '# Findings\n\n1. one\n2. two\n\n> quoted\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n**strong** ~~gone~~ [docs](https://docs.example/x)',
  );
  const open = new CasePage(page);
  await open.open(number);
  const message = open.messages().first();
  await expect(message.getByRole('heading', { name: 'Findings', level: 3 })).toBeVisible();
  await expect(message.getByRole('listitem')).toHaveText(['one', 'two']);
  await expect(message.getByRole('blockquote')).toHaveText('quoted');
  await expect(message.getByRole('table').getByRole('columnheader')).toHaveText(['a', 'b']);
  await expect(message.getByRole('table').getByRole('cell')).toHaveText(['1', '2']);
  await expect(message.getByRole('strong').filter({ hasText: /^strong$/ })).toHaveCount(1);
  await expect(message.getByRole('deletion').or(message.getByText('gone', { exact: true }))).toBeVisible();
  const link = message.getByRole('link', { name: 'docs' });
  await expect(link).toHaveAttribute('href', 'https://docs.example/x');
  await expect(link).toHaveAttribute('rel', /noopener/);
});

const SCRIPTS = [
  ['Hebrew', 'שלום עולם, הסל ריק (שגיאה 500)', 'rtl'],
  ['Arabic', 'سلة التسوق فارغة بعد تسجيل الدخول!', 'rtl'],
  ['German', 'Größenänderung schlägt fehl – „Zurück“ geht', 'ltr'],
  ['Chinese', '结账页面返回五百错误', 'ltr'],
  ['emoji', '👩🏽‍💻 says 🇪🇺 👨‍👩‍👧‍👦 é vs é 𝒳 ﷽ 🏴󠁧󠁢󠁳󠁣󠁴󠁿', 'ltr'],
] as const;

for (const [script, text, direction] of SCRIPTS) {
  test(`text in ${script} arrives as written, in its direction`, async ({ page, as }) => {
    const api = await as('customer');
    const { number } = await api.file('problem', { subject: `${text} – subject` });
    const open = new CasePage(page);
    await open.open(number);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${text} – subject`);
    await open.reply.fill(text);
    expect(await open.reply.evaluate((field) => getComputedStyle(field).direction)).toBe(direction);
    await open.send.click();
    const paragraph = open.messages().getByText(text, { exact: true });
    await expect(paragraph).toBeVisible();
    expect(await paragraph.evaluate((element) => element.textContent)).toBe(text);
    expect(await paragraph.evaluate((element) => getComputedStyle(element).direction)).toBe(direction);
    expect(await api.count(number, text)).toBe(1);
  });
}

test('20 000 characters, typed at once, are sent and shown whole', async ({ page, as }) => {
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'A very long reply' });
  const lines = Array.from({ length: 400 }, (_, i) => `Line ${String(i).padStart(3, '0')}: ${'é'.repeat(38)} 🙂`);
  const text = lines.join('\n').padEnd(20_000, 'z').slice(0, 20_000).replace(/[\ud800-\udbff]$/, 'z');
  expect(text).toHaveLength(20_000);
  const open = new CasePage(page);
  await open.open(number);
  await open.reply.focus();
  await page.keyboard.insertText(text);
  await expect(open.reply).toHaveValue(text);
  await page.keyboard.press('End');
  await page.keyboard.type(' and the end');
  await open.send.click();
  await expect(open.messages()).toHaveCount(1);
  const [seen] = (await shown(open)).texts;
  expect(squeezed(seen ?? '')).toContain(squeezed(`${text} and the end`));
  expect(await api.messages(number)).toEqual([`${text} and the end`]);
});

test('Ctrl+Enter sends', async ({ page, as }) => {
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'Sent by the keyboard' });
  const open = new CasePage(page);
  await open.open(number);
  await open.reply.fill('First line');
  await open.reply.press('Enter');
  await open.reply.pressSequentially('second line');
  await open.reply.press('Control+Enter');
  await expect(open.message('second line')).toHaveCount(1);
  expect(await api.messages(number)).toEqual(['First line\nsecond line']);
});
