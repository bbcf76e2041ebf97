import { violations } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { mailedLink } from '../support/mails';
import { failedWith } from '../support/watch';

const password = 'a-long-password';

test('a forgotten password is replaced by a link that is mailed', async ({ page, backend, freshSession, watch, browserFor }) => {
  watch.expect(failedWith(401));
  watch.expect(failedWith(404));
  const account = { email: 'forgetful@fresh.example', name: 'Fay Forgetful', password };
  backend.addAccount({ ...account, organisation: 'Fresh Goods' });
  const { storageState } = await freshSession(account.email, password);
  const elsewhere = await (await browserFor(undefined, { storageState })).newPage();
  await elsewhere.goto('/cases');
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Our cases' })).toBeVisible();

  await page.goto('/');
  await page.getByRole('link', { name: 'Forgot your password?' }).press('Enter');
  const email = page.getByRole('textbox', { name: 'E-mail' });
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(email).toHaveAccessibleDescription('Enter your e-mail address.');
  await expect(email).toBeFocused();
  // Whether there is an account is not told.
  for (const address of ['nobody@fresh.example', account.email.toUpperCase()]) {
    await email.fill(address);
    await email.press('Enter');
    await expect(page.getByRole('status').filter({ hasText: address })).toContainText('a mail with a link is on its way');
  }
  expect(await violations(page)).toEqual([]);
  await expect.poll(() => mailedLink(backend, account.email, 'link'), { timeout: 15_000 }).toBeTruthy();
  expect(mailedLink(backend, 'nobody@fresh.example', 'link')).toBeUndefined();

  await page.goto(mailedLink(backend, account.email, 'link')!);
  const chosen = page.getByRole('textbox', { name: 'New password' });
  await expect(page.getByRole('main')).toContainText(account.name);
  await chosen.fill('short');
  await chosen.press('Enter');
  await expect(chosen).toHaveAccessibleDescription(/at least 8 characters/);
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await violations(page)).toEqual([]);
  }
  await chosen.fill('a sentence I keep in mind');
  await chosen.press('Enter');
  await expect(page.getByText('Your new password is set.')).toBeVisible();
  await expect(elsewhere.getByRole('dialog', { name: 'Sign in again' })).toBeVisible();

  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('textbox', { name: 'E-mail' }).fill(account.email);
  const secret = page.getByRole('textbox', { name: 'Password' });
  await secret.fill(password);
  await secret.press('Enter');
  await expect(secret).toHaveAccessibleDescription(/is wrong/);
  await secret.fill('a sentence I keep in mind');
  await secret.press('Enter');
  await expect(page.getByRole('button', { name: account.name })).toBeVisible();

  // Once is enough, for whoever is signed in, too.
  await page.goto(mailedLink(backend, account.email, 'link')!);
  await expect(page.getByText('This link was used, or is too old.')).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('a password is changed, and other browsers are signed out', async ({ backend, browserFor, freshSession, watch }) => {
  watch.expect(failedWith(401));
  watch.expect(failedWith(422));
  const account = { email: 'careful@fresh.example', name: 'Carla Careful', password };
  backend.addAccount({ ...account, organisation: 'Fresh Goods' });
  const [here, there] = [await freshSession(account.email, password), await freshSession(account.email, password)];
  const page = await (await browserFor(undefined, here)).newPage();
  const other = await (await browserFor(undefined, there)).newPage();
  await other.goto('/cases');
  await page.goto('/');
  await page.getByRole('button', { name: account.name }).press('Enter');
  await page.getByRole('menuitem', { name: 'Your account' }).press('Enter');
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Your account' })).toBeVisible();

  const [current, next] = [page.getByRole('textbox', { name: 'Present password' }), page.getByRole('textbox', { name: 'New password' })];
  const change = page.getByRole('button', { name: 'Change password' });
  await change.click();
  await expect(current).toHaveAccessibleDescription('Enter your password.');
  await expect(next).toHaveAccessibleDescription(/Choose a password\./);
  await expect(current).toBeFocused();
  await current.fill('guessed-it-wrong');
  await next.fill('something longer than before');
  await next.press('Enter');
  await expect(current).toHaveAccessibleDescription('This is not your present password.');
  await expect(next).toHaveValue('something longer than before');
  await current.fill(password);
  await current.press('Enter');
  await expect(page.locator('.toast', { hasText: 'Your password is changed' })).toBeVisible();
  await expect(next).toHaveValue('');
  await expect(other.getByRole('dialog', { name: 'Sign in again' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

test('one sees where one is signed in, and signs out there', async ({ backend, browserFor, freshSession, watch }) => {
  watch.expect(failedWith(401));
  const account = { email: 'everywhere@fresh.example', name: 'Eve Everywhere', password };
  backend.addAccount({ ...account, organisation: 'Fresh Goods' });
  const page = await (await browserFor(undefined, await freshSession(account.email, password))).newPage();
  const others = [];
  for (let count = 0; count < 2; count += 1) {
    const other = await (await browserFor(undefined, await freshSession(account.email, password))).newPage();
    await other.goto('/cases');
    await expect(other.getByRole('heading', { level: 1, name: 'Our cases' })).toBeVisible();
    others.push(other);
  }
  await page.goto('/account');
  const list = page.getByRole('region', { name: 'Where you are signed in' });
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await expect(list.getByText('this browser')).toHaveCount(1);
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `at ${width} pixels`).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
  }
  await list.getByRole('button', { name: /^Sign out of/ }).first().press('Enter');
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('heading', { name: 'Where you are signed in' })).toBeFocused();
  await list.getByRole('button', { name: 'Sign out everywhere else' }).press('Enter');
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list.getByRole('button')).toHaveCount(0);
  for (const other of others) {
    await expect(other.getByRole('dialog', { name: 'Sign in again' })).toBeVisible();
  }
});

test.describe('signed in', () => {
  test.use({ account: 'customer' });

  test('the sign-in page leads home', async ({ page }) => {
    await page.goto('/sign-in');
    await expect(page).toHaveURL(/\/$/);
    await expect(page.getByRole('region', { name: 'Recent cases' })).toBeVisible();
  });
});
