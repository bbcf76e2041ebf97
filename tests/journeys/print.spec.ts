import { expect, test } from '../support/fixtures';
import { CasePage } from '../support/pages';

test.use({ account: 'customer' });

test('a case prints as a document', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number, subject } = await customer.file('problem', { subject: 'To be put on paper' });
  await analyst.reply(number, 'An answer worth keeping.');
  const open = new CasePage(page);
  await open.open(number);
  await expect(open.message('An answer worth keeping.')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
  await expect(open.message('An answer worth keeping.')).toBeVisible();
  await expect(open.submission).toBeVisible();
  for (const screenOnly of [open.reply, open.send, page.getByRole('banner')]) {
    await expect(screenOnly).toBeHidden();
  }
});

test('all of a long conversation is printed', async ({ page, as }) => {
  const customer = await as('customer');
  const { number } = await customer.file('problem', { subject: 'A long story' });
  for (let count = 1; count <= 110; count += 1) {
    await customer.reply(number, `Chapter ${count}.`);
  }
  const open = new CasePage(page);
  await open.open(number);
  await expect(open.message('Chapter 110.')).toBeVisible();
  await expect(open.messages()).not.toHaveCount(110);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(open.messages()).toHaveCount(110);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(open.messages()).not.toHaveCount(110);
});
