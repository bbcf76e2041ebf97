import { expect, test } from '../support/fixtures';
import { CasePage, ListPage } from '../support/pages';
import { STATUS_LABEL } from '../support/wire';

test.use({ account: 'customer' });

test('shows the newest update first, with what each case is about', async ({ page, as }) => {
  const list = new ListPage(page);
  await list.open();
  const cases = await (await as('customer')).list('');
  await list.shows(cases);
  const [first] = cases;
  for (const says of [first!.number, STATUS_LABEL[first!.status], first!.type_title, first!.requester.name]) {
    await expect(list.row(first!.subject).first().getByRole('cell', { name: says, exact: true })).toBeVisible();
  }
  await list.subjects().first().click();
  await expect(page).toHaveURL(new RegExp(`/cases/${first!.number}$`));
  await expect(page.getByRole('heading', { level: 1, name: first!.subject })).toBeVisible();
});

test('filters by status in the address; Back, Forward and a reload keep it', async ({ page, as }) => {
  const api = await as('customer');
  const list = new ListPage(page);
  await list.open();
  const all = await api.list('');
  await list.shows(all);

  await list.status('closed').check();
  await expect(page).toHaveURL(/[?&]status=closed(&|$)/);
  const closed = await api.list('status=closed');
  await list.shows(closed);

  await list.status('solution_proposed').check();
  await expect(page).toHaveURL(/status=solution_proposed(,|%2C)closed/);
  const both = await api.list('status=solution_proposed,closed');
  await list.shows(both);

  await page.goBack();
  await expect(list.status('closed')).toBeChecked();
  await expect(list.status('solution_proposed')).not.toBeChecked();
  await list.shows(closed);
  await page.goBack();
  await expect(list.status('closed')).not.toBeChecked();
  await list.shows(all);
  await page.goForward();
  await page.goForward();
  await expect(list.status('solution_proposed')).toBeChecked();
  await list.shows(both);

  await page.reload();
  await expect(list.status('closed')).toBeChecked();
  await expect(list.status('solution_proposed')).toBeChecked();
  await list.shows(both);
});

test('every status shows exactly its cases', async ({ page, as }) => {
  const api = await as('customer');
  const list = new ListPage(page);
  await list.open();
  for (const [status, label] of Object.entries(STATUS_LABEL)) {
    await list.open(`?status=${status}`);
    const cases = await api.list(`status=${status}`);
    await list.shows(cases);
    const cells = list.table.getByRole('cell', { name: label, exact: true });
    await expect(cells).toHaveCount(await list.subjects().count());
  }
});

test('sorts, in the address', async ({ page, as }) => {
  const api = await as('customer');
  const list = new ListPage(page);
  await list.open();
  const keys = await list.sort.getByRole('option').evaluateAll((all) => all.map((o) => (o as HTMLOptionElement).value));
  expect(keys.length).toBeGreaterThanOrEqual(6);
  for (const key of keys.filter((known) => known !== '-updated')) {
    await list.sort.selectOption(key);
    await expect(page).toHaveURL(new RegExp(`[?&]sort=${key}(&|$)`));
    await list.shows(await api.list(`sort=${key}`));
  }
  await page.reload();
  const last = keys.at(-1)!;
  await expect(list.sort).toHaveValue(last);
  await list.shows(await api.list(`sort=${last}`));
  await page.goBack();
  await expect(list.sort).toHaveValue(keys.at(-2)!);

  await page.getByRole('columnheader', { name: 'Subject' }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=subject/);
  await expect(page.getByRole('columnheader', { name: 'Subject' })).toHaveAttribute('aria-sort', 'ascending');
});

