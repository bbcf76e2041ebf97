import { violations } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ListPage } from '../support/pages';

test.use({ account: 'customer' });

test('columns are chosen, sort the list, and stand in its address', async ({ page, as }) => {
  const api = await as('customer');
  await api.file('problem', { subject: 'Told by its columns' });
  const list = new ListPage(page);
  await list.open('?q=Told+by+its+columns');
  await list.arrange();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Environment' }).check();
  await page.getByRole('checkbox', { name: 'Waiting for', exact: true }).check();
  await page.getByRole('checkbox', { name: 'Type', exact: true }).uncheck();
  await expect(page).toHaveURL(/columns=status%2Cpriority%2Cenvironment%2Crequester%2Cturn%2Cupdated$/);
  await page.keyboard.press('Escape');
  const heads = list.table.getByRole('columnheader');
  await expect(heads).toHaveText([
    'Number', 'Subject', 'Status', 'Priority', 'Environment', 'Requester', 'Waiting for', 'Updated',
  ]);
  await expect(list.row('Told by its columns').first().getByText('Support', { exact: true })).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await page.goto('/cases?columns=environment');
  await page.getByRole('button', { name: 'Environment' }).click();
  await expect(page).toHaveURL(/sort=environment/);
  await list.shows(await api.list('sort=environment'));
  await expect(heads.filter({ hasText: 'Environment' })).toHaveAttribute('aria-sort', 'ascending');
  await list.arrange();
  await page.getByRole('button', { name: 'Columns' }).click();
  await expect(page.getByRole('checkbox', { name: 'Environment' })).toBeDisabled();
  await page.getByRole('button', { name: 'Usual columns' }).click();
  await expect(page).not.toHaveURL(/columns/);
});

