import { createHmac } from 'node:crypto';

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

/** The code that an authenticator app shows (RFC 6238): HMAC-SHA-1, six digits, half a minute. */
function appCode(secret: string, at: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(step).digest();
  const offset = hash[19]! & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('a second factor is set up, asked for, and taken away', async ({ page, backend, browserFor, freshSession, watch }) => {
  watch.expect(failedWith(401));
  watch.expect(failedWith(422));
  const account = { email: 'cautious@fresh.example', name: 'Cora Cautious', password };
  backend.addAccount({ ...account, organisation: 'Fresh Goods' });
  const here = await (await browserFor(undefined, await freshSession(account.email, password))).newPage();
  await here.goto('/account');
  const section = here.getByRole('region', { name: 'Second factor' });
  await section.getByRole('button', { name: 'Set up a second factor' }).press('Enter');
  const dialog = here.getByRole('dialog', { name: 'Set up a second factor' });
  const present = dialog.getByRole('textbox', { name: 'Present password' });
  await present.fill('a guess');
  await present.press('Enter');
  await expect(present).toHaveAccessibleDescription('This is not your present password.');
  await present.fill(password);
  await present.press('Enter');
  await expect(dialog.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
  for (const width of [390, 820, 1440]) {
    await here.setViewportSize({ width, height: 800 });
    expect(await violations(here)).toEqual([]);
  }
  const secret = (await dialog.getByLabel('Secret', { exact: true }).innerText()).trim();
  const code = dialog.getByRole('textbox', { name: 'Code' });
  await code.fill('000000');
  await code.press('Enter');
  await expect(code).toHaveAccessibleDescription(/This code is wrong/);
  await code.fill(appCode(secret, Date.now()));
  await code.press('Enter');
  const kept = here.getByRole('dialog', { name: 'Recovery codes' });
  await expect(kept.getByRole('listitem')).toHaveCount(10);
  const codes = await kept.getByRole('listitem').allInnerTexts();
  expect(await violations(here)).toEqual([]);
  await kept.getByRole('button', { name: 'I have kept them' }).press('Enter');
  await expect(section).toContainText('10 recovery codes are left.');

  // The password alone lets nobody in any more, and what was typed stays.
  await page.goto('/');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(account.email);
  const secretWord = page.getByRole('textbox', { name: 'Password' });
  await secretWord.fill(password);
  await secretWord.press('Enter');
  const asked = page.getByRole('textbox', { name: 'Code' });
  await expect(asked).toBeFocused();
  await expect(secretWord).toHaveValue(password);
  await asked.fill('123456');
  await asked.press('Enter');
  await expect(asked).toHaveAccessibleDescription(/This code is wrong/);
  expect(await violations(page)).toEqual([]);
  await asked.fill(codes[0]!.toUpperCase());
  await asked.press('Enter');
  await expect(page.getByRole('button', { name: account.name })).toBeVisible();

  await here.reload();
  await expect(section).toContainText('9 recovery codes are left.');
  await section.getByRole('button', { name: 'Take the second factor away' }).press('Enter');
  const removal = here.getByRole('dialog', { name: 'Take the second factor away' });
  await removal.getByRole('textbox', { name: 'Code' }).fill(codes[1]!);
  await removal.getByRole('button', { name: 'Go on' }).press('Enter');
  await expect(here.locator('.toast', { hasText: 'The second factor is taken away' })).toBeVisible();
  await expect(section.getByRole('button', { name: 'Set up a second factor' })).toBeVisible();
});

test('a token is made, shown once, used by a program, and revoked', async ({ backend, browserFor, freshSession, playwright }) => {
  const account = { email: 'scripted@fresh.example', name: 'Sven Scripted', password };
  backend.addAccount({ ...account, organisation: 'Fresh Goods' });
  const page = await (await browserFor(undefined, await freshSession(account.email, password))).newPage();
  await page.goto('/account');
  const section = page.getByRole('region', { name: 'Tokens for programs' });
  await expect(section).toContainText('You have no tokens.');
  await section.getByRole('button', { name: 'Make a token' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Make a token' });
  const name = dialog.getByRole('textbox', { name: 'Name' });
  const make = dialog.getByRole('button', { name: 'Make a token' });
  await make.press('Enter');
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription(/Give the token a name/);
  await expect(dialog.getByRole('group', { name: 'What it may do' })).toHaveAccessibleDescription(/Choose at least one/);
  await name.fill('Nightly report');
  await dialog.getByRole('checkbox', { name: 'Read cases' }).check();
  await dialog.getByRole('combobox', { name: 'How long it lasts' }).selectOption({ label: '30 days' });
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await violations(page)).toEqual([]);
  }
  await make.press('Enter');
  const secret = (await dialog.getByLabel('Token', { exact: true }).innerText()).trim();
  expect(secret).toMatch(/^csm_[\w-]{40,}$/);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'I have copied it' }).press('Enter');
  await expect(section).toContainText('never used');
  await expect(page.getByText(secret)).toHaveCount(0);

  const program = await playwright.request.newContext({ baseURL: backend.url, extraHTTPHeaders: { authorization: `Bearer ${secret}` } });
  expect((await program.get('/api/v1/cases')).status()).toBe(200);
  expect((await program.get('/api/v1/account/sessions')).status()).toBe(403);
  await section.getByRole('button', { name: 'Revoke Nightly report' }).press('Enter');
  await page.getByRole('dialog', { name: 'Revoke' }).getByRole('button', { name: 'Revoke' }).press('Enter');
  await expect(page.locator('.toast', { hasText: 'Nightly report is revoked' })).toBeVisible();
  await expect(section).toContainText('You have no tokens.');
  expect((await program.get('/api/v1/cases')).status()).toBe(401);
  await program.dispose();
});

test('what is kept of somebody is taken away, and forgotten', async ({ backend, browserFor, freshSession, watch }) => {
  watch.expect(failedWith(401));
  watch.expect(failedWith(422));
  const organisation = 'Forgetful Goods';
  const account = { email: 'leaving@forgetful.example', name: 'Lena Leaving', password };
  const owner = { email: 'owner@forgetful.example', name: 'Ole Owner', password };
  backend.addAccount({ ...account, organisation });
  backend.addAccount({ ...owner, organisation, role: 'administrator' });
  const theirs = await freshSession(account.email, password);
  const { number } = await theirs.api.file('services', { subject: 'A case that stays' });
  const page = await (await browserFor(undefined, theirs)).newPage();
  await page.goto('/account');
  const section = page.getByRole('region', { name: 'Your data' });
  const coming = page.waitForEvent('download');
  await section.getByRole('link', { name: 'Download your data' }).press('Enter');
  const stream = await (await coming).createReadStream();
  const data = JSON.parse(Buffer.concat(await stream.toArray()).toString()) as { email: string; cases: { number: string }[] };
  expect([data.email, data.cases.map((one) => one.number)]).toEqual([account.email, [number]]);

  await section.getByRole('button', { name: 'Delete your account' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Delete your account' });
  const secret = dialog.getByRole('textbox', { name: 'Present password' });
  await secret.press('Enter');
  await expect(secret).toHaveAccessibleDescription('Enter your password.');
  await secret.fill('a guess');
  await secret.press('Enter');
  await expect(secret).toHaveAccessibleDescription('This is not your present password.');
  expect(await violations(page)).toEqual([]);
  await secret.fill(password);
  await secret.press('Enter');
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  const left = await (await freshSession(owner.email, password)).api.case(number);
  expect([left.summary.subject, left.summary.requester.name]).toEqual(['A case that stays', 'Former user']);
});
