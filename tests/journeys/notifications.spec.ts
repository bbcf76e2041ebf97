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

test('what one is told of, where and when is chosen by keyboard, and holds', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  await customer.seeAll();
  const { number } = await customer.file('problem', { subject: 'Told as chosen' });
  await page.goto('/notifications');
  const link = page.getByRole('link', { name: /^Notifications/ });
  const dialog = page.getByRole('dialog', { name: 'Notification settings' });
  const choose = async (label: string, option: string) => {
    await page.getByRole('button', { name: 'Notification settings' }).press('Enter');
    await dialog.getByRole('combobox', { name: label }).selectOption(option);
    await expect(dialog.getByRole('status')).toHaveText('Saved');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  await choose('Messages and files', 'Not at all');
  await choose('Mails come', 'Once an hour, as one');
  await analyst.reply(number, 'Nobody hears of this.');
  await analyst.act(number, 'pick_up');
  await expect(link).toHaveAccessibleName('Notifications 1');
  await expect(page.getByText('Nobody hears of this.')).toHaveCount(0);

  await page.reload();
  await page.getByRole('button', { name: 'Notification settings' }).press('Enter');
  await expect(dialog.getByRole('combobox', { name: 'Messages and files' })).toHaveValue('3');
  await expect(dialog.getByRole('combobox', { name: 'Mails come' })).toHaveValue('1');
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(overflow, `at ${width} pixels`).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await choose('Messages and files', 'Portal and mail');
  await choose('Mails come', 'At once');
  await analyst.reply(number, 'Somebody hears of this.');
  await expect(page.getByText('Somebody hears of this.')).toBeVisible();
});

test('what cannot be saved of what one chose is said, and tried again', async ({ page, as, watch }) => {
  watch.expect(/status of 503|Failed to load resource/);
  await as('customer');
  await page.goto('/notifications');
  await page.getByRole('button', { name: 'Notification settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'Notification settings' });
  await expect(dialog.getByRole('combobox', { name: 'Expected days' })).toHaveValue('0');
  let broken = true;
  await page.route('**/api/v1/notifications/choices', (route) => (broken ? route.abort() : route.continue()));
  await dialog.getByRole('combobox', { name: 'Expected days' }).selectOption('Mail only');
  const retry = dialog.getByRole('button', { name: 'Try again' });
  await expect(retry).toBeVisible();
  await expect(dialog.getByRole('combobox', { name: 'Expected days' })).toHaveValue('2');
  broken = false;
  await dialog.getByRole('combobox', { name: 'Expected days' }).selectOption('Portal and mail');
  await expect(dialog.getByRole('status')).toHaveText('Saved');
});

test('a muted case tells nothing until it is heard again', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  await customer.seeAll();
  const { number } = await customer.file('problem', { subject: 'Silent' });
  const loud = await customer.file('problem', { subject: 'Heard' });
  await page.goto(`/cases/${number}`);
  const watchers = page.getByRole('region', { name: 'Watchers' });
  await watchers.getByRole('button', { name: 'Mute this case' }).press('Enter');
  await expect(watchers).toContainText('You muted this case');
  await expect(page.locator('.toast', { hasText: 'You hear nothing more of this case' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.goto('/notifications');
  await analyst.reply(number, 'Not heard');
  await analyst.reply(loud.number, 'Heard of another');
  await expect(page.getByText('Heard of another')).toBeVisible();
  await expect(page.getByText('Not heard')).toHaveCount(0);
  await page.goto(`/cases/${number}`);
  await watchers.getByRole('button', { name: 'Unmute this case' }).press('Enter');
  await expect(watchers).not.toContainText('You muted this case');
  await page.goto('/notifications');
  await analyst.reply(number, 'Heard again');
  await expect(page.getByText('Heard again')).toBeVisible();
});

test('the browser notifies where it may, of what happens while one looks elsewhere', async ({ page, context, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  await customer.seeAll();
  const { number } = await customer.file('problem', { subject: 'Shown by the browser' });
  await context.grantPermissions(['notifications']);
  // What the browser shows lies outside of every page: it is noted where it is asked for.
  await page.addInitScript(() => {
    const shown: string[] = [];
    const Real = window.Notification;
    class Noted extends Real {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        shown.push(`${title}: ${options?.body ?? ''}`);
      }
    }
    Object.assign(window, { Notification: Noted, shownNotifications: shown });
  });
  const shown = () => page.evaluate(() => (window as unknown as { shownNotifications: string[] }).shownNotifications);
  await page.goto('/notifications');
  await page.getByRole('button', { name: 'Notification settings' }).click();
  await page.getByRole('checkbox', { name: 'Notifications of this browser' }).check();
  await page.getByRole('button', { name: 'Done' }).click();
  await analyst.reply(number, 'While one looks');
  await expect(page.getByText('While one looks')).toBeVisible();
  expect(await shown()).toEqual([]);

  const session = await context.newCDPSession(page);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
  const other = await context.newPage();
  await other.bringToFront();
  await analyst.reply(number, 'While one looks **elsewhere**');
  await expect.poll(shown).toEqual([`${number} Shown by the browser: Ruth Okafor: While one looks elsewhere`]);
});

test('two tabs share one connection, and it is handed over', async ({ page, context, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  await customer.seeAll();
  const { number } = await customer.file('problem', { subject: 'One connection' });
  const streams: string[] = [];
  context.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/v1/events') {
      streams.push(request.url());
    }
  });
  const link = (at = page) => at.getByRole('link', { name: /^Notifications/ });
  await page.goto('/notifications');
  await expect.poll(() => streams.length).toBe(1);
  const second = await context.newPage();
  await second.goto('/notifications');
  for (const count of [1, 2]) {
    await analyst.reply(number, `Heard in both, ${count}`);
    for (const open of [page, second]) {
      await expect(link(open)).toHaveAccessibleName(`Notifications ${count}`);
    }
  }
  expect(streams).toHaveLength(1);
  await page.close();
  await expect.poll(() => streams.length).toBe(2);
  // It goes on where the other stopped.
  expect(streams[1]).toMatch(/after=\d+/);
  await analyst.reply(number, 'Heard after the handover');
  await expect(link(second)).toHaveAccessibleName('Notifications 3');
  expect(streams).toHaveLength(2);
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
