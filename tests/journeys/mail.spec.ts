import { violations } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { PEOPLE } from '../support/people';

test.use({ account: 'customer' });

test('what happens to a case is mailed, and the mail leads to the very message', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Told by mail' });
  const message = await analyst.reply(number, 'Please try **again** now.');

  await page.goto('/demo/mail');
  await expect(page.getByRole('heading', { level: 1, name: 'Mails' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const receipt = page.getByRole('link', { name: new RegExp(`^Case Receipt - Case ID: ${number} - Customer: .+ - Status: Received\\. [0-9a-f]{32}$`) });
  await expect(receipt.first()).toBeVisible();
  await page
    .getByRole('listitem')
    .filter({ hasText: PEOPLE.customer.email })
    .getByRole('link', { name: `Case Comment Notification - Case ID: ${number} ` })
    .click();

  await expect(page.getByText('Please try **again** now.')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `at ${width} pixels`).toBeLessThanOrEqual(0);
  }
  await page.getByRole('link', { name: 'As HTML' }).click();
  await expect(page.getByRole('strong')).toHaveText('again');
  expect(await violations(page)).toEqual([]);
  await page.goBack();

  await page.getByRole('link', { name: 'Open the case' }).click();
  await expect(page).toHaveURL(new RegExp(`/cases/${number}#entry-${message.id}$`));
  await expect(page.locator(`#entry-${message.id}`)).toBeInViewport();
});
