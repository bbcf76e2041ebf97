import { answer, confirmed, control, toReview } from '../support/assistant';
import { expect, test } from '../support/fixtures';
import { CasePage } from '../support/pages';
import { PASSWORD, PEOPLE } from '../support/people';
import { failedWith } from '../support/watch';

test.describe('signed in', () => {
  test.use({ account: 'customer' });

  test('a case of another organisation does not exist', async ({ page, as, watch }) => {
    watch.expect(failedWith(404));
    const theirs = await (await as('stranger')).file('problem', { subject: 'Our secret project Quillwort' });
    for (const number of [theirs.number, 'CS-999999']) {
      await page.goto(`/cases/${number}`);
      await expect(page.getByRole('heading', { level: 1, name: 'Not found' })).toBeVisible();
      await expect(page).toHaveTitle(/^(\(\d+\) )?Not found/);
      await expect(page.getByText(/Quillwort/)).toHaveCount(0);
    }
    await page.goto('/cases?q=Quillwort');
    await expect(page.getByRole('heading', { name: 'No case matches' })).toBeVisible();
    await page.goto(`/cases?q=${theirs.number}`);
    await expect(page.getByRole('heading', { name: 'No case matches' })).toBeVisible();
  });

  test('addresses that lead nowhere show the not-found page with a way on', async ({ page }) => {
    for (const path of ['/nowhere', '/cases/CS-1', '/cases/new/problem/x', '/cases/%00', '/Cases']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1, name: 'Not found' })).toBeVisible();
    }
    await page.getByRole('link', { name: 'Go to our cases' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Our cases' })).toBeVisible();
  });

  test('a case type that does not exist says so', async ({ page }) => {
    await page.goto('/cases/new/no-such-type');
    await expect(page.getByRole('heading', { level: 1, name: 'Not found' })).toBeVisible();
  });
});

test('a deep link asks to sign in there, and then shows what it leads to', async ({ page, as }) => {
  const api = await as('customer');
  const { number, subject } = await api.file('problem', { subject: 'Reached from a mail' });
  await page.goto(`/cases/${number}?from=mail#top`);
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/cases/${number}`));
  await page.getByRole('textbox', { name: 'E-mail' }).fill(PEOPLE.customer.email.toUpperCase());
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('textbox', { name: 'Password' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/cases/${number}`));
});

test('a wrong password and an unknown account get the same answer', async ({ page, watch }) => {
  watch.expect(failedWith(401, '/api/v1/session'));
  await page.goto('/');
  const [email, password] = [page.getByRole('textbox', { name: 'E-mail' }), page.getByRole('textbox', { name: 'Password' })];
  const signIn = page.getByRole('button', { name: 'Sign in', exact: true });
  const said: string[] = [];
  for (const address of [PEOPLE.colleague.email, 'nobody@acme.example']) {
    await email.fill(address);
    await password.fill('not-the-password');
    await signIn.click();
    await expect(password).toHaveAccessibleDescription(/is wrong/);
    await expect(email).toHaveValue(address);
    said.push(await page.getByRole('main').innerText());
    await password.fill('');
  }
  expect(said[1]).toBe(said[0]);
  await expect(page.getByRole('navigation', { name: 'Main' })).toHaveCount(0);
});

test('what is missing or malformed is said at the field, without asking the backend', async ({ page }) => {
  let asked = 0;
  await page.route('**/api/v1/session', (route) => {
    asked += route.request().method() === 'POST' ? 1 : 0;
    return route.continue();
  });
  await page.goto('/');
  const [email, password] = [page.getByRole('textbox', { name: 'E-mail' }), page.getByRole('textbox', { name: 'Password' })];
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(email).toHaveAccessibleDescription('Enter your e-mail address.');
  await expect(password).toHaveAccessibleDescription('Enter your password.');
  await email.fill('someone at acme');
  await password.fill('p'.repeat(201));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(email).toHaveAccessibleDescription(/such as name@company\.example/);
  await expect(password).toHaveAccessibleDescription(/at most 200 characters/);
  expect(asked).toBe(0);
});

test('too many tries are told how long to wait', async ({ page, watch, backend, request }) => {
  watch.expect(failedWith(401, '/api/v1/session'), failedWith(429, '/api/v1/session'));
  const email = 'guessed@acme.example';
  for (let i = 0; i < 10; i += 1) {
    await request.post(`${backend.url}/api/v1/session`, { data: { email, password: 'guess' } });
  }
  await page.goto('/');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill('guess');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: /^Too many attempts\. Try again in \d+ seconds?\.$/ })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'E-mail' })).toHaveValue(email);
});

