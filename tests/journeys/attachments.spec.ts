import { readFileSync } from 'node:fs';

import type { Locator, Page } from '@playwright/test';

import { confirmed, toReview } from '../support/assistant';
import { log, pdf, png, type Sample, tar, text } from '../support/files';
import { expect, test } from '../support/fixtures';
import { CasePage } from '../support/pages';
import { environments } from '../support/states';
import { UNREACHABLE } from '../support/watch';

test.use({ account: 'customer' });

const MEGA = 1024 * 1024;

/** The files waiting to be sent. */
const tray = (page: Page) => page.getByRole('list', { name: 'Files to be sent' });
const waiting = (page: Page, name: string) => tray(page).getByRole('listitem').filter({ hasText: name });
const uploaded = (page: Page, name: string) => waiting(page, name).getByText('Uploaded');

async function attach(page: Page, ...files: Sample[]): Promise<void> {
  await page.getByLabel('Attach files').setInputFiles(files);
}

const viewer = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });

/** Opens a file where it is listed, and answers the dialog that shows it. */
async function show(page: Page, where: Locator, name: string): Promise<Locator> {
  await where.getByRole('button', { name: `Show ${name}` }).click();
  const dialog = viewer(page, name);
  await expect(dialog).toBeVisible();
  return dialog;
}

async function open(page: Page, number: string): Promise<CasePage> {
  const record = new CasePage(page);
  await record.open(number);
  return record;
}

