import type { Page } from '@playwright/test';

import { confirmed, toReview } from '../support/assistant';
import { violations } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { mailedLink } from '../support/mails';
import { CasePage } from '../support/pages';
import { failedWith } from '../support/watch';

const password = 'a-long-password';

const member = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Members' }).getByRole('listitem').filter({ hasText: name });

/** Chooses something to be done about somebody, by keyboard. */
async function choose(page: Page, name: string, action: string): Promise<void> {
  await member(page, name).getByRole('button', { name: `Actions for ${name}` }).press('Enter');
  await page.getByRole('menuitem', { name: action }).press('Enter');
  await expect(page.getByRole('dialog', { name: action })).toBeVisible();
}

const toast = (page: Page, text: string) => page.locator('.toast', { hasText: text });

test('somebody is invited, joins, and files their first case', async ({ backend, browserFor, freshSession, as, watch }) => {
  test.slow();
  watch.expect(failedWith(401));
  watch.expect(failedWith(404));
  watch.expect(failedWith(422));
  const owner = { email: 'owner@invited.example', name: 'Olga Owner', password };
  backend.addAccount({ ...owner, organisation: 'Invited Goods', role: 'administrator' });
  const page = await (await browserFor(undefined, await freshSession(owner.email, password))).newPage();
  await page.goto('/');
  await page.getByRole('button', { name: owner.name }).press('Enter');
  await page.getByRole('menuitem', { name: 'People' }).press('Enter');
  await expect(page).toHaveURL(/\/people$/);
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible();
  await expect(page.getByText('1 seat is taken.')).toBeVisible();

  await page.getByRole('button', { name: 'Invite' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Invite people' });
  const addresses = dialog.getByRole('combobox', { name: 'Addresses' });
  const invite = dialog.getByRole('button', { name: 'Send invitations' });
  await invite.click();
  await expect(addresses).toHaveAccessibleDescription(/Enter at least one e-mail address/);
  await addresses.fill('nina@invited.example, owner@invited.example, nonsense');
  await addresses.press('Enter');
  await invite.click();
  await expect(addresses).toHaveAccessibleDescription(/nonsense: Enter an e-mail address such as/);
  await dialog.getByRole('button', { name: 'Remove nonsense' }).click();
  await invite.click();
  await expect(addresses).toHaveAccessibleDescription(/owner@invited.example: This person belongs to the organisation already/);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Remove owner@invited.example' }).click();
  await invite.press('Enter');
  await expect(toast(page, 'The invitation is on its way')).toBeVisible();
  await expect(dialog).toBeHidden();
  const invited = page.getByRole('region', { name: 'Invited' });
  await expect(invited.getByRole('listitem')).toHaveCount(1);
  await expect(invited).toContainText('nina@invited.example');

  const link = () => mailedLink(backend, 'nina@invited.example', 'invitation');
  await expect.poll(link, { timeout: 15_000 }).toBeTruthy();
  const first = link()!;
  await invited.getByRole('button', { name: 'Send again to nina@invited.example' }).press('Enter');
  await expect(toast(page, 'Another invitation is on its way')).toBeVisible();
  await expect.poll(link, { timeout: 15_000 }).not.toBe(first);

  const nina = await (await browserFor(undefined)).newPage();
  await nina.goto(first);
  await expect(nina.getByText('This invitation was accepted or withdrawn')).toBeVisible();
  await nina.goto(link()!);
  await expect(nina.getByRole('heading', { level: 1, name: 'Join Invited Goods' })).toBeVisible();
  await expect(nina.getByText('Olga Owner invites you')).toBeVisible();
  const [name, secret] = [nina.getByRole('textbox', { name: 'Your name' }), nina.getByRole('textbox', { name: 'Choose a password' })];
  await secret.fill('short');
  await secret.press('Enter');
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription('Enter your name.');
  await expect(secret).toHaveAccessibleDescription(/at least 8 characters/);
  for (const width of [390, 820, 1440]) {
    await nina.setViewportSize({ width, height: 800 });
    expect(await violations(nina)).toEqual([]);
  }
  await name.fill('Nina Novak');
  await secret.fill(password);
  await secret.press('Enter');
  await expect(nina.getByRole('button', { name: 'Nina Novak' })).toBeVisible();
  await expect(nina).toHaveURL(/\/$/);

  const type = (await (await as('customer')).catalogue()).types.find((known) => known.id === 'services')!;
  await nina.getByRole('banner').getByRole('link', { name: 'Create a case' }).click();
  await nina.getByRole('main').getByRole('link', { name: type.title }).click();
  await toReview(nina, type, [], { subject: 'My very first case' });
  await nina.getByRole('button', { name: 'Submit', exact: true }).click();
  await confirmed(nina);

  await page.reload();
  await expect(invited).toBeHidden();
  await expect(page.getByText('2 seats are taken.')).toBeVisible();
  await member(page, 'Nina Novak').getByRole('link', { name: '1 open case' }).click();
  await expect(page.getByRole('main').getByRole('link', { name: 'My very first case' })).toBeVisible();
});

test('whoever is deactivated in the middle of writing loses no word of it', async ({ backend, browserFor, freshSession, watch }) => {
  test.slow();
  watch.expect(failedWith(401));
  const organisation = 'Leaving Goods';
  const [owner, writer] = ['owner@leaving.example', 'writer@leaving.example'];
  backend.addAccount({ email: owner, name: 'Oskar Owner', password, organisation, role: 'administrator' });
  backend.addAccount({ email: writer, name: 'Wanda Writer', password, organisation });
  backend.addAccount({ email: 'heir@leaving.example', name: 'Hugo Heir', password, organisation });
  const theirs = await freshSession(writer, password);
  const wanda = await (await browserFor(undefined, theirs)).newPage();
  const { number } = await theirs.api.file('services', { subject: 'Half a reply' });
  const open = new CasePage(wanda);
  await open.open(number);
  await open.reply.fill('I was just about to say that');

  const page = await (await browserFor(undefined, await freshSession(owner, password))).newPage();
  await page.goto('/people');
  await choose(page, 'Wanda Writer', 'Deactivate');
  const dialog = page.getByRole('dialog', { name: 'Deactivate' });
  await expect(dialog).toContainText('Wanda Writer is signed out at once');
  const heirs = dialog.getByRole('combobox', { name: /Who is to have the open case/ });
  await expect(heirs.getByRole('option')).toHaveText(['Leave them', 'Hugo Heir', 'Oskar Owner']);
  await heirs.selectOption({ label: 'Hugo Heir' });
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await expect(toast(page, 'Wanda Writer is deactivated')).toBeVisible();
  await expect(member(page, 'Wanda Writer')).toContainText('deactivated');
  await expect(member(page, 'Hugo Heir')).toContainText('1 open case');

  const again = wanda.getByRole('dialog', { name: 'Sign in again' });
  await expect(again).toBeVisible();
  const secret = again.getByRole('textbox', { name: 'Password' });
  await secret.fill(password);
  await secret.press('Enter');
  await expect(secret).toHaveAccessibleDescription(/is wrong/);

  await choose(page, 'Wanda Writer', 'Reactivate');
  await page.getByRole('dialog').getByRole('button', { name: 'Reactivate' }).click();
  await expect(toast(page, 'Wanda Writer is back')).toBeVisible();
  await secret.press('Enter');
  await expect(again).toBeHidden();
  await expect(open.reply).toHaveValue('I was just about to say that');
  await open.send.click();
  await expect(wanda.getByRole('article').filter({ hasText: 'I was just about to say that' })).toBeVisible();
  await expect(open.conversation).toContainText('made the requester:');
  await expect(open.conversation).toContainText('Hugo Heir');
});

test('an administrator is made and unmade, sets the policy, and reads what was done', async ({
  backend,
  browserFor,
  freshSession,
  watch,
}) => {
  watch.expect(failedWith(422));
  const [owner, second] = [
    { email: 'owner@ruled.example', name: 'Ora Owner', password, organisation: 'Ruled Goods', role: 'administrator' as const },
    { email: 'second@ruled.example', name: 'Sam Second', password, organisation: 'Ruled Goods' },
  ];
  backend.addAccount(owner);
  backend.addAccount(second);
  const { api, storageState } = await freshSession(owner.email, password);
  const page = await (await browserFor(undefined, { storageState })).newPage();
  await page.goto('/people');

  await test.step('one administrator stays', async () => {
    await choose(page, 'Ora Owner', 'Make user');
    const dialog = page.getByRole('dialog', { name: 'Make user' });
    await dialog.getByRole('button', { name: 'Make user' }).press('Enter');
    await expect(dialog.getByRole('alert')).toContainText('One administrator has to stay');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await choose(page, 'Sam Second', 'Make administrator');
    await page.getByRole('dialog').getByRole('button', { name: 'Make administrator' }).press('Enter');
    await expect(toast(page, 'Sam Second is an administrator now')).toBeVisible();
    await expect(member(page, 'Sam Second')).toContainText('Administrator');
  });

  await test.step('people are found', async () => {
    await page.getByRole('searchbox', { name: 'Find by name or address' }).fill('second@');
    await expect(page.getByRole('region', { name: 'Members' }).getByRole('listitem')).toHaveCount(1);
    await page.getByRole('searchbox', { name: 'Find by name or address' }).fill('nobody of the kind');
    await expect(page.getByRole('heading', { name: 'Nobody found' })).toBeVisible();
  });

  await test.step('the policy is set', async () => {
    await page.getByRole('tab', { name: 'People' }).press('ArrowRight');
    await expect(page).toHaveURL(/tab=policy/);
    await page.getByRole('radio', { name: /^Everybody their own/ }).check();
    const watchers = page.getByRole('combobox', { name: /Who follows every new case/ });
    await watchers.fill('nonsense');
    await watchers.press('Enter');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(watchers).toHaveAccessibleDescription(/Enter an e-mail address such as/);
    await page.getByRole('button', { name: 'Remove nonsense' }).click();
    await watchers.fill('sam');
    await page.getByRole('option', { name: /Sam Second/ }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(toast(page, 'The policy is saved')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('radio', { name: /^Everybody their own/ })).toBeChecked();
    await expect(page.getByRole('button', { name: 'Remove second@ruled.example' })).toBeVisible();
  });

  const { number } = await api.file('services', { subject: 'Followed from the first' });
  expect((await api.case(number)).watchers).toEqual([{ person: expect.objectContaining({ name: 'Sam Second' }) }]);

  await test.step('all of it is kept', async () => {
    await page.getByRole('tab', { name: 'Policy' }).press('End');
    const done = page.getByRole('tabpanel').getByRole('listitem');
    await expect(done).toHaveCount(3);
    await expect(done.nth(0)).toContainText('Ora Owner set who follows every new case: second@ruled.example');
    await expect(done.nth(1)).toContainText('set that everybody sees their own cases');
    await expect(done.nth(2)).toContainText('made Sam Second an administrator');
    expect(await violations(page)).toEqual([]);
  });
});

test('a partner asks, is approved, and is out at once when it ends', async ({ backend, browserFor, freshSession, watch }) => {
  watch.expect(failedWith(422));
  const owner = { email: 'owner@partnered.example', name: 'Otto Owner', password };
  const partner = { email: 'paula@consultants.example', name: 'Paula Partner', password };
  backend.addAccount({ ...owner, organisation: 'Partnered Goods', role: 'administrator' });
  backend.addAccount({ ...partner, organisation: 'Other Goods', role: 'partner' });
  const { storageState } = await freshSession(partner.email, password);
  const paula = await (await browserFor(undefined, { storageState })).newPage();
  await paula.goto('/account');
  const working = paula.getByRole('region', { name: 'Whom you work for' });
  const organisation = working.getByRole('textbox', { name: 'Organisation' });
  const ask = working.getByRole('button', { name: 'Ask', exact: true });
  await ask.press('Enter');
  await expect(organisation).toHaveAccessibleDescription(/Enter the name of the organisation/);
  await organisation.fill('Other Goods');
  await ask.press('Enter');
  await expect(organisation).toHaveAccessibleDescription(/You work for this organisation already/);
  await organisation.fill('partnered goods');
  await working.getByRole('textbox', { name: /What you do for them/ }).fill('We look after your shop.');
  await ask.press('Enter');
  await expect(working.getByRole('listitem').filter({ hasText: 'partnered goods' })).toContainText('waiting for an answer');
  // Whether there is an organisation of a name is not told.
  await organisation.fill('No such company');
  await ask.press('Enter');
  await expect(working.getByRole('listitem').filter({ hasText: 'No such company' })).toContainText('waiting for an answer');
  await working.getByRole('button', { name: 'Take back what you asked of No such company' }).press('Enter');
  await expect(working.getByRole('listitem').filter({ hasText: 'No such company' })).toBeHidden();
  for (const width of [390, 820, 1440]) {
    await paula.setViewportSize({ width, height: 800 });
    expect(await violations(paula)).toEqual([]);
  }

  const page = await (await browserFor(undefined, await freshSession(owner.email, password))).newPage();
  await page.goto('/people');
  const asking = page.getByRole('region', { name: 'Want to work for you' });
  await expect(asking).toContainText('We look after your shop.');
  expect(await violations(page)).toEqual([]);
  await asking.getByRole('button', { name: 'Approve of Paula Partner' }).press('Enter');
  await expect(toast(page, 'Paula Partner works for you now')).toBeVisible();
  await expect(member(page, 'Paula Partner')).toContainText('Partner');
  // Their pages know it without being loaded again.
  await expect(working.getByRole('button', { name: 'Stop working for Partnered Goods' })).toBeVisible();

  await paula.goto('/cases');
  await expect(paula.getByRole('heading', { level: 1, name: 'Our cases' })).toBeVisible();
  await choose(page, 'Paula Partner', 'Deactivate');
  await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).press('Enter');
  await expect(toast(page, 'Paula Partner is deactivated')).toBeVisible();
  await paula.goto('/account');
  await expect(working.getByRole('button', { name: 'Stop working for Other Goods' })).toBeVisible();
  await expect(working.getByRole('button', { name: 'Stop working for Partnered Goods' })).toHaveCount(0);

  await working.getByRole('button', { name: 'Stop working for Other Goods' }).press('Enter');
  const dialog = paula.getByRole('dialog', { name: 'Stop working' });
  await expect(dialog).toContainText('You see nothing of Other Goods any more');
  expect(await violations(paula)).toEqual([]);
  await dialog.getByRole('button', { name: 'Stop working' }).press('Enter');
  await expect(toast(paula, 'You work for Other Goods no longer')).toBeVisible();
  await expect(working.getByRole('listitem')).toHaveCount(0);
});

test('the page is for administrators, and says so', async ({ browserFor, as, watch }) => {
  watch.expect(failedWith(403));
  const page = await (await browserFor('customer')).newPage();
  await page.goto('/people');
  await expect(page.getByRole('heading', { name: 'For portal administrators' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const { id } = (await (await as('customer')).session()).memberships[0]!.organisation;
  const answers = await page.evaluate(async (path) => (await fetch(path)).status, `/api/v1/organisations/${id}/members`);
  expect(answers).toBe(403);
});

test('what cannot be loaded is asked for again', async ({ browserFor, watch }) => {
  watch.expect(failedWith(500));
  const page = await (await browserFor('admin')).newPage();
  await page.route('**/members', (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{}' }));
  await page.goto('/people');
  const failure = page.getByRole('main').getByRole('alert');
  await expect(failure).toBeVisible();
  await page.unroute('**/members');
  await failure.getByRole('button', { name: 'Try again' }).click();
  await expect(member(page, 'Priya Raman')).toBeVisible();
});
