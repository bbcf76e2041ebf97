import type { Page, Route } from '@playwright/test';

import { Api } from '../support/api';
import { confirmed, control, toReview } from '../support/assistant';
import { expect, test } from '../support/fixtures';
import { CasePage, offlineBanner, signInDialog } from '../support/pages';
import { PASSWORD, PEOPLE } from '../support/people';
import { failedWith, UNREACHABLE } from '../support/watch';
import type { CaseType } from '../support/wire';

test.use({ account: 'customer' });

/** A problem as the backend answers one. */
function problem(status: number, code: string, detail: string, headers: Record<string, string> = {}) {
  const body = JSON.stringify({ code, status, title: detail, detail, request_id: 'test' });
  return { status, headers: { 'content-type': 'application/problem+json', ...headers }, body };
}

/** The message stands in the thread once, on the page and on the backend, also after everything kept was sent. */
async function sentOnce(page: Page, api: Api, number: string, text: string): Promise<void> {
  const open = new CasePage(page);
  await expect(open.message(text)).toHaveCount(1);
  await expect(open.conversation.getByRole('article', { name: /^Your reply/ })).toHaveCount(0);
  await expect(open.reply).toHaveValue('');
  expect(await api.count(number, text)).toBe(1);
  await page.reload();
  await expect(open.message(text)).toHaveCount(1);
  await expect(open.reply).toHaveValue('');
  expect(await api.count(number, text)).toBe(1);
}

async function signInAgain(page: Page, email: string): Promise<void> {
  const dialog = signInDialog(page);
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: 'E-mail' })).toHaveValue(email);
  await dialog.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
}

