import { chromium } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const ctx = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
const page = await ctx.newPage();
page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) console.log('console', m.type(), m.text().slice(0, 300)); });
page.on('pageerror', (e) => console.log('pageerror', e.message));
await page.goto('http://127.0.0.1:8123/gallery');
await page.getByRole('button', { name: /^Sign in as/ }).first().click();
await page.getByRole('heading', { level: 1, name: 'Gallery' }).waitFor();
for (const scheme of ['light', 'dark']) for (const width of [390, 820, 1440]) {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width, height: 900 });
  let k = 0; for (const s of await page.locator('.gallery-section').all()) await s.screenshot({ path: `/tmp/gal/${scheme}-${width}-${k++}.png` });
  await page.evaluate(() => scrollTo(0, 0)); await page.screenshot({ path: `/tmp/gal/${scheme}-${width}-top.png` });
  if (process.argv[2] !== 'noaxe') {
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode(true).analyze();
    for (const v of violations) for (const n of v.nodes) console.log(scheme, width, v.id, n.html.slice(0, 200), n.failureSummary.slice(0, 200));
  }
}
await page.setViewportSize({ width: 320, height: 640 });
console.log('320:', await page.evaluate(() => {
  const limit = document.documentElement.clientWidth;
  return [document.documentElement.scrollWidth, limit, ...[...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > limit + 1).slice(0, 5).map((e) => e.outerHTML.slice(0, 120))];
}));
// Open states.
for (const scheme of ['light', 'dark']) {
  await page.emulateMedia({ colorScheme: scheme });
  await page.setViewportSize({ width: 1000, height: 800 });
  const shot = async (name, target) => { await target.scrollIntoViewIfNeeded(); await page.evaluate(() => window.scrollBy(0, 250)); await page.waitForTimeout(150); await page.screenshot({ path: `/tmp/gal/${scheme}-${name}.png` });
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode(true).analyze();
    for (const v of violations) for (const n of v.nodes) console.log(scheme, name, v.id, n.html.slice(0, 200), n.failureSummary.slice(0, 200)); };
  const box = page.locator('#people');
  await box.click(); await box.fill(''); await page.keyboard.press('ArrowUp'); await page.keyboard.press('ArrowUp');
  await shot('combobox', box);
  await page.keyboard.press('Escape');
  await page.locator('#people-later').click();
  await shot('combobox-pending', page.locator('#people-later'));
  await page.keyboard.press('Escape');
  const about = page.getByRole('button', { name: 'About this case' });
  await about.click(); await shot('popover', about); await page.keyboard.press('Escape');
  const hint = page.getByRole('button', { name: 'What priority means' });
  await hint.click(); await shot('hint', hint); await page.keyboard.press('Escape');
  const menu = page.getByRole('button', { name: 'Actions' });
  await menu.click(); await shot('menu', menu); await page.keyboard.press('Escape');
  const dialog = page.getByRole('button', { name: 'Close the case…' });
  await dialog.click(); await shot('dialog', dialog); await page.keyboard.press('Escape');
  const undo = page.getByRole('button', { name: 'A toast with Undo' });
  await undo.click(); await page.waitForTimeout(100); await page.locator('.toast-action').focus(); await shot('toast', undo);
  await page.keyboard.press('Escape');
  console.log('focus after toast:', await page.evaluate(() => document.activeElement?.textContent));
}
await browser.close();
