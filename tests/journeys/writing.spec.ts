import type { Locator, Page } from '@playwright/test';

import { violations } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { CasePage } from '../support/pages';
import { PEOPLE } from '../support/people';
import { failedWith, UNREACHABLE } from '../support/watch';
import { messageOf } from '../support/wire';

test.use({ account: 'customer' });

const tool = (page: Page, name: string) =>
  page.getByRole('toolbar', { name: 'Formatting' }).getByRole('button', { name, exact: true });

/** Selects a part of what a field holds. */
async function select(field: Locator, part: string): Promise<void> {
  await field.evaluate((element, wanted) => {
    const area = element as HTMLTextAreaElement;
    const at = area.value.indexOf(wanted);
    area.focus();
    area.setSelectionRange(at, at + wanted.length);
  }, part);
}

/** Opens the menu of a message and takes something from it. */
async function choose(message: Locator, item: string): Promise<void> {
  await message.getByRole('button', { name: /^Options for the message/ }).click();
  await message.getByRole('menuitem', { name: item, exact: true }).click();
}

const held = (open: CasePage, text = '') =>
  open.conversation.getByRole('article', { name: /^Your (reply|note)/ }).filter({ hasText: text });

test.describe('formatting', () => {
  test('with the mouse, and the browser undoes it', async ({ page, as }) => {
    const { number } = await (await as('customer')).file('problem', { subject: 'Formatted by clicks' });
    const open = new CasePage(page);
    await open.open(number);
    await open.reply.fill('the cache and the queue');
    for (const [name, part, text] of [
      ['Bold', 'cache', 'the **cache** and the queue'],
      ['Italic', 'queue', 'the **cache** and the _queue_'],
      ['Code', 'and', 'the **cache** `and` the _queue_'],
      ['List', 'the', '- the **cache** `and` the _queue_'],
      ['Numbered list', 'the', '1. the **cache** `and` the _queue_'],
      ['Quotation', '1.', '> 1. the **cache** `and` the _queue_'],
    ] as const) {
      await select(open.reply, part);
      await tool(page, name).click();
      await expect(open.reply).toHaveValue(text);
      await expect(open.reply).toBeFocused();
    }
    for (let presses = 0; presses < 6; presses += 1) {
      await page.keyboard.press('Control+z');
    }
    await expect(open.reply).toHaveValue('the cache and the queue');
    await page.keyboard.press('Control+Shift+z');
    await expect(open.reply).toHaveValue('the **cache** and the queue');
    await page.keyboard.press('Control+Shift+z');
    await page.reload();
    // What was undone and done again is kept like anything typed.
    await expect(open.reply).toHaveValue('the **cache** and the _queue_');
  });

  test('with the keyboard, where lists go on and Tab goes away', async ({ page, as }) => {
    const api = await as('customer');
    const { number } = await api.file('problem', { subject: 'Formatted by keys' });
    const open = new CasePage(page);
    await open.open(number);
    await open.reply.fill('very important');
    await select(open.reply, 'important');
    await page.keyboard.press('Control+b');
    await expect(open.reply).toHaveValue('very **important**');
    await select(open.reply, 'very');
    await page.keyboard.press('Control+i');
    await expect(open.reply).toHaveValue('_very_ **important**');
    await open.reply.fill('run ls now');
    await select(open.reply, 'ls');
    await page.keyboard.press('Control+e');
    await expect(open.reply).toHaveValue('run `ls` now');
    await open.reply.fill('docs');
    await select(open.reply, 'docs');
    await page.keyboard.press('Control+Shift+u');
    await page.keyboard.type('https://x.example');
    await expect(open.reply).toHaveValue('[docs](https://x.example)');

    await open.reply.fill('');
    await page.keyboard.press('Control+Shift+Digit8');
    await page.keyboard.type('one');
    await page.keyboard.press('Enter');
    await page.keyboard.type('two');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('done');
    await expect(open.reply).toHaveValue('- one\n- two\ndone');
    // The palette's key is the palette's.
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await open.reply.focus();
    await page.keyboard.press('Tab');
    await expect(open.reply).not.toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await expect(tool(page, 'Bold')).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await expect(tool(page, 'Mention somebody')).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await expect(page.getByRole('tab', { name: 'Write' })).toBeFocused();
  });

  test('an address pasted over words links them', async ({ page, as }) => {
    const { number } = await (await as('customer')).file('problem', { subject: 'Pasted' });
    const open = new CasePage(page);
    await open.open(number);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(() => navigator.clipboard.writeText('https://x.example/log(1)'));
    await open.reply.fill('see the log here');
    await select(open.reply, 'the log');
    await page.keyboard.press('Control+v');
    await expect(open.reply).toHaveValue('see [the log](<https://x.example/log(1)>) here');
    await page.keyboard.press('Control+v');
    await expect(open.reply).toHaveValue('see [the log](<https://x.example/log(1)>)https://x.example/log(1) here');
  });
});