test.describe('a session that ends', () => {
  test.use({ account: undefined });

  test('while a reply is written: the text stays, and is sent once after signing in there', async ({
    as, browserFor, freshSession, watch,
  }) => {
    watch.expect(failedWith(401));
    const [customer, { api, storageState }] = [await as('customer'), await freshSession(PEOPLE.customer.email)];
    const { number } = await customer.file('problem', { subject: 'The session ends while writing' });
    const page = await (await browserFor(undefined, { storageState })).newPage();
    const open = new CasePage(page);
    await open.open(number);
    await open.reply.fill('Half a sentence');
    await api.signOut();
    await expect(signInDialog(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await signInAgain(page, PEOPLE.customer.email);
    await expect(page).toHaveURL(new RegExp(`/cases/${number}$`));
    await expect(open.reply).toHaveValue('Half a sentence');
    // One goes on writing where one was, without touching anything.
    await expect(open.reply).toBeFocused();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(', and the rest.');
    await open.send.click();
    await sentOnce(page, customer, number, 'Half a sentence, and the rest.');
  });

  test('while a reply is on its way: signing in there sends it, once', async ({ as, browserFor, freshSession, watch }) => {
    watch.expect(failedWith(401));
    const [customer, { api, storageState }] = [await as('customer'), await freshSession(PEOPLE.customer.email)];
    const { number } = await customer.file('problem', { subject: 'The session ends while sending' });
    const page = await (await browserFor(undefined, { storageState })).newPage();
    const open = new CasePage(page);
    await open.open(number);
    await page.route('**/messages', async (route) => {
      await api.signOut();
      await route.continue();
    }, { times: 1 });
    await open.reply.fill('Sent just as the session ended.');
    await open.send.click();
    await expect(signInDialog(page)).toBeVisible();
    expect(await customer.count(number, 'Sent just as the session ended.')).toBe(0);
    await signInAgain(page, PEOPLE.customer.email);
    await sentOnce(page, customer, number, 'Sent just as the session ended.');
  });

  test('while a case is filed: signing in there files it, once', async ({ as, browserFor, freshSession, watch }) => {
    watch.expect(failedWith(401));
    const [customer, { api, storageState }] = [await as('customer'), await freshSession(PEOPLE.customer.email)];
    const type = (await customer.catalogue()).types.find((known) => known.id === 'problem')!;
    const page = await (await browserFor(undefined, { storageState })).newPage();
    await page.goto('/cases/new/problem');
    const subject = 'The session ends at Submit';
    await toReview(page, type, (await customer.session()).memberships[0]!.environments, { subject });
    await page.route(/\/api\/v1\/cases$/, async (route) => {
      await api.signOut();
      await route.continue();
    }, { times: 1 });
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await signInAgain(page, PEOPLE.customer.email);
    const number = await confirmed(page);
    expect((await customer.search(subject)).map((known) => known.number)).toEqual([number]);
  });

  test('a reload in between keeps the text, too', async ({ as, browserFor, freshSession, watch }) => {
    watch.expect(failedWith(401));
    const [customer, { api, storageState }] = [await as('customer'), await freshSession(PEOPLE.customer.email)];
    const { number } = await customer.file('problem', { subject: 'The session ends, then a reload' });
    const page = await (await browserFor(undefined, { storageState })).newPage();
    const open = new CasePage(page);
    await open.open(number);
    await open.reply.fill('Written before the session ended');
    await api.signOut();
    await expect(signInDialog(page)).toBeVisible();
    await page.reload();
    await page.getByRole('button', { name: `Sign in as ${PEOPLE.customer.name}` }).click();
    await expect(open.reply).toHaveValue('Written before the session ended');
  });
});

test.describe('a backend that is gone', () => {
  test('is said; what is sent waits, and arrives once after the restart', async ({ page, as, backend, watch }) => {
    watch.expect(UNREACHABLE);
    const api = await as('customer');
    const { number } = await api.file('problem', { subject: 'The backend dies' });
    const open = new CasePage(page);
    await open.open(number);
    await backend.kill();
    try {
      await open.reply.fill('Written while nobody listens.');
      await open.send.click();
      await expect(offlineBanner(page)).toBeVisible();
      const waiting = open.conversation.getByRole('article', { name: 'Your reply' });
      await expect(waiting.getByText('Written while nobody listens.')).toBeVisible();
      await expect(waiting.getByText(/when you.re back online/)).toBeVisible();
      await open.reply.fill('A second thought, not yet sent');
      // What is known stays readable meanwhile.
      await expect(page.getByRole('heading', { level: 1, name: 'The backend dies' })).toBeVisible();
    } finally {
      await backend.run();
    }
    await expect(offlineBanner(page)).toBeHidden({ timeout: 20_000 });
    await expect(open.message('Written while nobody listens.')).toHaveCount(1);
    await expect(open.reply).toHaveValue('A second thought, not yet sent');
    await open.reply.fill('');
    await sentOnce(page, api, number, 'Written while nobody listens.');
  });

  test('is tried again, each time after a longer pause, and at once when asked', async ({ page, as, backend, watch }) => {
    watch.expect(UNREACHABLE);
    const { number } = await (await as('customer')).file('problem', { subject: 'Trying again' });
    await new CasePage(page).open(number);
    const tries: number[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/api/v1/session')) {
        tries.push(Date.now());
      }
    });
    await backend.kill();
    try {
      await expect(offlineBanner(page)).toBeVisible();
      await expect.poll(() => tries.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(4);
      const pauses = tries.slice(1, 4).map((at, index) => at - tries[index]!);
      expect(pauses.at(-1)).toBeGreaterThan(1.3 * pauses[0]!);
      const before = tries.length;
      await offlineBanner(page).getByRole('button', { name: 'Retry now' }).click();
      await expect.poll(() => tries.length, { timeout: 1000 }).toBeGreaterThan(before);
    } finally {
      await backend.run();
    }
    await offlineBanner(page).getByRole('button', { name: 'Retry now' }).click();
    await expect(offlineBanner(page)).toBeHidden();
  });

  test('at the start says so, and the page comes when it is back', async ({ page, as, backend, watch }) => {
    watch.expect(UNREACHABLE, failedWith(503));
    const { subject, number } = await (await as('customer')).file('problem', { subject: 'Opened too early' });
    // The page itself is there, as from a proxy in front; only the API is not.
    await page.route('**/api/v1/**', (route) => route.abort('connectionrefused'));
    await page.goto(`/cases/${number}`);
    await expect(offlineBanner(page)).toBeVisible();
    await page.unroute('**/api/v1/**');
    await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible({ timeout: 20_000 });
    await expect(offlineBanner(page)).toBeHidden();
    expect(backend.url).toBeTruthy();
  });

  test('live updates go on after a restart, nothing missed', async ({ page, as, backend, watch }) => {
    watch.expect(UNREACHABLE);
    const analyst = await as('analyst');
    const { number } = await (await as('customer')).file('problem', { subject: 'Live again' });
    const open = new CasePage(page);
    await open.open(number);
    await backend.kill();
    await backend.run();
    // Happens before the page has its stream back.
    await analyst.reply(number, 'Said right after the restart.');
    await expect(open.message('Said right after the restart.')).toHaveCount(1, { timeout: 20_000 });
    await analyst.act(number, 'pick_up');
    await open.hasStatus('diagnosis', 5000);
  });
});

test('offline: what is sent waits, and goes by itself when the network is back', async ({ page, context, as, watch }) => {
  watch.expect(UNREACHABLE);
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'In a tunnel' });
  const open = new CasePage(page);
  await open.open(number);
  await context.setOffline(true);
  await open.reply.fill('Sent from a tunnel.');
  await open.send.click();
  await expect(offlineBanner(page)).toBeVisible();
  await context.setOffline(false);
  await expect(offlineBanner(page)).toBeHidden();
  await sentOnce(page, api, number, 'Sent from a tunnel.');
});

