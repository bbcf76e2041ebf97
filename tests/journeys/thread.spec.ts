import type { Locator, Page } from '@playwright/test';

import { violations } from '../support/axe';
import type { Api } from '../support/api';
import { expect, test } from '../support/fixtures';
import { CasePage } from '../support/pages';
import { PEOPLE, type Who } from '../support/people';
import type { Entry } from '../support/wire';

test.use({ account: 'customer' });

/** At most, on any page, in any state. */
const NODES = 1500;
const LONG = 260;

/** A case with so many messages, by turns of the customer and of support. */
async function talk(as: (who: Who) => Promise<Api>, subject: string, count: number) {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject });
  await analyst.act(number, 'pick_up');
  const entries: Entry[] = [];
  for (let turn = 1; turn <= count; turn += 1) {
    const text = `Message ${turn}. ${'Some more words that make it a line or two. '.repeat(turn % 5)}`;
    entries.push(await (turn % 2 ? customer : analyst).reply(number, text));
  }
  // The customer has read all of it; nobody else has.
  await customer.read(number, entries.at(-1)?.position ?? 1);
  return { number, entries, subject };
}

const nodes = (page: Page) => page.evaluate(() => document.querySelectorAll('*').length);
const message = (open: CasePage, turn: number) => open.message(new RegExp(`Message ${turn}\\.`));
const tool = (open: CasePage, name: string) => open.conversation.getByRole('button', { name, exact: true });
const line = (open: CasePage) => open.conversation.getByText('New since you last looked');

/** Two pictures: what a script did between them can be seen. */
const pictures = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Scrolls until something holds, as somebody at a wheel would. */
async function wheel(page: Page, by: number, until: () => Promise<boolean>): Promise<number> {
  let most = 0;
  for (let turns = 0; turns < 600; turns += 1) {
    most = Math.max(most, await nodes(page));
    if (await until()) {
      return most;
    }
    await page.mouse.wheel(0, by);
    await pictures(page);
  }
  throw new Error('scrolled for long, and it did not come');
}

const isThere = async (locator: Locator) => (await locator.count()) > 0 && (await locator.isVisible());

test('a long thread opens at its end, and its ends are one press away', async ({ page, as }) => {
  test.setTimeout(180_000);
  const { number, subject } = await talk(as, 'A thread to go up and down', LONG);
  const open = new CasePage(page);
  await open.open(number);
  await expect(message(open, LONG)).toBeInViewport();
  await expect(open.reply).toBeInViewport();
  expect(await open.messages().count()).toBeLessThan(60);
  expect(await nodes(page)).toBeLessThan(NODES);

  await tool(open, 'Go to the first entry').click();
  await expect(open.conversation.getByText('filed the case')).toBeInViewport();
  await expect(message(open, 1)).toBeInViewport();
  expect(await nodes(page)).toBeLessThan(NODES);
  // The page is as high as if all were there, and its own beginning can be seen.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height).toBeGreaterThan(LONG * 60);
  await page.evaluate(() => window.scrollTo(0, 0));
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeInViewport();

  await tool(open, 'Go to the last entry').click();
  await expect(message(open, LONG)).toBeInViewport();
  await expect(message(open, LONG)).toBeFocused();
});

