import { expect, type Page } from '@playwright/test';

import type { Api } from './api';
import type { Who } from './people';
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