test('a reply whose answer is lost is sent once all the same', async ({ page, as, watch }) => {
  watch.expect(UNREACHABLE);
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'The answer gets lost' });
  const open = new CasePage(page);
  await open.open(number);
  await page.route('**/messages', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  }, { times: 1 });
  await open.reply.fill('Twice on the wire, once in the thread.');
  await open.send.click();
  await sentOnce(page, api, number, 'Twice on the wire, once in the thread.');
});

for (const [name, answer] of [
  ['an error of the backend', problem(500, 'internal', 'Something went wrong here.')],
  ['a busy backend', problem(503, 'unavailable', 'Try again in a moment.', { 'retry-after': '1' })],
  ['a proxy without a backend', { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad Gateway</h1>' }],
] as const) {
  test(`a reply that meets ${name} is tried again, and sent once`, async ({ page, as, watch }) => {
    watch.expect(failedWith(answer.status));
    const api = await as('customer');
    const { number } = await api.file('problem', { subject: `A reply meets ${name}` });
    const open = new CasePage(page);
    await open.open(number);
    await page.route('**/messages', (route) => route.fulfill(answer), { times: 2 });
    await open.reply.fill('Third time lucky.');
    await open.send.click();
    await expect(open.conversation.getByRole('article', { name: 'Your reply' })).toBeVisible();
    await sentOnce(page, api, number, 'Third time lucky.');
  });
}

test('a page whose data cannot be loaded says so and tries again when asked', async ({ page, as, watch }) => {
  watch.expect(failedWith(500));
  const { number, subject } = await (await as('customer')).file('problem', { subject: 'Loading fails' });
  const fail = (route: Route) => route.fulfill(problem(500, 'internal', 'Something went wrong here.'));
  // Without live events the pages ask again only when told to.
  await page.route('**/api/v1/events*', () => new Promise(() => {}));
  for (const [path, pattern, heading] of [
    [`/cases/${number}`, /\/api\/v1\/cases\/CS-\d+$/, subject],
    ['/cases', /\/api\/v1\/cases\?/, 'Our cases'],
    ['/cases/new/problem', /\/api\/v1\/catalogue$/, 'Report a problem or incident'],
  ] as const) {
    await page.route(pattern, fail);
    await page.goto(path);
    const alert = page.getByRole('alert').filter({ hasText: 'tell support this id: test' });
    await expect(alert.first()).toBeVisible();
    await page.unroute(pattern, fail);
    await alert.first().getByRole('button', { name: 'Try again' }).click();
    await expect(alert).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  }
});

test.describe('filing', () => {
  async function atReview(page: Page, api: Api, subject: string): Promise<CaseType> {
    const type = (await api.catalogue()).types.find((known) => known.id === 'problem')!;
    await page.goto('/cases/new/problem');
    await toReview(page, type, (await api.session()).memberships[0]!.environments, { subject });
    return type;
  }

  test('whose answer is lost files one case', async ({ page, as, watch }) => {
    watch.expect(UNREACHABLE);
    const api = await as('customer');
    const subject = 'Filed with a lost answer';
    await atReview(page, api, subject);
    await page.route(/\/api\/v1\/cases$/, async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    }, { times: 1 });
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    const number = await confirmed(page);
    expect((await api.search(subject)).map((known) => known.number)).toEqual([number]);
  });

  test('again after a reload in the middle files one case', async ({ page, as, watch }) => {
    watch.expect(UNREACHABLE);
    const api = await as('customer');
    const subject = 'Filed around a reload';
    await atReview(page, api, subject);
    // The backend has filed it, but the page is gone before it hears so.
    let arrived: () => void;
    const filed = new Promise<void>((resolve) => (arrived = resolve));
    await page.route(/\/api\/v1\/cases$/, async (route) => {
      await route.fetch();
      arrived();
    }, { times: 1 });
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await filed;
    await page.reload();
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    const number = await confirmed(page);
    expect((await api.search(subject)).map((known) => known.number)).toEqual([number]);
  });

  test('with the backend gone waits, and files one case after the restart', async ({ page, as, backend, watch }) => {
    watch.expect(UNREACHABLE);
    const api = await as('customer');
    const subject = 'Filed into the void';
    await atReview(page, api, subject);
    await backend.kill();
    try {
      await page.getByRole('button', { name: 'Submit', exact: true }).click();
      await expect(offlineBanner(page)).toBeVisible();
      await expect(page.getByText(/when you.re back online/)).toBeVisible();
    } finally {
      await backend.run();
    }
    const number = await confirmed(page);
    expect((await api.search(subject)).map((known) => known.number)).toEqual([number]);
  });

  test('what only the backend refuses is said at its field', async ({ page, as, watch }) => {
    watch.expect(failedWith(422));
    const type = await atReview(page, await as('customer'), 'Refused by the backend');
    await page.route(/\/api\/v1\/cases$/, (route) => {
      const answer = problem(422, 'invalid_fields', 'Some fields need attention.');
      const errors = [{ pointer: '/answers/expected', code: 'malformed', message: 'Say it in other words.' }];
      return route.fulfill({ ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), errors }) });
    }, { times: 1 });
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    const question = type.steps.flatMap((step) => step.questions).find((asked) => asked.id === 'expected')!;
    await expect(control(page, question)).toHaveAccessibleDescription(/Say it in other words\./);
  });
});

