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
  const lines: string[] = [];
  for (const { id, nodes } of found.violations) {
    for (const { html, target, failureSummary } of nodes) {
      if (!(id === 'target-size' && (await isNextToABar(page, String(target[0]))))) {
        lines.push(`${id}: ${html} – ${failureSummary}`);
      }
    }
  }
  return lines;
}

/**
 * Whether a bar that stays while the page scrolls lies over an element or close to it. Its
 * target is then measured by the part one sees, and by the bar's own targets beside it: that
 * tells of the place of the scroll and not of the size.
 */
async function isNextToABar(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).first().evaluate((element) => {
    const own = element.getBoundingClientRect();
    const close = ({ left, right, top, bottom }: DOMRect) =>
      left < own.right + 24 && right > own.left - 24 && top < own.bottom + 24 && bottom > own.top - 24;
    return [...document.body.querySelectorAll('*')].some(
      (bar) =>
        /^(sticky|fixed)$/.test(getComputedStyle(bar).position) &&
        !bar.contains(element) &&
        close(bar.getBoundingClientRect()),
    );
  });
}