test('signing out ends the session, here and in the other tab', async ({ backend, browserFor, freshSession, watch }) => {
  watch.expect(failedWith(401));
  const { api, storageState } = await freshSession(PEOPLE.admin.email);
  const { number } = await api.file('problem', { subject: 'Left behind at sign-out' });
  const context = await browserFor(undefined, { storageState });
  const [page, other] = [await context.newPage(), await context.newPage()];
  await other.goto('/cases');
  await expect(other.getByRole('heading', { level: 1, name: 'Our cases' })).toBeVisible();
  await page.goto(`/cases/${number}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Left behind at sign-out' })).toBeVisible();
  await page.getByRole('button', { name: PEOPLE.admin.name }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(page.getByText('Left behind at sign-out')).toHaveCount(0);
  await expect(other.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  const answer = await api.request.get(`${backend.url}/api/v1/session`);
  expect(answer.status()).toBe(401);
  await page.goto(`/cases/${number}`);
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
});

test('another account sees nothing of the one before', async ({ browserFor, freshSession }) => {
  const { api, storageState } = await freshSession(PEOPLE.admin.email);
  const { number } = await api.file('problem', { subject: 'Acme only' });
  const page = await (await browserFor(undefined, { storageState })).newPage();
  const open = new CasePage(page);
  await open.open(number);
  await open.reply.fill('A draft of Acme');
  await page.getByRole('button', { name: PEOPLE.admin.name }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('textbox', { name: 'E-mail' }).fill(PEOPLE.stranger.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('button', { name: PEOPLE.stranger.name })).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Our cases' }).click();
  await expect(page.getByRole('table', { name: 'Cases' })).toBeVisible();
  await expect(page.getByText('Acme only')).toHaveCount(0);
  await expect(page.getByText(PEOPLE.admin.name)).toHaveCount(0);
});

test('someone else signing in where a session ended gets their own page', async ({
  browserFor, freshSession, as, watch,
}) => {
  watch.expect(failedWith(401), failedWith(404));
  const theirs = await (await as('customer')).file('problem', { subject: 'Not for Nordwerk' });
  const { api, storageState } = await freshSession(PEOPLE.admin.email);
  const page = await (await browserFor(undefined, { storageState })).newPage();
  await new CasePage(page).open(theirs.number);
  await api.signOut();
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(dialog).toBeVisible();
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill(PEOPLE.stranger.email);
  await dialog.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Not found' })).toBeVisible();
  await expect(page.getByText('Not for Nordwerk')).toHaveCount(0);
});

test.describe('a partner', () => {
  test.use({ account: 'partner' });

  test('chooses the organisation, and is offered what a partner may ask for', async ({ page, as }) => {
    const api = await as('partner');
    const change = (await api.catalogue()).types.find((type) => type.id === 'change-request')!;
    const session = await api.session();
    const nordwerk = session.memberships.find((m) => m.organisation.name.startsWith('Nordwerk'))!;
    await page.goto('/cases/new/change-request');
    const next = page.getByRole('button', { name: 'Next', exact: true });
    const choice = page.getByRole('group', { name: /organisation/i });
    await expect(choice.getByRole('radio')).toHaveCount(session.memberships.length);
    await next.click();
    await expect(choice).toHaveAccessibleDescription(/Choose/);
    await choice.getByRole('radio', { name: nordwerk.organisation.name }).check();
    await next.click();

    const what = change.steps[0]!.questions.find((question) => question.id === 'change')!;
    for (const option of what.options ?? []) {
      const radio = control(page, what).getByRole('radio', { name: option.title });
      if (option.audience === 'customers') {
        await expect(radio).toBeDisabled();
        await expect(control(page, what).getByText(/contract reasons/).first()).toBeVisible();
      } else {
        await expect(radio).toBeEnabled();
      }
    }
    const subject = 'A partner asks for a DNS record';
    await toReview(page, change, nordwerk.environments, { change: 'dns', subject });
    await expect(page.getByRole('main').getByText(nordwerk.organisation.name).first()).toBeVisible();
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    const number = await confirmed(page);
    expect((await api.case(number)).summary.organisation.id).toBe(nordwerk.organisation.id);
  });

  test('the environments are those of the organisation chosen', async ({ page, as }) => {
    const api = await as('partner');
    const problem = (await api.catalogue()).types.find((type) => type.id === 'problem')!;
    const [area, hosting, environment] = problem.steps[0]!.questions;
    for (const membership of (await api.session()).memberships) {
      await page.goto('/cases/new/problem');
      const first = page.getByRole('link', { name: 'Organisation', exact: true });
      if (await first.isVisible()) {
        await first.click();
      }
      await page.getByRole('radio', { name: membership.organisation.name }).check();
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await answer(page, area!, 'software');
      await answer(page, hosting!, 'cloud');
      const options = control(page, environment!).getByRole('option');
      await expect(options.filter({ hasNotText: 'Choose' })).toHaveText(membership.environments);
    }
  });
});

test.describe('support', () => {
  test.use({ account: 'analyst' });

  test('sees all organisations, answers from the page, and files nothing', async ({ page, as }) => {
    const { number } = await (await as('customer')).file('problem', { subject: 'Answered from the desk' });
    const open = new CasePage(page);
    await open.open(number);
    await page.getByRole('button', { name: 'Pick up' }).click();
    await open.hasStatus('diagnosis');
    await page.getByRole('radio', { name: 'Ask for information' }).check();
    await page.getByRole('textbox', { name: 'What support needs to know' }).fill('Since when?');
    await page.getByRole('button', { name: 'Ask the customer' }).click();
    await open.hasStatus('waiting_for_customer');
    await page.getByRole('radio', { name: 'Internal note' }).check();
    await page.getByRole('textbox', { name: 'Internal note' }).fill('Looks like the cache.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await expect(open.message('Looks like the cache.')).toHaveCount(1);
    expect(await (await as('customer')).messages(number)).toEqual(['Since when?']);
  });
});