test('a reload with an unsent reply keeps the draft', async ({ page, as }) => {
  const { number } = await (await as('customer')).file('problem', { subject: 'An unsent reply' });
  const open = new CasePage(page);
  await open.open(number);
  await open.reply.fill('Not quite finished: שלום 👩🏽‍💻');
  await page.reload();
  await expect(open.reply).toHaveValue('Not quite finished: שלום 👩🏽‍💻');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Our cases' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Our cases' })).toBeVisible();
  await page.goBack();
  await expect(open.reply).toHaveValue('Not quite finished: שלום 👩🏽‍💻');
  await open.reply.fill('');
  await page.reload();
  await expect(open.conversation).toBeVisible();
  await expect(open.reply).toHaveValue('');
});

test('an empty and a too long message get their error at the field, and the text stays', async ({ page, as }) => {
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'Too long' });
  const open = new CasePage(page);
  await open.open(number);
  await open.send.click();
  await open.replyFails(/Write something first/);
  const long = 'x'.repeat(50_007);
  await open.reply.fill(long);
  await open.send.click();
  await open.replyFails(/Shorten the text by 7 characters/);
  await expect(open.reply).toHaveValue(long);
  await open.reply.fill(long.slice(0, 50_000));
  await open.send.click();
  await expect(open.messages()).toHaveCount(1);
  expect(await api.messages(number)).toEqual([long.slice(0, 50_000)]);
});

test('two clicks on Send make one message', async ({ page, as }) => {
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'An eager click' });
  const open = new CasePage(page);
  await open.open(number);
  await open.reply.fill('Once, please.');
  await open.send.dblclick();
  await expect(open.message('Once, please.')).toHaveCount(1);
  await page.reload();
  await expect(open.message('Once, please.')).toHaveCount(1);
  expect(await api.count(number, 'Once, please.')).toBe(1);
});

test('what was answered before the power cut is there after it', async ({ as, backend }) => {
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'Written to disk' });
  await api.reply(number, 'And this, too.');
  await backend.kill();
  await backend.run();
  expect((await api.case(number)).summary.subject).toBe('Written to disk');
  expect(await api.messages(number)).toEqual(['And this, too.']);
});

test('a program that cannot be loaded leaves a way on', async ({ page, watch }) => {
  watch.expect(UNREACHABLE, /Casement could not start/);
  await page.route('**/*.wasm', (route) => route.abort('failed'));
  await page.goto('/');
  const panel = page.getByRole('alert').filter({ hasText: 'Reload' });
  await expect(panel).toBeVisible();
  await page.unroute('**/*.wasm');
  await panel.getByRole('link', { name: 'Reload' }).or(panel.getByRole('button', { name: 'Reload' })).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Hello/ })).toBeVisible();
});

test('a failed start is told in the browser’s language', async ({ browserFor, watch }) => {
  watch.expect(UNREACHABLE, /Casement could not start/);
  const page = await (await browserFor('customer', { locale: 'de-DE' })).newPage();
  await page.route('**/*.wasm', (route) => route.abort('failed'));
  await page.goto('/');
  const panel = page.getByRole('alert').filter({ hasText: 'Etwas ist schiefgegangen' });
  await expect(panel.getByRole('button', { name: 'Neu laden' })).toBeVisible();
  await expect(panel.getByText('Something broke')).toHaveCount(0);
});
