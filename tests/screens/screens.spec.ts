import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { test } from '../support/fixtures';
import { STATES } from '../support/states';

/** Pictures of every page, for `cargo xtask screens`, which says where they go. */
const folder = process.env.CASEMENT_SCREENS ?? join('tests', 'results', 'screens');

async function shoot(page: Page, name: string): Promise<void> {
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), scale: 'css', caret: 'hide' });
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

for (const state of STATES) {
  test.describe(state.name, () => {
    test.use({ account: state.account });

    test('picture', async ({ page, as, watch }) => {
      let looked = 0;
      await state.reach({ page, as, watch }, async (name) => {
        looked += 1;
        await shoot(page, name);
      });
      if (looked === 0) {
        await shoot(page, state.name);
      }
    });
  });
}
