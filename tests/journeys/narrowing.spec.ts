import { readFileSync } from 'node:fs';

import { violations } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { ListPage } from '../support/pages';

test.use({ account: 'customer' });

test('a filter is chosen in two steps, stands in the address, and is taken away', async ({ page, as }) => {
  const [api, colleague] = [await as('customer'), await as('colleague')];
  const subject = 'Narrowed in two steps';
  await api.file('problem', { subject, impact: 'p1' });
  await api.file('problem', { subject, impact: 'p2' });
  await colleague.file('problem', { subject, impact: 'p2' });
  const listed = (query: string) => api.list(`q=${encodeURIComponent(subject)}&${query}`);
  const list = new ListPage(page);
  await list.open(`?q=${encodeURIComponent(subject)}`);
  await page.getByRole('button', { name: 'Filter' }).click();
  await list.narrow('Priority', 'Urgent');
  await expect(page).toHaveURL(/\?priority=urgent&/);
  const urgent = await listed('priority=urgent');
  await list.shows(urgent);
  await list.narrow('Priority', 'High');
  const both = await listed('priority=urgent&priority=high');
  expect(both.length).toBeGreaterThan(urgent.length);
  await list.shows(both);
  await list.narrow('Requester', 'Me');
  const mine = await listed('priority=urgent&priority=high&requester=me');
  expect(mine.length).toBeLessThan(both.length);
  await list.shows(mine);
  expect(await violations(page)).toEqual([]);

  await page.reload();
  await list.shows(mine);
  await page.getByRole('button', { name: 'Remove filter Requester: Me' }).click();
  await list.shows(both);
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Remove filter Requester: Me' })).toBeVisible();
  await page.goForward();
  await list.shows(both);
});

test('every field narrows to what the backend says, and its chip says so', async ({ page, as }) => {
  const api = await as('customer');
  const { environments, people, types } = await api.facets();
  const list = new ListPage(page);
  const chosen: [string, string, string][] = [
    ['My activities', 'Waiting for support', 'activity=waiting_for_support'],
    ['Type', types[0]!.title, `type=${types[0]!.id}`],
    ['Impact', 'P2 – high', 'impact=p2'],
    ['Environment', environments[0]!, `environment=${encodeURIComponent(environments[0]!)}`],
    ['Filed by', people[0]!.name, `filed_by=${people[0]!.id}`],
    ['Followed by', 'Me', 'watcher=me'],
    ['Files', 'Without files', 'attachments=no'],
    ['Unread', 'Only read', 'unread=no'],
  ];
  for (const [field, value, query] of chosen) {
    await list.open();
    await page.getByRole('button', { name: 'Filter' }).click();
    await list.narrow(field, value);
    await expect(page.getByRole('button', { name: `Remove filter ${field}: ${value}` })).toBeVisible();
    await list.shows(await api.list(query));
  }
});

test('days narrow from both sides, one of each', async ({ page, as }) => {
  const api = await as('customer');
  const list = new ListPage(page);
  await list.open();
  await page.getByRole('button', { name: 'Filter' }).click();
  await list.narrowToDay('Filed from', '2026-01-01');
  await list.narrowToDay('Filed until', '2026-09-30');
  await list.shows(await api.list('created_from=2026-01-01&created_to=2026-09-30'));
  await list.narrowToDay('Filed from', '2026-06-01');
  await expect(page).toHaveURL(/created_to=2026-09-30&created_from=2026-06-01$/);
  await list.shows(await api.list('created_from=2026-06-01&created_to=2026-09-30'));
});

test('where nothing matches, the filters go with one press', async ({ page }) => {
  const list = new ListPage(page);
  await list.open('?created_to=1999-12-31');
  await expect(page.getByText('No case matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(/\/cases$/);
  await expect(list.subjects().first()).toBeVisible();
});

test('what the list shows is taken along as CSV and JSON', async ({ page, as }) => {
  const api = await as('customer');
  await api.file('problem', { subject: '=HYPERLINK("https://evil.example")' });
  const list = new ListPage(page);
  await list.open('?q=HYPERLINK');
  await page.getByRole('button', { name: 'Filter' }).click();
  const saved = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name, exact: true }).click(),
    ]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  };
  const csv = await saved('Export CSV');
  expect(csv.name).toMatch(/\.csv$/);
  expect(csv.text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  const json = await saved('Export JSON');
  expect(json.name).toMatch(/\.json$/);
  expect((JSON.parse(json.text) as { subject: string }[]).map(({ subject }) => subject)).toEqual([
    '=HYPERLINK("https://evil.example")',
  ]);
});

test('what is new is told apart, until it was read', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Told apart while unread' });
  await analyst.reply(number, 'Something new.');
  const list = new ListPage(page);
  await list.open('?q=Told+apart+while+unread');
  const row = list.row('Told apart while unread');
  await expect(row.getByText('Unread', { exact: true })).toBeAttached();
  // Back at once: the list is asked for before the mark is noted.
  const marked = page.waitForRequest(new RegExp(`/cases/${number}/read$`));
  await row.getByRole('link').click();
  await expect(page.getByText('Something new.')).toBeVisible();
  await marked;
  await page.goBack();
  await expect(row).toBeVisible();
  await expect(row.getByText('Unread', { exact: true })).toHaveCount(0);
});
