import { test as base, type BrowserContext, type BrowserContextOptions, expect } from '@playwright/test';

import { Api, type StorageState } from './api';
import { Backend } from './backend';
import { PEOPLE, type Who } from './people';
import { Watch } from './watch';

interface Options {
  /** Who is signed in in the test's pages; nobody if absent. */
  account: Who | undefined;
}

interface Fixtures {
  /** The API as one of the people; one session a worker. */
  as: (who: Who) => Promise<Api>;
  /** Fails the test for errors on any page. */
  watch: Watch;
  /** A further browser of its own, watched like the test's. */
  browserFor: (who: Who | undefined, options?: BrowserContextOptions) => Promise<BrowserContext>;
  /** A session of its own, to end as one likes; a cookie and the API behind it. */
  freshSession: (email: string, password?: string) => Promise<{ api: Api; storageState: StorageState }>;
}

interface WorkerFixtures {
  /** The worker's own backend. */
  backend: Backend;
  /** The sessions of the worker, each opened once: sign-in is throttled. */
  sessions: (who: Who) => Promise<Api>;
}

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  account: [undefined, { option: true }],

  backend: [
    async ({}, use) => {
      const backend = await Backend.start();
      await use(backend);
      await backend.discard();
      expect(backend.log, 'the backend panicked').not.toContain('panicked');
    },
    { scope: 'worker' },
  ],

  sessions: [
    async ({ backend }, use) => {
      const known = new Map<Who, Promise<Api>>();
      await use((who) => {
        const api = known.get(who) ?? Api.signIn(backend.url, PEOPLE[who].email);
        known.set(who, api);
        return api;
      });
      for (const api of known.values()) {
        await (await api).request.dispose();
      }
    },
    { scope: 'worker' },
  ],

  as: async ({ sessions }, use) => use(sessions),

  baseURL: async ({ backend }, use) => use(backend.url),

  storageState: async ({ account, sessions }, use) => {
    await use(account && (await (await sessions(account)).storageState()));
  },

  watch: [
    async ({ context, backend }, use, info) => {
      const watch = new Watch();
      await watch.over(context);
      const before = backend.log.length;
      await use(watch);
      if (info.status !== info.expectedStatus) {
        await info.attach('backend.log', { body: backend.log.slice(before), contentType: 'text/plain' });
      }
      expect(watch.unexpected(), 'errors on the page').toEqual([]);
    },
    { auto: true },
  ],

  browserFor: async ({ browser, backend, sessions, watch }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (who, options) => {
      const storageState = who && (await (await sessions(who)).storageState());
      const context = await browser.newContext({ baseURL: backend.url, storageState, ...options });
      await watch.over(context);
      opened.push(context);
      return context;
    });
    for (const context of opened) {
      await context.close();
    }
  },

  freshSession: async ({ backend }, use) => {
    const opened: Api[] = [];
    await use(async (email, password) => {
      const api = await Api.signIn(backend.url, email, password);
      opened.push(api);
      return { api, storageState: await api.storageState() };
    });
    for (const api of opened) {
      await api.request.dispose();
    }
  },
});

export { expect };