test('scrolling through all of it misses nothing, jumps nowhere and keeps the page small', async ({ page, as }) => {
  test.setTimeout(240_000);
  const { number } = await talk(as, 'A thread to scroll through', LONG);
  const open = new CasePage(page);
  await open.open(number);
  await expect(message(open, LONG)).toBeInViewport();
  await page.mouse.move(400, 400);

  const seen = new Set<string>();
  const collect = async () => {
    const texts = await open.messages().evaluateAll((all) => all.map((one) => /Message (\d+)\./.exec(one.textContent)?.[1] ?? ''));
    texts.forEach((text) => seen.add(text));
  };
  // Up: between two steps, whatever stays on the screen moves as far as the wheel turned.
  const moves: number[] = [];
  const most = await wheel(page, -400, async () => {
    const before = await page.evaluate(() => {
      const first = [...document.querySelectorAll('[id^=entry-]')].find((one) => one.getBoundingClientRect().top > 100);
      return first && { id: first.id, top: first.getBoundingClientRect().top };
    });
    await collect();
    await page.mouse.wheel(0, -100);
    await pictures(page);
    const after = await page.evaluate((id) => document.getElementById(id ?? '')?.getBoundingClientRect().top, before?.id);
    if (before && after !== undefined) {
      moves.push(after - before.top);
    }
    return isThere(open.conversation.getByText('filed the case'));
  });
  expect(most).toBeLessThan(NODES);
  expect(moves.length).toBeGreaterThan(20);
  expect(moves.filter((move) => move < -20 || move > 520), 'jumps').toEqual([]);
  expect(seen.size).toBe(LONG);

  // And down again, by the bar at the side: what is there by then is loaded.
  for (const part of [0.3, 0.6, 0.9]) {
    await page.evaluate((part) => window.scrollTo(0, document.documentElement.scrollHeight * part), part);
    await expect.poll(async () => {
      const turns = await open.messages().evaluateAll((all) =>
        all
          .filter((one) => one.getBoundingClientRect().bottom > 0 && one.getBoundingClientRect().top < window.innerHeight)
          .map((one) => Number(/Message (\d+)\./.exec(one.textContent)?.[1])),
      );
      return turns.length > 2 && Math.abs(turns[0]! / LONG - part) < 0.15;
    }).toBe(true);
    expect(await nodes(page)).toBeLessThan(NODES);
  }
});

test('an address points at an entry, which is shown and focused', async ({ page, context, as }) => {
  test.setTimeout(180_000);
  const { number, entries } = await talk(as, 'A thread with addresses', 120);
  const open = new CasePage(page);
  await page.goto(`/cases/${number}#entry-${entries[59]!.id}`);
  await expect(message(open, 60)).toBeInViewport();
  await expect(message(open, 60)).toBeFocused();
  // The time of a message is its address.
  const href = await message(open, 58).getByRole('link').first().getAttribute('href');
  expect(href).toBe(`#entry-${entries[57]!.id}`);
  const other = await context.newPage();
  await other.goto(`/cases/${number}${href}`);
  await expect(message(new CasePage(other), 58)).toBeFocused();
  // From one to another on the same page, and back.
  await page.evaluate((id) => (location.hash = `entry-${id}`), entries[2]!.id);
  await expect(message(open, 3)).toBeFocused();
  await expect(message(open, 3)).toBeInViewport();
});

test('an address of something that is not there says so', async ({ page, as, watch }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Nothing behind the address' });
  const note = await analyst.note(number, 'Between ourselves.');
  await customer.reply(number, 'Hello?');
  watch.expect(/status of 404/);
  await page.goto(`/cases/${number}#entry-${note.id}`);
  const open = new CasePage(page);
  await expect(page.getByText('That entry is not there, or not for you to see.').first()).toBeVisible();
  await expect(open.message('Hello?')).toBeVisible();
});

test('messages without events, kept in the address', async ({ page, as }) => {
  const { number } = await talk(as, 'A thread to filter', 12);
  const analyst = await as('analyst');
  await analyst.act(number, 'request_information', 'And the version?');
  const open = new CasePage(page);
  await open.open(number);
  const event = open.conversation.getByText(/moved it from/);
  await expect(event.first()).toBeAttached();
  const filter = open.conversation.getByRole('radio', { name: 'Messages only' });
  await filter.check();
  await expect(event).toHaveCount(0);
  await expect(open.messages()).toHaveCount(13);
  await expect(page).toHaveURL(/\?only=messages$/);
  await page.reload();
  await expect(filter).toBeChecked();
  await expect(open.messages()).toHaveCount(13);
  await expect(event).toHaveCount(0);
  await open.conversation.getByRole('radio', { name: 'All', exact: true }).check();
  await expect(event.first()).toBeAttached();
  await expect(page).toHaveURL(new RegExp(`/cases/${number}$`));
});

