import { violations } from '../support/axe';
import type { Api } from '../support/api';
import { expect, test } from '../support/fixtures';
import { ActivitiesPage, CasePage } from '../support/pages';
import type { Activity } from '../support/wire';

test.use({ account: 'customer' });

/** A part as the API answers it. */
async function part(api: Api, activity: Activity) {
  const found = (await api.activities()).find((known) => known.activity === activity);
  return found!;
}

test('shows each part with its true count, and the way to all of it', async ({ page, as }) => {
  const api = await as('customer');
  const activities = new ActivitiesPage(page);
  await activities.open();
  for (const { activity, count, cases } of await api.activities()) {
    await expect(activities.tally(activity)).toHaveText(new RegExp(`^${count}\\D`));
    await expect(activities.rows(activity)).toHaveCount(cases.length);
    expect(cases.length).toBe(Math.min(count, 10));
    const all = activities.part(activity).getByRole('link', { name: /^Show all \d+$/ });
    if (count > 10) {
      await expect(all).toHaveAttribute('href', `/cases?activity=${activity}`);
    } else {
      await expect(all).toHaveCount(0);
    }
  }
  expect(await violations(page)).toEqual([]);
});

test('a question from support appears at once, and is answered without leaving', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const activities = new ActivitiesPage(page);
  const { number } = await customer.file('problem', { subject: 'Asked and answered from the row' });
  await activities.open();
  const waiting = activities.row('waiting_for_support', 'Asked and answered from the row');
  await expect(waiting).toContainText('Support’s turn since');
  await analyst.act(number, 'pick_up');
  await analyst.act(number, 'request_information', 'Which browser was it?');
  const asked = activities.row('needs_me', 'Asked and answered from the row');
  await expect(asked).toContainText('Your turn since');
  await expect(asked).toContainText('New');
  await asked.getByRole('button', { name: 'Reply' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reply' });
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('textbox', { name: 'Reply' }).fill('Firefox, as always.');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(dialog).toBeHidden();
  await expect(asked).toHaveCount(0);
  await expect(waiting).toBeVisible();
  await expect(page).toHaveURL(/\/activities$/);
  expect(await customer.count(number, 'Firefox, as always.')).toBe(1);
});

test('a reply that is put off stands in the case’s own reply box', async ({ page, as }) => {
  const { number } = await (await as('customer')).file('problem', { subject: 'Begun here, ended there' });
  const activities = new ActivitiesPage(page);
  await activities.open();
  await activities.row('waiting_for_support', 'Begun here, ended there').getByRole('button', { name: 'Reply' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reply' });
  await dialog.getByRole('textbox', { name: 'Reply' }).fill('One more thing');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  const open = new CasePage(page);
  await activities.row('waiting_for_support', 'Begun here, ended there').getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`/cases/${number}$`));
  await expect(open.reply).toHaveValue('One more thing');
});

test('a solution is rejected and the next one accepted from the row', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Solved from the row' });
  await analyst.act(number, 'pick_up');
  await analyst.act(number, 'propose_solution', 'Restart the workers.');
  const activities = new ActivitiesPage(page);
  await activities.open();
  const row = activities.row('needs_me', 'Solved from the row');
  await row.getByRole('button', { name: 'Reject solution' }).click();
  const rejecting = page.getByRole('dialog', { name: 'Reject the solution' });
  await expect(rejecting.getByRole('group', { name: 'Proposed solution' })).toContainText('Restart the workers.');
  await rejecting.getByRole('textbox', { name: 'Reason' }).fill('They stop again.');
  await rejecting.getByRole('button', { name: 'Reject solution' }).click();
  await expect(row).toHaveCount(0);
  await analyst.act(number, 'propose_solution', 'Update to 1.4.');
  await row.getByRole('button', { name: 'Accept solution' }).click();
  await page.getByRole('dialog', { name: 'Accept solution' }).getByRole('button', { name: 'Accept solution' }).click();
  await expect(activities.row('closed_recently', 'Solved from the row')).toBeVisible();
  expect((await customer.case(number)).summary.status).toBe('closed');
  // Its survey is the last thing that it needs.
  await row.getByRole('link', { name: 'Say how it went' }).click();
  await expect(page).toHaveURL(new RegExp(`/cases/${number}#survey$`));
});

test('what can no longer be done is said, and nothing is sent', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Closed while looking' });
  const activities = new ActivitiesPage(page);
  await activities.open();
  const row = activities.row('waiting_for_support', 'Closed while looking');
  await expect(row).toBeVisible();
  // The row is not told.
  const before = await customer.activities();
  await page.route('**/api/v1/activities', (route) => route.fulfill({ json: before }));
  await analyst.act(number, 'pick_up');
  await analyst.act(number, 'close', 'Done elsewhere.');
  await row.getByRole('button', { name: 'Close case' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'This cannot be done now' })).toBeAttached();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('home begins with what needs one', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Asked on the start page' });
  await analyst.act(number, 'pick_up');
  await analyst.act(number, 'request_information', 'Which one?');
  await page.goto('/');
  const needs = page.getByRole('region', { name: 'Needs your action' });
  await expect(needs.getByRole('listitem').filter({ hasText: 'Asked on the start page' })).toBeVisible();
  expect((await part(customer, 'needs_me')).count).toBeGreaterThan(0);
});

test.describe('support', () => {
  test.use({ account: 'analyst' });

  test('has no activities of its own', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const navigation = page.getByRole('navigation', { name: 'Main' });
    await expect(navigation.getByRole('link', { name: 'Our cases' })).toBeVisible();
    await expect(navigation.getByRole('link', { name: 'My activities' })).toHaveCount(0);
  });
});
