import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { violations } from '../support/axe';
import { Backend } from '../support/backend';
import { expect, test as base } from '../support/fixtures';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path fill="#e4572e" d="M0 0h4v2H0z"/></svg>';

/** As text it is too pale for white ground; as a button it will do. */
const ACCENT = 'rgb(228, 87, 46)';
const ACCENT_DARK = 'rgb(255, 177, 153)';

const test = base.extend<object, { backend: Backend }>({
  backend: [
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'casement-logo-'));
      const logo = join(folder, 'logo.svg');
      writeFileSync(logo, SVG);
      const backend = await Backend.start({
        CASEMENT_PRODUCT_NAME: 'Quillwort Support',
        CASEMENT_LOGO: logo,
        CASEMENT_ACCENT: '#e4572e',
        CASEMENT_ACCENT_DARK: '#ffb199',
        CASEMENT_CONTACTS: '{billing="billing@quillwort.example",security="https://quillwort.example/security"}',
        CASEMENT_LINKS: '[{title="Status",url="https://status.quillwort.example/"}]',
      });
      await use(backend);
      await backend.discard();
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

/** The colour that a custom property of the page stands for. */
async function colour(page: Page, property: string): Promise<string> {
  return page.evaluate((name) => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = `var(${name})`;
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  }, property);
}

test('name and logo are the operator’s', async ({ page }) => {
  await page.goto('/');
  const brand = page.getByRole('link', { name: 'Quillwort Support start page' });
  await expect(brand).toHaveText('Quillwort Support');
  await expect(page).toHaveTitle(/Quillwort Support$/);
  const logo = brand.locator('img');
  await expect(logo).toHaveAttribute('alt', '');
  await expect.poll(() => logo.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)).toBe(true);
  await expect(brand.locator('svg')).toHaveCount(0);
});

test.describe('signed in', () => {
  test.use({ account: 'customer' });

  test('the accent is the operator’s, and legible in both themes', async ({ page, backend }) => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('contentinfo')).toBeVisible();
    for (const [colorScheme, fill] of [['light', ACCENT], ['dark', ACCENT_DARK]] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expect(page.getByRole('link', { name: 'Create a case' }).first()).toHaveCSS('background-color', fill);
      expect(await colour(page, '--accent-fill')).toBe(fill);
      for (const path of ['/', '/cases', '/cases/new']) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByRole('contentinfo')).toBeVisible();
        expect(await violations(page, ['color-contrast']), `${path}, ${colorScheme}`).toEqual([]);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await colour(page, '--accent'), 'darkened, as it is text').not.toBe(ACCENT);
    expect(backend.log).toContain('accent = #e4572e has a contrast of');
    expect(backend.log).not.toContain('accent_dark = ');
  });

  test('from the second visit on the accent is there before the settings', async ({ page }) => {
    await page.goto('/');
    await expect.poll(() => colour(page, '--accent-fill')).toBe(ACCENT);
    await page.route('**/api/v1/portal', () => {});
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await colour(page, '--accent-fill')).toBe(ACCENT);
    await expect(page.getByRole('contentinfo')).toHaveCount(0);
  });
});

test('contacts and links are in the foot, before anyone signs in', async ({ page }) => {
  await page.goto('/');
  const foot = page.getByRole('contentinfo');
  const links = { Billing: 'mailto:billing@quillwort.example', Security: 'https://quillwort.example/security' };
  for (const [name, href] of Object.entries({ ...links, Status: 'https://status.quillwort.example/' })) {
    await expect(foot.getByRole('link', { name, exact: true })).toHaveAttribute('href', href);
  }
  await expect(foot.getByRole('link')).toHaveCount(3);
  // At the lower edge, also of a page that is shorter than the window.
  await page.setViewportSize({ width: 1280, height: 1600 });
  await expect.poll(() => foot.evaluate((element) => Math.round(element.getBoundingClientRect().bottom))).toBe(1600);
});