test('finds by number, subject and message text, while typing, in the address', async ({ page, as }) => {
  const [api, analyst] = [await as('customer'), await as('analyst')];
  const wanted = await api.file('problem', { subject: 'Zephyr widgets vanish from the basket' });
  await analyst.reply(wanted.number, 'The quokkarama service restarted at that time.');
  await api.file('problem', { subject: 'Nothing to see here' });
  const list = new ListPage(page);
  await list.open();
  for (const words of [wanted.number, 'zephyr vanish', 'quokkarama']) {
    await list.search.fill(words);
    await expect(list.subjects()).toHaveText([wanted.subject]);
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(words);
  }
  await page.reload();
  await expect(list.search).toHaveValue('quokkarama');
  await expect(list.subjects()).toHaveText([wanted.subject]);

  await list.subjects().first().click();
  await expect(new CasePage(page).conversation).toBeVisible();
  await page.goBack();
  await expect(list.search).toHaveValue('quokkarama');
  await expect(list.subjects()).toHaveText([wanted.subject]);

  await list.search.fill('');
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBeNull();
  await expect.poll(() => list.subjects().count()).toBeGreaterThan(1);
});

test('search and filter go together', async ({ page, as }) => {
  const api = await as('customer');
  const open = await api.file('problem', { subject: 'Numbatwise one' });
  const shut = await api.file('problem', { subject: 'Numbatwise two' });
  await api.act(shut.number, 'close');
  const list = new ListPage(page);
  await list.open('?q=numbatwise&status=closed');
  await expect(list.subjects()).toHaveText([shut.subject]);
  await expect(list.search).toHaveValue('numbatwise');
  await list.status('closed').uncheck();
  await expect(list.subjects()).toHaveText([shut.subject, open.subject]);
  await expect(list.search).toHaveValue('numbatwise');
});

test('says when nothing matches, and leads back', async ({ page }) => {
  const list = new ListPage(page);
  await list.open('?q=thereisnosuchword');
  await expect(page.getByRole('heading', { name: 'No case matches' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(list.subjects().first()).toBeVisible();
  await expect(list.search).toHaveValue('');
  expect(new URL(page.url()).search).toBe('');
});

test('what stands wrong in the address is left out', async ({ page }) => {
  const list = new ListPage(page);
  await list.open('?status=nonsense&sort=sideways&colour=blue&q=%F0%9F%92%A9%00');
  await expect(page.getByRole('heading', { name: 'No case matches' })).toBeVisible();
  await list.open('?status=nonsense&sort=sideways&colour=blue');
  await expect(list.subjects().first()).toBeVisible();
  await expect(list.sort).toHaveValue('-updated');
});

test('loads more at the end', async ({ page, as }) => {
  const api = await as('customer');
  const counts = (await (await api.request.get('/api/v1/cases/counts')).json()) as { total: number };
  expect(counts.total).toBeGreaterThan(45);
  const list = new ListPage(page);
  await list.open('?sort=created');
  await expect(list.subjects().first()).toBeVisible();
  const newest = await api.list('sort=-created');
  const last = list.row(newest[0]!.subject).filter({ hasText: newest[0]!.number });
  await expect(last).toHaveCount(0);
  await expect
    .poll(async () => {
      await page.keyboard.press('End');
      return last.count();
    })
    .toBe(1);
  await expect(page.getByRole('button', { name: 'Load more' })).toBeHidden();
});

test('a new case of a colleague appears by itself', async ({ page, as }) => {
  const colleague = await as('colleague');
  const list = new ListPage(page);
  await list.open();
  await expect(list.subjects().first()).toBeVisible();
  const { subject } = await colleague.file('problem', { subject: 'Filed while you look' });
  await expect(list.subjects().first()).toHaveText(subject, { timeout: 1000 });
});

test.describe('an account without cases', () => {
  test.use({ account: undefined });

  test('is told how to begin', async ({ backend, browserFor, freshSession }) => {
    const account = { email: 'first@fresh.example', name: 'Frieda First', password: 'a-long-password' };
    backend.addAccount({ ...account, organisation: 'Fresh Goods' });
    const { storageState } = await freshSession(account.email, account.password);
    const page = await (await browserFor(undefined, { storageState })).newPage();
    await page.goto('/cases');
    await expect(page.getByRole('heading', { name: 'No cases yet' })).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: 'Create a case' }).click();
    await expect(page).toHaveURL(/\/cases\/new$/);
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'No cases yet' })).toBeVisible();
  });
});
