import type { BrowserContext, ConsoleMessage, Page } from '@playwright/test';

/** What a page may say without being asked to: nobody is signed in when it asks who is. */
const ALWAYS = [/Failed to load resource: .* status of 401 .*\/api\/v1\/session$/];

/** Collects what must never happen in any page: errors on the console, uncaught exceptions, CSP violations. */
export class Watch {
  private readonly said: string[] = [];
  private readonly expected: RegExp[] = [...ALWAYS];

  /** Watches all pages of a context, present and to come. */
  async over(context: BrowserContext): Promise<void> {
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`CSP: ${event.violatedDirective} forbids ${event.blockedURI} (${event.sourceFile})`);
      });
    });
    const follow = (page: Page) => {
      page.on('console', (message) => this.hear(message));
      page.on('pageerror', (error) => this.said.push(`uncaught: ${error.stack ?? error.message}`));
    };
    context.pages().forEach(follow);
    context.on('page', follow);
  }

  /** Failures that the test brings about itself; matched against the message with its address. */
  expect(...patterns: RegExp[]): void {
    this.expected.push(...patterns);
  }

  /** What was said that nothing expected. */
  unexpected(): string[] {
    return this.said.filter((line) => !this.expected.some((pattern) => pattern.test(line)));
  }

  private hear(message: ConsoleMessage): void {
    if (message.type() === 'error') {
      this.said.push(`${message.text()} ${message.location().url}`.trim());
    }
  }
}

/**
 * What the browser says of requests that could not be made or were refused. Code that was being
 * fetched ahead fails too; it is fetched again, and said, when it is to be shown.
 */
export const UNREACHABLE = /Failed to load resource: net::ERR_|Failed to fetch[^]*wasm_split/;
export const failedWith = (status: number, path = ''): RegExp =>
  new RegExp(`Failed to load resource: .* status of ${status} .*${path}`);
