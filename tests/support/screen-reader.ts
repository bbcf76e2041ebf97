import { buildSync } from 'esbuild';
import { expect, type Page } from '@playwright/test';
import type { Virtual } from '@guidepup/virtual-screen-reader';

declare global {
  interface Window {
    guidepup: { virtual: Virtual };
  }
}

/** A pattern of what is spoken, or the phrase itself. */
export type Phrase = string | RegExp;

let bundle: string | undefined;

/** The screen reader's program, as one script. */
function program(): string {
  bundle ??= buildSync({
    entryPoints: [require.resolve('@guidepup/virtual-screen-reader/browser.js')],
    bundle: true,
    format: 'iife',
    globalName: 'guidepup',
    write: false,
    logLevel: 'error',
  }).outputFiles[0]!.text;
  return bundle;
}

/**
 * A screen reader within the page: it walks the accessibility tree that the specifications
 * make of the DOM, and keeps what it would say.
 *
 * It is brought in through the debugger, which the page's content security policy does not
 * concern: the policy stays in force, and the tests notice whatever offends it.
 */
export class ScreenReader {
  private constructor(private readonly page: Page) {}

  /** Begins at the top of the page as it stands. */
  static async on(page: Page): Promise<ScreenReader> {
    await page.evaluate(`${program()}; window.guidepup = guidepup;`);
    await page.evaluate(() => window.guidepup.virtual.start({ container: document.body }));
    return new ScreenReader(page);
  }

  /** Reads from the top to the end, and answers all that was said. */
  async readAll(): Promise<string[]> {
    return this.page.evaluate(async () => {
      const { virtual } = window.guidepup;
      await virtual.stop();
      await virtual.start({ container: document.body });
      for (let steps = 0; (await virtual.lastSpokenPhrase()) !== 'end of document'; steps += 1) {
        if (steps > 2000) {
          throw new Error('the page has no end');
        }
        await virtual.next();
      }
      return virtual.spokenPhraseLog();
    });
  }

  /** Goes to the next heading, as people find out what a page holds; answers what is said. */
  async headings(): Promise<string[]> {
    return this.page.evaluate(async () => {
      const { virtual } = window.guidepup;
      await virtual.stop();
      await virtual.start({ container: document.body });
      const said: string[] = [];
      for (let before = ''; ; ) {
        await virtual.perform(virtual.commands.moveToNextHeading);
        const phrase = await virtual.lastSpokenPhrase();
        // Round again.
        if (phrase === before || phrase === said[0]) {
          return said;
        }
        said.push((before = phrase));
      }
    });
  }

  /** All that was said since the beginning, changes that announce themselves too. */
  async said(): Promise<string[]> {
    return this.page.evaluate(() => window.guidepup.virtual.spokenPhraseLog());
  }
}

/** Sees that phrases are said one after the other; others may be said between them. */
export function expectInOrder(said: string[], phrases: Phrase[]): void {
  let from = 0;
  for (const phrase of phrases) {
    const at = said.findIndex((one, index) => index >= from && (typeof phrase === 'string' ? one === phrase : phrase.test(one)));
    expect(at, `${String(phrase)} is not said after “${said[from - 1] ?? 'the beginning'}”. All that is said:\n${said.join('\n')}`).not.toBe(-1);
    from = at + 1;
  }
}