test('the preview shows what will be stored, and loses nothing', async ({ page, as, watch }) => {
  watch.expect(UNREACHABLE);
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'Looked at first' });
  const open = new CasePage(page);
  await open.open(number);
  const [write, preview] = [page.getByRole('tab', { name: 'Write' }), page.getByRole('tab', { name: 'Preview' })];
  const panel = page.getByRole('tabpanel', { name: 'Preview' });
  await preview.click();
  await expect(panel).toContainText('Nothing to preview yet');
  await write.click();
  const text = `# Findings\n\n- **one**\n\n<b>two</b> @${PEOPLE.customer.name}`;
  await open.reply.fill(text);
  await open.reply.press('Control+Shift+P');
  await expect(panel.getByRole('heading', { name: 'Findings' })).toBeVisible();
  await expect(panel).toBeFocused();
  await expect(panel.getByRole('strong')).toHaveText('one');
  await expect(panel).toContainText('<b>two</b>');
  await expect(panel.getByText(`@${PEOPLE.customer.name}`)).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Control+Shift+P');
  await expect(open.reply).toBeFocused();
  await expect(open.reply).toHaveValue(text);

  // Without the server it says so, and what is written stays.
  await page.route('**/preview', (route) => route.abort('connectionrefused'));
  await preview.click();
  const alert = panel.getByRole('alert');
  await expect(alert).toContainText('cannot be reached');
  await page.unroute('**/preview');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(panel.getByRole('heading', { name: 'Findings' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(open.reply).toHaveValue('');
  await expect(open.message('Findings')).toHaveCount(1);
  expect(await api.messages(number)).toEqual([text]);
});

test('people on the case are mentioned, and see that they are', async ({ page, as, browserFor }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Spoken to by name' });
  await analyst.act(number, 'pick_up');
  await analyst.reply(number, 'Looking into it.');
  const open = new CasePage(page);
  await open.open(number);
  const people = page.getByRole('listbox', { name: 'People on this case' });
  await open.reply.pressSequentially('Thanks @');
  await expect(people.getByRole('option')).toHaveText([/Ruth Okafor/]);
  await expect(open.reply).toHaveAttribute('aria-activedescendant', /person-0$/);
  expect(await violations(page)).toEqual([]);
  await open.reply.pressSequentially('xyz');
  await expect(people).toBeHidden();
  for (let presses = 0; presses < 3; presses += 1) {
    await page.keyboard.press('Backspace');
  }
  await open.reply.pressSequentially('oka');
  await expect(people).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(people).toBeHidden();
  await open.reply.pressSequentially('f');
  await page.keyboard.press('Enter');
  await expect(open.reply).toHaveValue(`Thanks @${PEOPLE.analyst.name} `);
  await page.keyboard.type('for that');
  await page.keyboard.press('Control+Enter');

  const support = await (await browserFor('analyst')).newPage();
  const desk = new CasePage(support);
  await desk.open(number);
  const own = desk.message('for that').locator('.mention-own');
  await expect(own).toHaveText(`@${PEOPLE.analyst.name}`);
  await expect(open.message('for that').locator('.mention')).toHaveText(`@${PEOPLE.analyst.name}`);
  await expect(open.message('for that').locator('.mention-own')).toHaveCount(0);

  // In a note the requester can be mentioned as well; customers see nothing of it.
  await support.getByRole('radio', { name: 'Internal note' }).check();
  const note = support.getByRole('textbox', { name: 'Internal note' });
  await note.pressSequentially('Ask @Ja');
  await support.getByRole('option', { name: PEOPLE.customer.name }).click();
  await expect(note).toHaveValue(`Ask @${PEOPLE.customer.name} `);
  await expect(note).toBeFocused();
});

test('what was said is quoted, whole or in part', async ({ page, as, browserFor }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Quoted' });
  await analyst.reply(number, 'First, clear the *cache*.\n\nThen tell us the release.');
  await analyst.note(number, 'Our own fault, I think.');
  const open = new CasePage(page);
  await open.open(number);
  await open.reply.fill('So far:');
  await choose(open.message('clear the'), 'Quote');
  const whole = `So far:\n\n${PEOPLE.analyst.name} wrote:\n\n> First, clear the *cache*.\n>\n> Then tell us the release.\n\n`;
  await expect(open.reply).toHaveValue(whole);
  await expect(open.reply).toBeFocused();
  await page.keyboard.type('Done.');
  await expect(open.reply).toHaveValue(`${whole}Done.`);

  await open.reply.fill('');
  await open.message('clear the').getByText('Then tell us the release.').evaluate((paragraph) => {
    const range = document.createRange();
    range.setStart(paragraph.firstChild!, 5);
    range.setEnd(paragraph.firstChild!, 24);
    const selection = window.getSelection()!;
    selection.removeAllRanges();
    selection.addRange(range);
  });
  await choose(open.message('clear the'), 'Quote');
  await expect(open.reply).toHaveValue(`${PEOPLE.analyst.name} wrote:\n\n> tell us the release\n\n`);

  // A note that is quoted stays a note.
  const support = await (await browserFor('analyst')).newPage();
  const desk = new CasePage(support);
  await desk.open(number);
  await choose(desk.message('Our own fault'), 'Quote');
  await expect(support.getByRole('radio', { name: 'Internal note' })).toBeChecked();
  await expect(support.getByRole('textbox', { name: 'Internal note' })).toHaveValue(/> Our own fault, I think\./);
});

test('the link of a message leads to it', async ({ page, as }) => {
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'Linked' });
  const entry = await api.reply(number, 'Look at this one.');
  const open = new CasePage(page);
  await open.open(number);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await choose(open.message('Look at this one.'), 'Copy link');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).pathname + new URL(link).hash).toBe(`/cases/${number}#entry-${entry.id}`);
  await page.goto(link);
  await expect(open.message('Look at this one.')).toBeInViewport();
});

