import { violations } from '../support/axe';
import { expect, test } from '../support/fixtures';

test.use({ account: 'customer' });

test('what others do is told at once, in the bar, in the title and on the page', async ({ page, context, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  await customer.seeAll();
  const { number } = await customer.file('problem', { subject: 'Told of at once' });
  await page.goto('/cases');
  const second = await context.newPage();
  await second.goto('/notifications');
  const link = (at = page) => at.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Notifications/ });
  await expect(link()).toHaveAccessibleName('Notifications');
  await expect(second.getByRole('button', { name: 'Mark all as read' })).toHaveCount(0);

  await analyst.act(number, 'pick_up');
  const message = await analyst.reply(number, 'Which **browser** was it?\n\nAnd when?');
  for (const open of [page, second]) {
    await expect(link(open)).toHaveAccessibleName('Notifications 2');
    await expect(open).toHaveTitle(/^\(2\) /);
  }
  await link().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Notifications' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'Today' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 3, name: 'Told of at once' })).toHaveCount(1);
  const said = page.getByRole('listitem').filter({ hasText: 'Which browser was it? And when?' });
  await expect(said).toContainText('Ruth Okafor');
  await expect(said).toContainText('New');
  expect(await violations(page)).toEqual([]);

  // The link lands on the very message, and reading the case is seeing what one was told of it.
  await said.getByRole('link', { name: /Which/ }).click();
  await expect(page).toHaveURL(new RegExp(`/cases/${number}#entry-${message.id}$`));
  await expect(page.locator(`#entry-${message.id}`)).toBeInViewport();
  for (const open of [page, second]) {
    await expect(link(open)).toHaveAccessibleName('Notifications');
    await expect(open).not.toHaveTitle(/^\(/);
  }
  await expect(second.getByRole('listitem').filter({ hasText: 'Which browser' })).not.toContainText('New');
});

test('nobody is told of what they did themselves', async ({ page, as }) => {
  const customer = await as('customer');
  await customer.seeAll();
  const { number } = await customer.file('problem', { subject: 'Done by myself' });
  await customer.reply(number, 'One thing more.');
  await page.goto('/notifications');
  await expect(page.getByRole('heading', { level: 1, name: 'Notifications' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 3, name: 'Done by myself' })).toHaveCount(0);
});

test('one is marked, all are, and that is taken back, by keyboard', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  await customer.seeAll();
  const { number } = await customer.file('problem', { subject: 'Marked as read' });
  await analyst.reply(number, 'The first message');
  await analyst.reply(number, 'The second message');
  await page.goto('/notifications');
  const link = page.getByRole('link', { name: /^Notifications/ });
  await expect(link).toHaveAccessibleName('Notifications 2');
  const first = page.getByRole('listitem').filter({ hasText: 'The first message' });
  await first.getByRole('button', { name: `Mark as read: ${number}` }).press('Enter');
  await expect(first).not.toContainText('New');
  await expect(first.getByRole('link', { name: /The first message/ })).toBeFocused();
  await expect(link).toHaveAccessibleName('Notifications 1');
  await page.getByRole('button', { name: 'Mark all as read' }).press('Enter');
  await expect(link).toHaveAccessibleName('Notifications');
  await expect(page.getByRole('main')).toBeFocused();
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(link).toHaveAccessibleName('Notifications 1');
  await expect(page.getByRole('listitem').filter({ hasText: 'The second message' })).toContainText('New');
  await expect(first).not.toContainText('New');
});

test('older ones are loaded on, and the page fits every width', async ({ page, as }) => {
  test.slow();
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  await customer.seeAll();
  const { number } = await customer.file('problem', { subject: 'Told of many times' });
  for (let count = 1; count <= 60; count += 1) {
    await analyst.reply(number, `Message number ${count}`);
  }
  await page.goto('/notifications');
  await expect(page.getByText('Message number 60')).toBeVisible();
  await expect(page.getByText('Message number 1', { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Load more' }).click();
  await expect(page.getByText('Message number 1', { exact: true })).toBeVisible();
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `at ${width} pixels`).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
  }
});

test.describe('of somebody new', () => {
  test.use({ account: undefined });

  test('there is nothing yet', async ({ backend, browserFor, freshSession }) => {
    const account = { email: 'untold@fresh.example', name: 'Ute Untold', password: 'a-long-password' };
    backend.addAccount({ ...account, organisation: 'Fresh Goods' });
    const { storageState } = await freshSession(account.email, account.password);
    const page = await (await browserFor(undefined, { storageState })).newPage();
    await page.goto('/notifications');
    await expect(page.getByRole('heading', { name: 'Nothing yet' })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
});
