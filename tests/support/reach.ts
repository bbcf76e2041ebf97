import { expect, type Page } from '@playwright/test';

import type { Api } from './api';
import { PASSWORD, type Who } from './people';
import { failedWith, type Watch } from './watch';

/** Ways to states that are looked at in one language and in all. */

interface Reaching {
  page: Page;
  as: (who: Who) => Promise<Api>;
  watch: Watch;
}

/** Notifications, some of them new. */
export async function toNotifications({ page, as }: Pick<Reaching, 'page' | 'as'>): Promise<void> {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Orders stay in “new”' });
  await analyst.act(number, 'pick_up');
  await analyst.reply(number, 'We are looking into it.');
  await page.goto('/notifications');
  await expect(page.locator('.told-unread').filter({ hasText: 'We are looking into it.' }).first()).toBeVisible();
}

/** The administrators' overview, with its tables open. */
export async function toOverview({ page }: Pick<Reaching, 'page'>): Promise<void> {
  await page.goto('/');
  // What nobody has answered yet has no table to open.
  const tables = page.locator('.chart summary').filter({ visible: true });
  await expect(tables.first()).toBeVisible();
  for (const table of await tables.all()) {
    await table.click();
  }
}

/** One's own account. */
export async function toAccount({ page }: Pick<Reaching, 'page'>): Promise<void> {
  await page.goto('/account');
  await expect(page.locator('.account-sessions li').first()).toBeVisible();
}

/** An organisation's people, one of them invited. */
export async function toPeople({ page, as }: Pick<Reaching, 'page' | 'as'>): Promise<void> {
  const admin = await as('admin');
  await admin.invite(['newcomer@acme.example']);
  await page.goto('/people');
  await expect(page.locator('.people-list .people-who').first()).toBeVisible();
}

/** People being invited. */
export async function toInviting({ page }: Pick<Reaching, 'page'>): Promise<void> {
  await page.goto('/people');
  await page.locator('.people-head .button-primary').click();
  await expect(page.locator('#invited-emails')).toBeVisible();
}

/** Somebody about to be deactivated, who has open cases. */
export async function toDeactivating({ page }: Pick<Reaching, 'page'>): Promise<void> {
  await page.goto('/people');
  const jana = page.locator('.people-list > li').filter({ hasText: 'customer@acme.example' });
  await jana.locator('button[aria-haspopup=menu]').click();
  await page.locator('[role=menuitem]').nth(1).click();
  await expect(page.locator('#who-has-cases')).toBeVisible();
}

/** A token being made. */
export async function toMakingToken({ page }: Pick<Reaching, 'page'>): Promise<void> {
  await page.goto('/account');
  await page.locator('section[aria-labelledby=account-tokens] button').last().click();
  await expect(page.locator('#token-name')).toBeVisible();
}

/** A second factor being set up. */
export async function toSecondFactor({ page }: Pick<Reaching, 'page'>): Promise<void> {
  await page.goto('/account');
  await page.locator('section[aria-labelledby=account-second-factor] button').first().click();
  await page.locator('#second-factor-field').fill(PASSWORD);
  await page.locator('#second-factor-field').press('Enter');
  await expect(page.locator('.qr-code')).toBeVisible();
}

/** What an organisation sets. */
export async function toPolicy({ page }: Pick<Reaching, 'page'>): Promise<void> {
  await page.goto('/people?tab=policy');
  await expect(page.locator('#default-watchers')).toBeVisible();
}

/** What was done in an organisation. */
export async function toRecord({ page, as }: Pick<Reaching, 'page' | 'as'>): Promise<void> {
  await (await as('admin')).invite(['newcomer@acme.example']);
  await page.goto('/people?tab=record');
  await expect(page.locator('.people-list > li').first()).toBeVisible();
}

/** An invitation that was accepted or withdrawn. */
export async function toSpentInvitation({ page, watch }: Pick<Reaching, 'page' | 'watch'>): Promise<void> {
  watch.expect(failedWith(404));
  await page.goto('/sign-in?invitation=spent');
  await expect(page.locator('.banner')).toBeVisible();
}

/** Where somebody forgot their password. */
export async function toForgotten({ page }: Pick<Reaching, 'page'>): Promise<void> {
  await page.goto('/sign-in?forgotten');
  await expect(page.locator('#forgotten-email')).toBeVisible();
}

/** A link that sets a password, and is worth nothing any more. */
export async function toSpentLink({ page, watch }: Pick<Reaching, 'page' | 'watch'>): Promise<void> {
  watch.expect(failedWith(404));
  await page.goto('/sign-in?link=spent');
  await expect(page.locator('.banner')).toBeVisible();
}

/** What one is told of, being chosen. */
export async function toNotificationSettings({ page }: Pick<Reaching, 'page'>): Promise<void> {
  await page.goto('/notifications');
  await page.locator('.section-head button:not(.button-quiet)').click();
  await expect(page.locator('#mail-pace')).toBeVisible();
}
