import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';

declare global {
  interface Window {
    axe?: { run(context: Document, options: RunOptions): Promise<AxeResults> };
  }
}

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
/** What WCAG 2.2 AA asks for, and what is good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it stands, a line an element; only by some rules, if given. */
export async function violations(page: Page, rules = RULES): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(AXE);
  }
  // What a case's files show in frames is not ours.
  const found = await page.evaluate(
    (runOnly) => window.axe!.run(document, { runOnly, resultTypes: ['violations'], iframes: false }),
    rules,
  );
  return found.violations.flatMap(({ id, nodes }) =>
    nodes
      .filter((node) => !(id === 'target-size' && isScrolledBeneath(node.failureSummary)))
      .map((node) => `${id}: ${node.html} – ${node.failureSummary}`),
  );
}

/**
 * What has scrolled half beneath a bar that stays is measured by the half one sees, which
 * tells of the place of the scroll and not of the size: one more turn of the wheel shows it all.
 */
function isScrolledBeneath(summary = ''): boolean {
  return summary.includes('partially obscured');
}