test('several cases are read, followed and closed at once', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const subject = 'Several at once';
  const [first, second] = [await customer.file('problem', { subject }), await customer.file('problem', { subject })];
  await analyst.reply(first.number, 'Something new.');
  const list = new ListPage(page);
  await list.open(`?q=${encodeURIComponent(subject)}`);
  await list.arrange();
  await page.getByRole('button', { name: 'Choose cases' }).click();
  const bar = page.getByRole('group', { name: 'With the chosen cases' });
  await expect(bar.getByRole('button', { name: 'Close' })).toBeDisabled();
  await page.getByRole('checkbox', { name: `Choose ${first.number}` }).check();
  await page.getByRole('checkbox', { name: `Choose ${second.number}` }).check();
  await expect(bar.getByRole('status')).toHaveText('2 cases chosen');
  expect(await violations(page)).toEqual([]);

  await bar.getByRole('button', { name: 'Mark as read' }).click();
  await expect(bar.getByRole('status')).toHaveText('0 cases chosen');
  await expect(list.table.getByText('Unread', { exact: true })).toHaveCount(0);
  expect((await customer.list(`q=${encodeURIComponent(subject)}&unread=yes`)).length).toBe(0);

  await page.getByRole('checkbox', { name: `Choose ${second.number}` }).check();
  await bar.getByRole('button', { name: 'Close' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close 1 case?' });
  await dialog.getByRole('button', { name: 'Keep open' }).click();
  await expect(dialog).toBeHidden();
  await bar.getByRole('button', { name: 'Close' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(list.table.getByText('Closed', { exact: true })).toHaveCount(1);

  await bar.getByRole('button', { name: 'Choose all shown' }).click();
  await bar.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByText(`stays as it is: ${second.number}`)).toBeVisible();
  await bar.getByRole('button', { name: 'Done' }).click();
  await expect(bar).toBeHidden();
});

test('a search shows what it found, and takes words that narrow', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Shows what is found' });
  await customer.file('problem', { subject: 'Shows nothing of the kind' });
  await analyst.reply(number, 'Please look at the zeppelin schedule tomorrow.');
  const list = new ListPage(page);
  await list.open();
  await list.search.fill('from:me "zeppelin schedule" shows');
  await expect(list.subjects()).toHaveText(['Shows what is found']);
  const row = list.row('Shows what is found');
  await expect(row.getByText('Please look at the zeppelin schedule tomorrow.')).toBeVisible();
  await expect(row.locator('mark')).toHaveText(['Shows', 'zeppelin', 'schedule']);
  await list.search.fill('"schedule zeppelin"');
  await expect(page.getByText('No case matches')).toBeVisible();
  await list.search.fill('shows status:received from:me');
  await expect(list.subjects().filter({ hasText: 'Shows' })).toHaveCount(2);
  await list.arrange();
  await page.getByRole('button', { name: 'How to search' }).click();
  await expect(page.getByText('status:waiting')).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('newer rows wait while somebody is among the rows', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const subject = 'Waits its turn';
  const [older, newer] = [await customer.file('problem', { subject }), await customer.file('problem', { subject })];
  const list = new ListPage(page);
  await list.open(`?q=${encodeURIComponent(subject)}`);
  const numbers = list.table.getByText(/^CS-\d+$/);
  await expect(numbers).toHaveText([newer.number, older.number]);
  // What was searched for is marked in the table that takes the first one's place.
  await expect(list.table.locator('mark').first()).toBeVisible();
  await list.subjects().first().focus();
  await analyst.reply(older.number, 'This one is newer now.');
  const show = page.getByRole('button', { name: '1 updated. Show' });
  await expect(show).toBeVisible();
  await expect(numbers).toHaveText([newer.number, older.number]);
  await show.click();
  await expect(numbers).toHaveText([older.number, newer.number]);
  await expect(show).toBeHidden();
});

test('a list is kept under a name, gone to, and taken away', async ({ page, as }) => {
  const api = await as('customer');
  const list = new ListPage(page);
  await list.open('?priority=urgent&sort=subject');
  await list.arrange();
  const open = page.getByRole('button', { name: 'Views', exact: true });
  await open.click();
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(page.getByText('Give the view a name.')).toBeVisible();
  const name = `Urgent ${Date.now()}`;
  await page.getByRole('textbox', { name: 'Keep this list as' }).fill(name);
  await page.getByRole('textbox', { name: 'Keep this list as' }).press('Enter');
  const view = page.getByRole('list', { name: 'Views' }).getByRole('link', { name });
  await expect(view).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('checkbox', { name: /^Share with/ })).toHaveCount(0);
  expect(await violations(page)).toEqual([]);

  await page.goto('/cases');
  await list.arrange();
  await open.click();
  await view.click();
  await expect(page).toHaveURL(/\?priority=urgent&sort=subject$/);
  await list.shows(await api.list('priority=urgent&sort=subject'));
  await page.getByRole('button', { name: `Take away “${name}”` }).click();
  await expect(view).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  // A press elsewhere closes the panel.
  await open.click();
  await expect(view).toBeVisible();
  await page.getByRole('button', { name: `Take away “${name}”` }).click();
  await expect(view).toHaveCount(0);
});

test('the administrator shares a view with everybody', async ({ browserFor, as }) => {
  const administrator = await (await browserFor('admin')).newPage();
  const name = `Team ${Date.now()}`;
  const list = new ListPage(administrator);
  await list.open('?status=closed');
  await list.arrange();
  await administrator.getByRole('button', { name: 'Views', exact: true }).click();
  await administrator.getByRole('textbox', { name: 'Keep this list as' }).fill(name);
  await administrator.getByRole('checkbox', { name: /^Share with everybody at/ }).check();
  await administrator.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(administrator.getByRole('list', { name: 'Views' }).getByRole('link', { name })).toBeVisible();

  const customer = await (await browserFor('customer')).newPage();
  const theirs = new ListPage(customer);
  await theirs.open();
  await theirs.arrange();
  await customer.getByRole('button', { name: 'Views', exact: true }).click();
  const shared = customer.getByRole('list', { name: 'Views' }).getByRole('listitem').filter({ hasText: name });
  await expect(shared).toContainText('Shared');
  await expect(shared.getByRole('button')).toHaveCount(0);
  await shared.getByRole('link').click();
  await theirs.shows(await (await as('customer')).list('status=closed'));
  await administrator.getByRole('button', { name: `Take away “${name}”` }).click();
});

test('on a phone the arranged list is cards', async ({ page, as }) => {
  await (await as('customer')).file('problem', { subject: 'A card on a phone' });
  await page.setViewportSize({ width: 390, height: 844 });
  const list = new ListPage(page);
  await list.open('?q=card&columns=status,environment,turn,updated');
  const row = list.row('A card on a phone').first();
  await expect(row).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  expect(await violations(page)).toEqual([]);
});
