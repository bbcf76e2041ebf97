import type { Page } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { CasePage, ListPage } from '../support/pages';
import { PASSWORD } from '../support/people';

test.use({ account: 'customer' });

const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' });
const field = (page: Page) => palette(page).getByRole('combobox', { name: 'Type a page, an action, a case' });

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
}

async function openPreferences(page: Page): Promise<void> {
  await openPalette(page);
  await page.keyboard.type('prefer');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Preferences' })).toBeVisible();
}

test.describe('the command palette', () => {
  test('goes to a page by a few letters, and gives the focus back when left', async ({ page }) => {
    await new ListPage(page).open();
    const search = page.getByRole('searchbox', { name: 'Search cases' });
    await search.focus();
    await openPalette(page);
    await page.keyboard.press('Escape');
    await expect(palette(page)).toBeHidden();
    await expect(search).toBeFocused();

    await openPalette(page);
    await page.keyboard.type('emerg');
    await expect(palette(page).getByRole('option').first()).toHaveText('Emergency');
    await expect(palette(page).getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/cases\/new\/emergency$/);
    await expect(palette(page)).toBeHidden();
  });

  test('finds a case by its words, and opens it', async ({ page, as }) => {
    const { number, subject } = await (await as('customer')).file('problem', { subject: 'Parrots answer the telephone' });
    await page.goto('/');
    await page.getByRole('button', { name: 'Search and commands' }).click();
    await field(page).fill('parrots telephone');
    const found = palette(page).getByRole('option', { name: subject });
    await expect(found).toContainText(number);
    await expect(palette(page).getByRole('status')).toHaveText('1 result');
    await page.keyboard.press('ArrowDown');
    await expect(found).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/cases/${number}$`));
  });

  test('says when nothing is found', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await openPalette(page);
    await page.keyboard.type('zzqqxx');
    await expect(palette(page).getByRole('status')).toHaveText('0 results');
    await page.keyboard.press('Enter');
    await expect(palette(page)).toBeVisible();
  });
});

test.describe('single keys', () => {
  test('create, search, go along the rows, and list themselves', async ({ page }) => {
    const list = new ListPage(page);
    await list.open();
    await expect(list.subjects().first()).toBeVisible();
    await page.keyboard.press('j');
    await expect(list.subjects().first()).toBeFocused();
    await page.keyboard.press('j');
    await expect(list.subjects().nth(1)).toBeFocused();
    await page.keyboard.press('k');
    await expect(list.subjects().first()).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/cases\/CS-\d+$/);

    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(keys).toContainText('Create a case');
    await page.keyboard.press('Escape');
    // One overlay right after another, without waiting for the first to be gone.
    await openPalette(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await expect(keys).toBeVisible();
    // Within a dialog a key is not a command.
    await page.keyboard.press('c');
    await expect(keys).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(keys).toBeHidden();
    await page.keyboard.press('c');
    await expect(page).toHaveURL(/\/cases\/new$/);
    await page.keyboard.press('/');
    await expect(field(page)).toBeFocused();
    await page.keyboard.press('Escape');
    await list.open();
    await page.keyboard.press('/');
    await expect(list.search).toBeFocused();
  });

  test('are letters in a field, also in the reply', async ({ page, as }) => {
    const { number } = await (await as('customer')).file('problem', { subject: 'Letters are letters' });
    const open = new CasePage(page);
    await open.open(number);
    await open.reply.focus();
    await page.keyboard.type('c / j k ?');
    await expect(open.reply).toHaveValue('c / j k ?');
    await expect(page).toHaveURL(new RegExp(`/cases/${number}$`));
  });

  test('can be switched off, for good', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await openPreferences(page);
    await page.getByRole('checkbox', { name: /^Single-key shortcuts/ }).uncheck();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('c');
    await page.keyboard.press('?');
    // Ctrl K works all the same, and by then the others would have done something.
    await openPalette(page);
    await expect(page).toHaveURL(/\/$/);
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toHaveCount(0);
  });
});

test.describe('preferences', () => {
  test('dark stays dark whatever the system says, from the first paint on', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(await ground()).toBe('rgb(255, 255, 255)');
    await openPreferences(page);
    await page.getByRole('radio', { name: 'Dark' }).check();
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await ground()).not.toBe('rgb(255, 255, 255)');
    // What paints first paints without the program.
    await page.route('**/*_bg.wasm', () => new Promise(() => {}));
    await page.goto('/cases', { waitUntil: 'commit' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });

  test('the language is the account’s, in every browser', async ({ backend, browserFor, freshSession }) => {
    const email = 'polyglot@acme.example';
    backend.addAccount({ email, name: 'Petra Polyglot', password: PASSWORD, organisation: 'Acme Retail' });
    const { storageState } = await freshSession(email);
    const page = await (await browserFor(undefined, { storageState })).newPage();
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1, name: 'Hello, Petra' })).toBeVisible();
    await openPreferences(page);
    await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expect(page.getByRole('link', { name: 'Unsere Fälle' })).toBeVisible();

    const elsewhere = await (await browserFor(undefined, { storageState })).newPage();
    await elsewhere.goto('/cases');
    await expect(elsewhere.getByRole('heading', { level: 1, name: 'Unsere Fälle' })).toBeVisible();
  });
});