test('files go along with a reply, and the other side opens and downloads them', async ({ page, as, browserFor }) => {
  const { number } = await (await as('customer')).file('problem', { subject: 'Shown with files' });
  const mine = await open(page, number);
  const files = [
    png('checkout.png'),
    text('worker.txt', 'first line\n<b>no markup</b>\n'),
    text('orders.csv', 'order,total\n1001,"12,50"\n'),
    pdf('report.pdf'),
    tar('config.tar', { 'config/deploy.yml': 'version: 1\n' }),
  ];
  await attach(page, ...files);
  for (const file of files) {
    await expect(uploaded(page, file.name)).toBeVisible();
  }
  await mine.reply.fill('Everything I have.');
  await mine.send.click();
  await expect(tray(page)).toHaveCount(0);
  await mine.send.click();

  const support = await (await browserFor('analyst')).newPage();
  const theirs = await open(support, number);
  const message = theirs.message('Everything I have.');
  const list = message.getByRole('list', { name: 'Attachments' });
  await expect(list.getByRole('listitem')).toHaveCount(files.length);

  const picture = await show(support, list, 'checkout.png');
  await expect(picture.getByRole('img', { name: 'checkout.png' })).toHaveJSProperty('naturalWidth', 320);
  await picture.getByRole('button', { name: 'Next file' }).click();
  await expect(viewer(support, 'worker.txt').getByText('<b>no markup</b>')).toBeVisible();
  await support.keyboard.press('PageDown');
  await expect(viewer(support, 'orders.csv').getByRole('cell', { name: '12,50' })).toBeVisible();
  await support.keyboard.press('PageDown');
  await expect(viewer(support, 'report.pdf').locator('iframe')).toHaveAttribute('src', /^blob:/);
  await support.keyboard.press('PageDown');
  await expect(viewer(support, 'config.tar').getByText('config/deploy.yml')).toBeVisible();
  const download = support.waitForEvent('download');
  await viewer(support, 'config.tar').getByRole('link', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toBe('config.tar');
  expect(readFileSync(await (await download).path())).toEqual(files[4]!.buffer);
  await support.keyboard.press('Escape');
  await expect(list.getByRole('button', { name: 'Show checkout.png' })).toBeFocused();
});

test('what a case does not take goes along in an archive', async ({ page, as }) => {
  const customer = await as('customer');
  const { number } = await customer.file('problem', { subject: 'Shown with a configuration' });
  const record = await open(page, number);
  await attach(page, text('deploy.yml', 'version: 1\n'.repeat(200)), text('fake.png', 'no picture at all'));
  await expect(waiting(page, 'deploy.yml').getByRole('alert')).toContainText('.zip');
  await record.reply.fill('As asked.');
  await record.send.click();
  await record.replyFails(/cannot be sent as they are/);

  await waiting(page, 'deploy.yml').getByRole('button', { name: 'Zip and attach' }).click();
  await expect(uploaded(page, 'deploy.yml.zip')).toBeVisible();
  await waiting(page, 'fake.png').getByRole('button', { name: 'Remove fake.png' }).click();
  await record.send.click();
  await record.send.click();
  const list = record.message('As asked.').getByRole('list', { name: 'Attachments' });
  const dialog = await show(page, list, 'deploy.yml.zip');
  await expect(dialog.getByText('deploy.yml', { exact: true })).toBeVisible();
});

test('an upload goes on after a lost network and a reload, and sends nothing twice', async ({ page, as, watch }) => {
  watch.expect(UNREACHABLE);
  const customer = await as('customer');
  const { number } = await customer.file('problem', { subject: 'Shown with a long log' });
  await open(page, number);
  let sent = 0;
  let through = 2;
  const pieces = '**/api/v1/uploads/*';
  await page.route(pieces, (route) => {
    if (route.request().method() !== 'PATCH') {
      return route.fallback();
    }
    if (through === 0) {
      return route.abort('internetdisconnected');
    }
    through -= 1;
    sent += route.request().postDataBuffer()?.length ?? 0;
    return route.fallback();
  });
  const file = log('long.txt', 5 * MEGA);
  await attach(page, file);
  await expect(waiting(page, 'long.txt').getByText('Goes on when you')).toBeVisible();
  await page.reload();
  await expect(waiting(page, 'long.txt')).toBeVisible();
  through = Number.POSITIVE_INFINITY;
  await expect(uploaded(page, 'long.txt')).toBeVisible({ timeout: 30_000 });
  expect(sent).toBe(file.buffer.length);
  const record = new CasePage(page);
  await record.reply.fill('The whole log.');
  await record.send.click();
  await record.send.click();
  await expect(record.message('The whole log.').getByRole('button', { name: 'Show long.txt' })).toBeVisible();
  const [attached] = await customer.attachments(number);
  expect(attached!.file.size).toBe(file.buffer.length);
});

test('sending waits for the files, and can be called off meanwhile', async ({ page, as }) => {
  const { number } = await (await as('customer')).file('problem', { subject: 'Sent before the files are there' });
  const record = await open(page, number);
  let free = () => {};
  const held = new Promise<void>((resolve) => {
    free = resolve;
  });
  await page.route('**/api/v1/uploads/*', async (route) => {
    await held;
    await route.fallback();
  });
  await attach(page, log('held.txt', 20_000));
  await record.reply.fill('With a log.');
  await record.send.click();
  const status = page.getByRole('status').filter({ hasText: 'as soon as the files are uploaded' });
  await expect(status).toBeVisible();
  await status.getByRole('button', { name: "Don't send yet" }).click();
  await expect(status).toHaveCount(0);
  await expect(record.reply).toHaveValue('With a log.');
  await record.send.click();
  free();
  await expect(record.message('With a log.').getByRole('button', { name: 'Show held.txt' })).toBeVisible();
});

test('undoing the send gives the files back', async ({ page, as }) => {
  const customer = await as('customer');
  const { number } = await customer.file('problem', { subject: 'Thought again' });
  const record = await open(page, number);
  await attach(page, text('note.txt', 'a note\n'));
  await expect(uploaded(page, 'note.txt')).toBeVisible();
  await record.reply.fill('Wait.');
  await record.send.click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(record.reply).toHaveValue('Wait.');
  await expect(uploaded(page, 'note.txt')).toBeVisible();
  await page.reload();
  await expect(uploaded(page, 'note.txt')).toBeVisible();
  expect(await customer.attachments(number)).toEqual([]);
});

test('the tab lists all files, and sends some without a word', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Only files' });
  await open(page, number);
  await page.getByRole('tab', { name: 'Attachments' }).click();
  await expect(page).toHaveURL(/\?tab=attachments$/);
  await expect(page.getByRole('heading', { name: 'No attachments yet' })).toBeVisible();
  await page.getByLabel('Add files').setInputFiles([text('one.txt', '1\n'), text('two.txt', '2\n')]);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const table = page.getByRole('table', { name: 'Attachments' });
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('tab', { name: /^Attachments\s*2$/ })).toBeVisible();
  await expect(table.getByRole('row').filter({ hasText: 'one.txt' })).toContainText('Jana Vogel');
  await page.reload();
  await expect(table.getByRole('row')).toHaveCount(3);
  // The other side is told.
  expect((await analyst.timeline(number)).at(-1)!.content).toHaveProperty('attached');
  await table.getByRole('row').filter({ hasText: 'one.txt' }).getByRole('link', { name: /Where it was sent/ }).click();
  const record = new CasePage(page);
  await expect(record.conversation.getByText('attached 2 files')).toBeVisible();
  await page.goBack();
  await expect(table).toBeVisible();
});

