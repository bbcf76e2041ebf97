import { expect, type Page } from '@playwright/test';

import type { Api } from './api';
import type { Who } from './people';

/** Ways to states that are looked at in one language and in all. */

interface Reaching {
  page: Page;
  as: (who: Who) => Promise<Api>;
}

/** Notifications, some of them new. */
export async function toNotifications({ page, as }: Reaching): Promise<void> {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Orders stay in “new”' });
  await analyst.act(number, 'pick_up');
  await analyst.reply(number, 'We are looking into it.');
  await page.goto('/notifications');
  await expect(page.locator('.told-unread').filter({ hasText: 'We are looking into it.' }).first()).toBeVisible();
}

/** The administrators' overview, with its tables open. */
export async function toOverview({ page }: Reaching): Promise<void> {
  await page.goto('/');
  // What nobody has answered yet has no table to open.
  const tables = page.locator('.chart summary').filter({ visible: true });
  await expect(tables.first()).toBeVisible();
  for (const table of await tables.all()) {
    await table.click();
  }
}