test.describe('editing', () => {
  test('a message of one’s own, which others see at once, with what it said before', async ({ page, as, browserFor }) => {
    const [customer, analyst] = [await as('customer'), await as('analyst')];
    const { number } = await customer.file('problem', { subject: 'Said better' });
    await customer.reply(number, 'We use realease 1.');
    await analyst.reply(number, 'Noted.');
    const desk = new CasePage(await (await browserFor('analyst')).newPage());
    await desk.open(number);
    const open = new CasePage(page);
    await open.open(number);
    await open.message('Noted.').getByRole('button', { name: /^Options/ }).click();
    await expect(page.getByRole('menuitem', { name: 'Edit', exact: true })).toHaveCount(0);
    await page.keyboard.press('Escape');

    const mine = open.messages(PEOPLE.customer.name).first();
    await choose(mine, 'Edit');
    const field = page.getByRole('textbox', { name: 'Edit message' });
    await expect(field).toBeFocused();
    await expect(field).toHaveValue('We use realease 1.');
    await field.fill('');
    await mine.getByRole('button', { name: 'Save' }).click();
    await expect(field).toHaveAccessibleDescription(/Write something first/);
    await field.fill('We use **release 1**.');
    expect(await violations(page)).toEqual([]);
    await field.press('Control+Enter');
    await expect(field).toBeHidden();
    await expect(mine.getByRole('strong').filter({ hasText: 'release 1' })).toHaveCount(1);
    await expect(mine.getByRole('button', { name: /^Options/ })).toBeFocused();
    // The others' pages follow without being loaded anew.
    const theirs = desk.messages(PEOPLE.customer.name).first();
    await expect(theirs.getByRole('strong').filter({ hasText: 'release 1' })).toHaveCount(1);
    await theirs.getByRole('button', { name: 'edited' }).click();
    const dialog = desk.page.getByRole('dialog', { name: 'What this message said' });
    await expect(dialog.getByRole('listitem')).toHaveText([/^At first.*We use realease 1\./, /^Now.*We use release 1\./]);
    expect(await violations(desk.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect(dialog).toBeHidden();
    await choose(theirs, 'Show history');
    await expect(dialog).toBeVisible();
  });

  test('survives a reload, and a late answer keeps the text', async ({ page, as, watch }) => {
    watch.expect(failedWith(409), failedWith(412));
    const api = await as('customer');
    const { number } = await api.file('problem', { subject: 'Too late to change' });
    const entry = await api.reply(number, 'One thing.');
    const open = new CasePage(page);
    await open.open(number);
    const mine = open.messages().first();
    await choose(mine, 'Edit');
    const field = page.getByRole('textbox', { name: 'Edit message' });
    await field.fill('Another thing.');
    await page.reload();
    await expect(field).toHaveValue('Another thing.');
    // Edited in another window meanwhile.
    await api.edit(number, entry, 'Something else.');
    await mine.getByRole('button', { name: 'Save' }).click();
    await expect(field).toHaveAccessibleDescription(/edited in another window/);
    await expect(field).toHaveValue('Another thing.');

    // The five minutes are over: as the backend would say it then.
    const body = { code: 'action_not_allowed', status: 409, title: 'x', detail: 'Too late.', request_id: 'x', allowed: [] };
    await page.route('**/messages/*', (route) =>
      route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(body) }),
    );
    await mine.getByRole('button', { name: 'Save' }).click();
    await expect(mine.getByRole('alert')).toContainText('5 minutes');
    await expect(field).toHaveValue('Another thing.');
    await mine.getByRole('button', { name: 'Write it as a reply' }).click();
    await expect(open.reply).toHaveValue('Another thing.');
    await expect(open.reply).toBeFocused();
    await expect(field).toBeHidden();
    expect((await api.messages(number))[0]).toBe('Something else.');
  });

  test('can be left', async ({ page, as }) => {
    const api = await as('customer');
    const { number } = await api.file('problem', { subject: 'Never mind' });
    await api.reply(number, 'As it is.');
    const open = new CasePage(page);
    await open.open(number);
    const mine = open.messages().first();
    await choose(mine, 'Edit');
    const field = page.getByRole('textbox', { name: 'Edit message' });
    await field.fill('Something else');
    await mine.getByRole('button', { name: 'Cancel' }).click();
    await expect(field).toBeHidden();
    await expect(mine).toContainText('As it is.');
    await page.reload();
    await expect(mine).toContainText('As it is.');
    await expect(field).toHaveCount(0);
  });
});