test('finding a text goes from match to match and marks it', async ({ page, as }) => {
  test.setTimeout(180_000);
  const { number } = await talk(as, 'A thread to search', 90);
  const customer = await as('customer');
  await customer.reply(number, 'The **needle** in the\nhaystack, and the NEEDLE in the haystack.');
  const open = new CasePage(page);
  await open.open(number);
  const toggle = open.conversation.getByRole('button', { name: 'Find in the conversation' });
  await toggle.click();
  const field = open.conversation.getByRole('textbox', { name: 'Find in the conversation' });
  await expect(field).toBeFocused();
  const count = open.conversation.getByRole('status').first();
  const marked = () =>
    page.evaluate(() =>
      [...CSS.highlights].map(([name, all]) => [name, [...all].map((range) => (range as Range).toString().replace(/\s+/g, ' '))]),
    );

  await field.fill('needle in the haystack');
  await expect(count).toHaveText('1 of 1');
  await expect(open.message('haystack')).toBeInViewport();
  await expect.poll(marked).toContainEqual(['found-shown', ['needle in the haystack', 'NEEDLE in the haystack']]);

  // The last digits make eighteen of them: 8, 18, … and 80 to 89.
  await field.fill('Message 8');
  await expect(count).toHaveText(/of 11$/);
  await field.press('Enter');
  await field.press('Enter');
  const at = async () => Number(/^(\d+) of/.exec((await count.textContent()) ?? '')?.[1]);
  const before = await at();
  await field.press('Shift+Enter');
  await expect.poll(at).toBe(before === 1 ? 11 : before - 1);
  for (let step = 0; step < 12 && (await at()) !== 1; step += 1) {
    const now = await at();
    await tool(open, 'Next match').click();
    await expect.poll(at).toBe((now % 11) + 1);
  }
  await expect(count).toHaveText('1 of 11');
  await expect(message(open, 8)).toBeInViewport();

  await field.fill('nowhere to be found');
  await expect(count).toHaveText('No matches');
  await field.fill('Message 8.');
  await expect(count).toHaveText('1 of 1');
  await field.press('Escape');
  await expect(field).toHaveCount(0);
  await expect(message(open, 8)).toBeFocused();
  await expect.poll(marked).toEqual([['found', []], ['found-shown', []]]);
});

test('what is new has a line before it, once', async ({ page, as, browserFor }) => {
  test.setTimeout(180_000);
  const { number } = await talk(as, 'A thread read by two', 60);
  const analyst = await as('analyst');
  const colleague = await browserFor('colleague');
  const theirs = await colleague.newPage();
  const other = new CasePage(theirs);
  // Whoever was never here sees no line, and has read it then.
  await other.open(number);
  await expect(message(other, 60)).toBeInViewport();
  await expect(line(other)).toHaveCount(0);
  const api = await as('colleague');
  await expect.poll(async () => (await api.case(number)).read_to).toBe(62);
  await theirs.goto('/cases');

  for (let turn = 61; turn <= 100; turn += 1) {
    await analyst.reply(number, `Message ${turn}. Said while nobody looked.`);
  }
  await other.open(number);
  await expect(line(other)).toBeInViewport();
  await expect(message(other, 61)).toBeInViewport();
  await expect(message(other, 100)).not.toBeInViewport();
  await tool(other, 'Go to the last entry').click();
  await expect(message(other, 100)).toBeInViewport();
  await expect.poll(async () => (await api.case(number)).read_to).toBe(102);
  // It stays as long as one is here, and can be gone back to.
  await tool(other, 'Go to what is new').click();
  await expect(line(other)).toBeInViewport();
  await expect(line(other)).toBeFocused();
  await theirs.goto('/cases');
  await other.open(number);
  await expect(message(other, 100)).toBeInViewport();
  await expect(line(other)).toHaveCount(0);

  // What one has written oneself is not new.
  await (await as('customer')).reply(number, 'By the customer.');
  const open = new CasePage(page);
  await open.open(number);
  await expect(open.conversation).toBeVisible();
});