test('files can be dropped and pasted anywhere on the case', async ({ page, as }) => {
  const { number } = await (await as('customer')).file('problem', { subject: 'Dropped' });
  const record = await open(page, number);
  await record.reply.fill('Half a sentence');
  const picture = png('image.png', 8, 8).buffer.toString('base64');
  await page.evaluate((content) => {
    const data = () => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], 'image.png', { type: 'image/png' }));
      return transfer;
    };
    const at = { bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent('dragover', { ...at, dataTransfer: data() }));
    document.body.dispatchEvent(new DragEvent('drop', { ...at, dataTransfer: data() }));
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { ...at, clipboardData: data() }));
  }, picture);
  await expect(uploaded(page, 'image.png')).toBeVisible();
  await expect(waiting(page, 'screenshot')).toBeVisible();
  await expect(record.reply).toHaveValue('Half a sentence');
});

test('a name from hell is harmless, and what is too large is refused before it leaves', async ({ page, as }) => {
  const { number } = await (await as('customer')).file('problem', { subject: 'Strange names' });
  await open(page, number);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/uploads')) {
      asked.push(request.method());
    }
  });
  await attach(page, { name: 'huge.txt', mimeType: 'text/plain', buffer: Buffer.alloc(15 * MEGA + 1, 0x61) });
  await expect(waiting(page, 'huge.txt').getByRole('alert')).toContainText('15 MB');
  expect(asked).toEqual([]);
  await attach(page, text('in\u202Exslx.\u200Btxt', 'harmless\n'));
  await expect(uploaded(page, 'inxslx.txt')).toBeVisible();
  await waiting(page, 'inxslx.txt').getByRole('button', { name: 'Remove inxslx.txt' }).click();
  await expect.poll(() => asked.at(-1)).toBe('DELETE');
});

test('files go along with a new case', async ({ page, as }) => {
  const customer = await as('customer');
  const type = (await customer.catalogue()).types.find((known) => known.id === 'problem')!;
  await page.goto('/cases/new/problem');
  await toReview(page, type, await environments(as), { subject: 'Filed with a screenshot' });
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await page.getByLabel(/^Attachments/).setInputFiles([png('before.png')]);
  await expect(uploaded(page, 'before.png')).toBeVisible();
  await page.reload();
  await expect(uploaded(page, 'before.png')).toBeVisible();
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByText('before.png')).toBeVisible();
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  const number = await confirmed(page);
  expect((await customer.attachments(number)).map((one) => one.file.name)).toEqual(['before.png']);
});

test('a case is exported with its files', async ({ page, as }) => {
  const { number } = await (await as('customer')).file('problem', { subject: 'Taken along' });
  const record = await open(page, number);
  const download = page.waitForEvent('download');
  await record.choose('Export as ZIP');
  expect((await download).suggestedFilename()).toBe(`${number}.zip`);
  const bytes = readFileSync(await (await download).path());
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  expect(bytes.toString('latin1')).toContain(`${number}/case.html`);
});