test.describe('thinking again after Send', () => {
  test('takes the text back, and nothing was sent', async ({ page, as }) => {
    const api = await as('customer');
    const { number } = await api.file('problem', { subject: 'Taken back' });
    const open = new CasePage(page);
    await open.open(number);
    let sent = 0;
    await page.route('**/messages', async (route) => {
      sent += 1;
      await route.continue();
    });
    await open.reply.fill('Said too **soon**.');
    await open.send.click();
    await expect(held(open)).toContainText('Said too **soon**.');
    await expect(page.getByRole('status').filter({ hasText: /Sending in 4 seconds/ })).toHaveCount(1);
    expect(await violations(page)).toEqual([]);
    await open.reply.pressSequentially('And more');
    await held(open).getByRole('button', { name: 'Undo' }).click();
    await expect(held(open)).toHaveCount(0);
    await expect(open.reply).toHaveValue('Said too **soon**.\n\nAnd more');
    await expect(open.reply).toBeFocused();
    await open.reply.press('Control+Enter');
    await expect(open.messages()).toHaveCount(1);
    expect(sent).toBe(1);
    expect(await api.messages(number)).toEqual(['Said too **soon**.\n\nAnd more']);
  });

  test('is over after a few seconds, or at once by sending nothing or more', async ({ page, as }) => {
    const api = await as('customer');
    const { number } = await api.file('problem', { subject: 'In order' });
    const open = new CasePage(page);
    await open.open(number);
    await open.reply.fill('By itself.');
    const before = Date.now();
    await open.send.click();
    await expect(open.message('By itself.')).toHaveCount(1);
    expect(Date.now() - before).toBeGreaterThanOrEqual(3900);

    await open.reply.fill('At once.');
    const then = Date.now();
    await open.reply.press('Control+Enter');
    await open.reply.press('Control+Enter');
    await expect(open.message('At once.')).toHaveCount(1);
    expect(Date.now() - then).toBeLessThan(3500);
    await expect(open.reply).not.toHaveAttribute('aria-invalid', 'true');

    for (const text of ['First.', 'Second.', 'Third.']) {
      await open.reply.fill(text);
      await open.reply.press('Control+Enter');
    }
    await expect(open.message('Third.')).toHaveCount(1);
    expect((await api.messages(number)).slice(-3)).toEqual(['First.', 'Second.', 'Third.']);
  });

  test('ends when the page is hidden or left', async ({ page, context, as }) => {
    const api = await as('customer');
    const { number } = await api.file('problem', { subject: 'Sent on leaving' });
    const open = new CasePage(page);
    await open.open(number);
    await open.reply.fill('Seen no more.');
    await open.send.click();
    await expect(held(open, 'Seen no more.')).toBeVisible();
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    });
    await expect.poll(() => api.count(number, 'Seen no more.'), { timeout: 3000 }).toBe(1);
    await page.reload();

    await open.reply.fill('Gone to the list.');
    await open.send.click();
    await expect(held(open, 'Gone to the list.')).toBeVisible();
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Our cases' }).click();
    await expect.poll(() => api.count(number, 'Gone to the list.'), { timeout: 3000 }).toBe(1);

    await open.open(number);
    await open.reply.fill('Gone altogether.');
    await open.send.click();
    await expect(held(open, 'Gone altogether.')).toBeVisible();
    await page.close({ runBeforeUnload: false });
    const another = await context.newPage();
    await new CasePage(another).open(number);
    await expect.poll(() => api.count(number, 'Gone altogether.')).toBe(1);
    await expect(new CasePage(another).message('Gone altogether.')).toHaveCount(1);
  });

  test('an action taken meanwhile follows what was sent before', async ({ page, as }) => {
    const api = await as('customer');
    const { number } = await api.file('problem', { subject: 'Said and closed' });
    const open = new CasePage(page);
    await open.open(number);
    await open.reply.fill('Last words.');
    await open.send.click();
    await expect(held(open)).toBeVisible();
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Close case' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close case' }).click();
    await open.hasStatus('closed');
    expect(await api.messages(number)).toEqual(['Last words.']);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});