test('a message that comes while one reads above is counted, not jumped to', async ({ page, as }) => {
  test.setTimeout(180_000);
  const { number } = await talk(as, 'A thread with company', 80);
  const analyst = await as('analyst');
  const open = new CasePage(page);
  await open.open(number);
  await expect(message(open, 80)).toBeInViewport();
  // At the end it appears where it belongs.
  await analyst.reply(number, 'Message 81. Seen at once.');
  await expect(message(open, 81)).toBeInViewport();

  await tool(open, 'Go to the first entry').click();
  await expect(message(open, 1)).toBeInViewport();
  const top = () => message(open, 1).evaluate((element) => Math.round(element.getBoundingClientRect().top));
  const before = await top();
  await analyst.reply(number, 'Message 82. Not seen yet.');
  await analyst.reply(number, 'Message 83. Not seen yet.');
  const news = open.conversation.getByRole('button', { name: /^2 new messages/ });
  await expect(news).toBeInViewport();
  expect(await top()).toBe(before);
  await expect(page.getByRole('status').filter({ hasText: `New message from ${PEOPLE.analyst.name}` })).toHaveCount(1);
  await news.click();
  await expect(message(open, 83)).toBeInViewport();
  await expect(news).toHaveCount(0);

  // What one sends oneself is shown, wherever one was.
  await tool(open, 'Go to the first entry').click();
  await expect(message(open, 1)).toBeInViewport();
  await open.reply.fill('Message 84. My own.');
  await open.send.click();
  await expect(message(open, 84)).toBeInViewport();
  await expect(open.reply).toHaveValue('');
});

test('by keyboard alone', async ({ page, as }) => {
  const { number } = await talk(as, 'A thread without a mouse', 60);
  const open = new CasePage(page);
  await open.open(number);
  await expect(message(open, 60)).toBeInViewport();
  await open.conversation.getByRole('radio', { name: 'All', exact: true }).focus();
  await page.keyboard.press('Tab');
  await expect(tool(open, 'Go to the first entry')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(open.conversation.getByText('filed the case')).toBeInViewport();
  // Reading goes on from there.
  await page.keyboard.press('Tab');
  await expect(message(open, 1).getByRole('link').first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(open.reply).toBeInViewport();
});

for (const [name, size] of [['narrow', { width: 390, height: 844 }], ['wide', { width: 1440, height: 900 }]] as const) {
  test(`${name}: accessible, and nothing sticks out`, async ({ page, as }) => {
    const { number } = await talk(as, 'A thread on any screen', 50);
    await page.setViewportSize(size);
    const open = new CasePage(page);
    await open.open(number);
    await expect(message(open, 50)).toBeInViewport();
    await open.conversation.getByRole('button', { name: 'Find in the conversation' }).click();
    await open.conversation.getByRole('textbox', { name: 'Find in the conversation' }).fill('Message 4');
    await expect(open.conversation.getByRole('status').first()).toHaveText(/of 11$/);
    for (const scheme of ['light', 'dark'] as const) {
      // Colours on their way from one theme to the other are those of neither.
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      expect(await violations(page)).toEqual([]);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(await nodes(page)).toBeLessThan(NODES);
  });
}

test('its own key prints all of a long thread', async ({ page, as }) => {
  const { number } = await talk(as, 'A thread on paper', 130);
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', String(document.querySelectorAll('article.message').length));
  });
  const open = new CasePage(page);
  await open.open(number);
  await expect(message(open, 130)).toBeInViewport();
  await page.keyboard.press('Control+p');
  await expect(page.locator('html')).toHaveAttribute('data-printed', '130');
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(open.messages()).not.toHaveCount(130);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.evaluate(() => document.documentElement.removeAttribute('data-printed'));
  await page.getByRole('menuitem', { name: 'Print' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-printed', '130');
});
