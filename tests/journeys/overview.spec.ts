import { violations } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { PEOPLE } from '../support/people';

test.use({ account: 'admin' });

test('an administrator sees how the cases stand, as pictures and as numbers, as they change', async ({ page, as }) => {
  const [admin, customer] = [await as('admin'), await as('customer')];
  const open = async () => (await admin.overview()).open.flatMap(({ ages }) => ages).reduce((sum, n) => sum + n, 0);
  const before = await open();
  await page.goto('/');
  const overview = page.getByRole('region', { name: 'How our cases stand' });
  const picture = (count: number) => overview.getByRole('img', { name: `Open cases by age: ${count} cases are open.` });
  await expect(picture(before)).toBeVisible();
  await customer.file('problem', { subject: 'One more that is open' });
  await expect(picture(before + 1)).toBeVisible();

  for (const title of ['Open cases by age', 'Filed per week', 'Time to the first answer']) {
    const figure = overview.getByRole('figure').filter({ has: page.getByRole('heading', { name: title }) });
    await figure.getByText('As a table').press('Enter');
    await expect(figure.getByRole('table', { name: title })).toBeVisible();
  }
  const { satisfaction, effort } = await admin.overview();
  for (const [title, grades] of [['Content with the outcome', satisfaction], ['Ease of getting help', effort]] as const) {
    const figure = overview.getByRole('figure').filter({ has: page.getByRole('heading', { name: title }) });
    // While nobody has answered there is nothing to draw.
    const answered = grades.some((count) => count > 0);
    const pictures = figure.getByRole('img');
    await (answered ? expect(pictures.first()).toBeVisible() : expect(pictures).toHaveCount(0));
    await expect(figure.getByText('No survey was answered yet.')).toHaveCount(answered ? 0 : 1);
  }
  // The numbers behind the pictures are those of the backend.
  const told = await admin.overview();
  const rows = overview.getByRole('table', { name: 'Open cases by age' }).getByRole('row');
  await expect(rows).toHaveCount(told.open.length + 1);
  for (const [index, { ages }] of told.open.entries()) {
    await expect(rows.nth(index + 1).getByRole('cell')).toHaveText(ages.map(String));
  }
  const weeks = overview.getByRole('table', { name: 'Filed per week' }).getByRole('cell');
  await expect(weeks).toHaveText(told.filed.map(({ cases }) => String(cases)));
  expect(await violations(page)).toEqual([]);

  // Opened tables stay open, and the keyboard where it was, while the numbers change.
  const table = overview.getByRole('figure').filter({ has: page.getByRole('heading', { name: 'Open cases by age' }) });
  await table.getByText('As a table').focus();
  await customer.file('problem', { subject: 'Another one that is open' });
  await expect(picture(before + 2)).toBeVisible();
  await expect(table.getByRole('table')).toBeVisible();
  await expect(table.locator('summary')).toBeFocused();

  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `at ${width} pixels`).toBeLessThanOrEqual(0);
  }

  const { name } = PEOPLE.customer;
  const row = overview.getByRole('row').filter({ has: page.getByRole('link', { name }) });
  const of = (await admin.overview()).people.find(({ person }) => person.name === name);
  await expect(row.getByRole('cell')).toHaveText([String(of?.open), String(of?.all)]);
  await row.getByRole('link', { name }).click();
  await expect(page).toHaveURL(new RegExp(`/cases\\?requester=${of?.person.id}`));
  await expect(page.getByText(`Requester: ${name}`)).toBeVisible();
});

test.describe('of others', () => {
  test.use({ account: 'customer' });

  test('there is none for who administers nothing', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { name: 'Recent cases' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'How our cases stand' })).toHaveCount(0);
  });
});