test('before a reply to a closed case it says that it opens it again', async ({ page, as }) => {
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'Closed for now' });
  await api.act(number, 'close');
  const open = new CasePage(page);
  await open.open(number);
  const notice = page.locator('.composer .banner').filter({ hasText: 'opens it again' });
  await expect(notice).toBeVisible();
  const [above, below] = [await notice.boundingBox(), await open.send.boundingBox()];
  expect(above!.y + above!.height).toBeLessThanOrEqual(below!.y);
  await open.reply.fill('It is back.');
  await open.send.click();
  await open.hasStatus('waiting_for_support');
  await expect(notice).toHaveCount(0);
});

test('the reason of a dialog is written in the same way', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Reasons with form' });
  await analyst.act(number, 'propose_solution', 'Try again.');
  const open = new CasePage(page);
  await open.open(number);
  await page.getByRole('button', { name: 'Reject solution' }).click();
  const dialog = page.getByRole('dialog');
  const reason = dialog.getByRole('textbox', { name: 'Reason' });
  await reason.fill('We did');
  await reason.press('Control+a');
  await dialog.getByRole('button', { name: 'Bold', exact: true }).click();
  await expect(reason).toHaveValue('**We did**');
  await dialog.getByRole('button', { name: 'Reject solution' }).click();
  await expect(open.message('We did').getByRole('strong').filter({ hasText: 'We did' })).toHaveCount(1);
});

for (const width of [390, 320]) {
  test(`everything fits on ${width} pixels`, async ({ page, as }) => {
    const [customer, analyst] = [await as('customer'), await as('analyst')];
    const { number } = await customer.file('problem', { subject: 'On a phone' });
    await analyst.reply(number, 'Which release is it?');
    await page.setViewportSize({ width, height: 780 });
    const open = new CasePage(page);
    await open.open(number);
    const fits = async () =>
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await open.reply.pressSequentially('A somewhat longer line before the name of @R');
    const option = page.getByRole('option', { name: PEOPLE.analyst.name });
    await expect(option).toBeVisible();
    const box = (await option.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    await fits();
    await option.click();
    await expect(open.reply).toHaveValue(`A somewhat longer line before the name of @${PEOPLE.analyst.name} `);
    await open.message('Which release').getByRole('button', { name: /^Options/ }).click();
    await expect(page.getByRole('menuitem', { name: 'Quote', exact: true })).toBeInViewport({ ratio: 1 });
    await fits();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await open.reply.press('Control+Enter');
    await open.reply.press('Control+Enter');
    await expect(open.messages(PEOPLE.customer.name)).toHaveCount(1);
    const [mine] = (await customer.timeline(number)).slice(-1);
    expect(JSON.stringify(messageOf(mine!)?.body)).toContain('"mention"');
  });
}
