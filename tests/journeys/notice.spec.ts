import { violations } from '../support/axe';
import { expect, test } from '../support/fixtures';

test.use({ account: 'customer' });

test('support tells everybody of an outage, and takes it back', async ({ page, browserFor, watch }) => {
  const support = await (await browserFor('analyst')).newPage();
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Post a notice' })).toHaveCount(0);
  await support.goto('/');
  await support.getByRole('button', { name: 'Post a notice' }).press('Enter');
  const form = support.getByRole('dialog', { name: 'Post a notice' });
  await form.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(form.getByText('Write something first.')).toBeVisible();
  const text = form.getByRole('textbox', { name: 'What everybody is to know' });
  await expect(text).toBeFocused();
  expect(await violations(support)).toEqual([]);
  await text.fill('Payments are slow.\nWe are on it.');
  await form.getByRole('radio', { name: 'Something does not work' }).check();

  // Somebody else was first.
  const other = await (await browserFor('analyst')).newPage();
  await other.goto('/');
  await other.getByRole('button', { name: 'Post a notice' }).click();
  await other.getByRole('textbox', { name: 'What everybody is to know' }).fill('Payments are down.');
  watch.expect(/status of 412/);
  await other.getByRole('dialog').getByRole('button', { name: 'Post', exact: true }).click();
  const told = page.getByRole('status').filter({ hasText: 'Notice from support' });
  await expect(told).toContainText('Payments are down.');
  const now = page.getByRole('status').filter({ hasText: 'Payments are slow.' });
  await form.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(form.getByText('changed the notice meanwhile. It says now: Payments are down.')).toBeVisible();
  await expect(text).toHaveValue('Payments are slow.\nWe are on it.');
  await expect(now).toHaveCount(0);
  await form.getByRole('button', { name: 'Post', exact: true }).click();
  await expect(now).toBeVisible();
  expect(await violations(page)).toEqual([]);

  await support.getByRole('button', { name: 'Take it back' }).click();
  await expect(now).toHaveCount(0);
  await support.getByRole('button', { name: 'Undo' }).click();
  await expect(now).toBeVisible();
  await support.getByRole('button', { name: 'Take it back' }).click();
  await expect(now).toHaveCount(0);
});

test('a notice ends by itself', async ({ page, as }) => {
  const analyst = await as('analyst');
  const { version } = await analyst.notice();
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const posted = await analyst.postNotice(version, { tone: 'info', text: 'Maintenance tonight.', until });
  await page.clock.install();
  await page.goto('/');
  await expect(page.getByText('Maintenance tonight.')).toBeVisible();
  await page.clock.fastForward('01:01:00');
  await expect(page.getByText('Maintenance tonight.')).toHaveCount(0);
  await analyst.takeNoticeBack(posted.version);
});
