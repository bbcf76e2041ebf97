import type { Locator, Page } from '@playwright/test';

import type { Api } from '../support/api';
import { answer, confirmed, control, stepHeading, toReview } from '../support/assistant';
import { expect, test } from '../support/fixtures';
import { PEOPLE } from '../support/people';
import type { CaseType, Question } from '../support/wire';
import { failedWith, UNREACHABLE } from '../support/watch';

test.use({ account: 'customer' });

const ALUMIO = 'Request help with Alumio';
const PROBLEM = 'Report a problem or incident';
const ADDRESS = /\/cases\/new\/[a-z-]+\?draft=[0-9a-z]+/;

/** The list of drafts, on Home and where one chooses a type. */
const unsent = (page: Page) => page.getByRole('region', { name: 'Continue where you left off' });
const subject = (page: Page) => page.getByRole('textbox', { name: 'Subject', exact: true });
const began = (page: Page) => page.getByText(/You began this/);
const discard = (page: Page, name: string) => unsent(page).getByRole('button', { name: `Discard ${name}`, exact: true });

async function typeOf(api: Api, id: string): Promise<CaseType> {
  return (await api.catalogue()).types.find((known) => known.id === id)!;
}

function question(type: CaseType, id: string): Question {
  return type.steps.flatMap((step) => step.questions).find((asked) => asked.id === id)!;
}

/** Opens a type's form by an address, and answers the draft's own. */
async function open(page: Page, address: string, title = ALUMIO): Promise<string> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await expect(page).toHaveURL(ADDRESS);
  return page.url();
}

/** Begins drafts by addresses that fill them in. */
async function begin(page: Page, subjects: string[]): Promise<string[]> {
  const urls: string[] = [];
  for (const typed of subjects) {
    urls.push(await open(page, `/cases/new/alumio?subject=${encodeURIComponent(typed)}`));
    await expect(subject(page)).toHaveValue(typed);
  }
  return urls;
}

async function subjects(list: Locator): Promise<string[]> {
  return list.getByRole('link').allInnerTexts();
}

test('several drafts stand side by side, and each is continued where it was left', async ({ page, as }) => {
  const emergency = await typeOf(await as('customer'), 'emergency');
  await test.step('one is begun, and found again without being named', async () => {
    const url = await open(page, '/cases/new/alumio');
    await expect(began(page)).toBeHidden();
    await subject(page).fill('Orders do not arrive');
    await page.goto('/cases/new');
    await page.getByRole('main').getByRole('link', { name: ALUMIO }).click();
    await expect(subject(page)).toHaveValue('Orders do not arrive');
    await expect(page).toHaveURL(url);
    await expect(began(page)).toHaveText(/You began this just now/);
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1, name: 'Create a case' })).toBeVisible();
    await page.goForward();
    await expect(subject(page)).toHaveValue('Orders do not arrive');
  });

  await test.step('another is begun beside it; Back and Forward lead from one to the other', async () => {
    await page.goto('/cases/new/alumio');
    await page.getByRole('link', { name: 'Start anew' }).click();
    await expect(page.getByRole('main')).toBeFocused();
    await expect(began(page)).toBeHidden();
    await expect(subject(page)).toHaveValue('');
    await subject(page).fill('Stock is wrong');
    const second = page.url();
    await page.goBack();
    await expect(subject(page)).toHaveValue('Orders do not arrive');
    expect(page.url()).not.toBe(second);
    await page.goForward();
    await expect(subject(page)).toHaveValue('Stock is wrong');
    await expect(page).toHaveURL(second);
    await page.reload();
    await expect(subject(page)).toHaveValue('Stock is wrong');
    await expect(began(page)).toBeHidden();
  });

  await test.step('and one of another type, without a subject yet', async () => {
    await open(page, '/cases/new/emergency', emergency.title);
    await answer(page, question(emergency, 'risk'), question(emergency, 'risk').options![0]!.value);
    for (const address of ['/', '/cases/new']) {
      await page.goto(address);
      await expect(unsent(page).getByRole('listitem')).toHaveCount(3);
      expect(await subjects(unsent(page))).toEqual(['No subject yet', 'Stock is wrong', 'Orders do not arrive']);
      await expect(unsent(page).getByRole('listitem').first().getByText(emergency.title).first()).toBeVisible();
      await expect(unsent(page).getByRole('time').first()).toHaveText('just now');
      await expect(discard(page, emergency.title)).toBeVisible();
    }
  });

  await test.step('the list leads to each', async () => {
    await unsent(page).getByRole('link', { name: 'Orders do not arrive' }).click();
    await expect(subject(page)).toHaveValue('Orders do not arrive');
    await expect(began(page)).toBeHidden();
    await subject(page).fill('Orders do not arrive at all');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }).click();
    await expect(unsent(page).getByRole('link').first()).toHaveText('Orders do not arrive at all');
  });
});

test('a draft that is discarded is gone at once, and comes back when that is undone', async ({ page }) => {
  const [first] = await begin(page, ['Kept for later', 'Not needed']);
  await page.goto('/');
  await discard(page, 'Kept for later').click();
  expect(await subjects(unsent(page))).toEqual(['Not needed']);
  await expect(unsent(page).getByRole('heading')).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Draft discarded' })).toHaveCount(1);
  await page.getByRole('region', { name: 'Draft discarded' }).getByRole('button', { name: 'Undo' }).click();
  await expect(unsent(page).getByRole('link')).toHaveText(['Not needed', 'Kept for later']);
  await page.reload();
  await expect(unsent(page).getByRole('link')).toHaveText(['Not needed', 'Kept for later']);

  await discard(page, 'Not needed').click();
  await discard(page, 'Kept for later').click();
  await expect(unsent(page)).toBeHidden();
  await expect(page.getByRole('main')).toBeFocused();
  // The offer stands as long as it is shown, wherever one is by then.
  await page.getByRole('banner').getByRole('link', { name: 'Create a case' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Create a case' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.reload();
  await expect(unsent(page).getByRole('link')).toHaveText(['Kept for later']);
  await discard(page, 'Kept for later').click();
  await page.reload();
  await expect(page.getByRole('main').getByRole('link', { name: ALUMIO })).toBeVisible();
  await expect(unsent(page)).toBeHidden();
  await page.goto(first!);
  await expect(subject(page)).toHaveValue('');
});

test('of more than five drafts five are shown, and the others when asked for', async ({ page }) => {
  const all = [1, 2, 3, 4, 5, 6, 7].map((number) => `Draft number ${number}`);
  await begin(page, all);
  await page.goto('/cases/new');
  await expect(unsent(page).getByRole('link')).toHaveText(all.toReversed().slice(0, 5));
  await unsent(page).getByRole('button', { name: 'Show all (7)' }).click();
  await expect(unsent(page).getByRole('link')).toHaveText(all.toReversed());
  await expect(unsent(page).getByRole('button', { name: /^Show all/ })).toBeHidden();
  await expect(unsent(page).getByRole('heading')).toBeFocused();
});

test('a case that is filed is no draft any more', async ({ page, as }) => {
  const api = await as('customer');
  const type = await typeOf(api, 'problem');
  const [other] = await begin(page, ['Another one']);
  await open(page, '/cases/new/problem', PROBLEM);
  await toReview(page, type, (await api.session()).memberships[0]!.environments, { subject: 'Filed for good' });
  const review = page.url();
  await page.goto('/');
  await expect(unsent(page).getByRole('link')).toHaveText(['Filed for good', 'Another one']);
  await page.goto(review);
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await confirmed(page);
  await page.getByRole('link', { name: 'Open the case' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Filed for good' })).toBeVisible();
  // Its address leads to an empty form, and to its first step.
  await page.goBack();
  await expect(stepHeading(page, type.steps[0]!.title)).toBeVisible();
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await page.goto(review);
  await expect(stepHeading(page, type.steps[0]!.title)).toBeVisible();
  await page.goto('/');
  await expect(unsent(page).getByRole('link')).toHaveText(['Another one']);
  await page.goto(other!);
  await expect(subject(page)).toHaveValue('Another one');
});

test('somebody else in the same browser sees none of them', async ({ page, context, as }) => {
  const [url] = await begin(page, ['Nobody else’s business']);
  const session = (await context.cookies())[0]!;
  // No page of the one asks for anything as the other.
  await page.goto('about:blank');
  await context.clearCookies();
  await context.addCookies((await (await as('admin')).storageState()).cookies);
  for (const address of ['/', '/cases/new']) {
    await page.goto(address);
    await expect(page.getByRole('button', { name: PEOPLE.admin.name })).toBeVisible();
    await expect(page.getByRole('main').getByRole('link', { name: ALUMIO })).toBeVisible();
    await expect(unsent(page)).toBeHidden();
  }
  for (const address of [url!, '/cases/new/alumio']) {
    await open(page, address);
    await expect(subject(page)).toHaveValue('');
    await expect(began(page)).toBeHidden();
  }
  await page.goto('about:blank');
  await context.clearCookies();
  await context.addCookies([session]);
  await page.goto('/');
  await expect(unsent(page).getByRole('link')).toHaveText(['Nobody else’s business']);
});

test('a draft of the time when there was one a type is found', async ({ page, as }) => {
  const { person } = await (await as('customer')).session();
  await page.goto('/');
  await expect(page.getByRole('main').getByRole('link', { name: ALUMIO })).toBeVisible();
  await page.evaluate(
    ({ key, text }) =>
      new Promise<void>((done, failed) => {
        const opening = indexedDB.open('casement', 1);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('kept', 'readwrite');
          transaction.objectStore('kept').put(text, key);
          transaction.oncomplete = () => done();
          transaction.onerror = () => failed(transaction.error);
        };
        opening.onerror = () => failed(opening.error);
      }),
    {
      key: `draft/${person.id}/new/alumio`,
      text: JSON.stringify({ organisation: null, answers: { subject: 'Kept long ago' }, read: [], attempt: null }),
    },
  );
  await page.goto('/cases/new/alumio');
  await expect(subject(page)).toHaveValue('Kept long ago');
  await page.goto('/');
  await expect(unsent(page).getByRole('link')).toHaveText(['Kept long ago']);
});

test('an address fills a new draft in, and leaves out what is no answer', async ({ page, as }) => {
  const type = await typeOf(await as('customer'), 'alumio');
  const [older] = await begin(page, ['An older one']);
  const address = new URLSearchParams({
    request: 'problem',
    environment: 'Production',
    subject: '50% of the orders & more, “really”?',
    impact: 'p2',
    since: 'yesterday',
    route: 'Orders → ERP',
    colour: 'red',
    attendees: 'a@acme.example,b@acme.example',
  });
  const url = await open(page, `/cases/new/alumio?${address}`);
  expect(url).not.toBe(older);
  expect(url).toMatch(/\/cases\/new\/alumio\?draft=[0-9a-f]{8}$/);
  await expect(began(page)).toBeHidden();
  await expect(subject(page)).toHaveValue('50% of the orders & more, “really”?');
  await expect(page.getByRole('radio', { name: /^Solve a problem/ })).toBeChecked();
  await expect(control(page, question(type, 'environment'))).toHaveValue('Production');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(control(page, question(type, 'route'))).toHaveValue('Orders → ERP');
  await expect(control(page, question(type, 'since'))).toHaveValue('');
  await expect(page.getByRole('radio', { name: /^P2/ })).toBeChecked();
  await page.reload();
  await expect(control(page, question(type, 'route'))).toHaveValue('Orders → ERP');

  await page.goto('/cases/new/alumio?request=nonsense&environment=Moon&colour=red');
  await expect(subject(page)).toHaveValue('');
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await page.goto('/');
  await expect(unsent(page).getByRole('listitem')).toHaveCount(2);
});

test('a case is the beginning of another like it, and of one that follows it up', async ({ page, as }) => {
  const api = await as('customer');
  const type = await typeOf(api, 'problem');
  const filed = { subject: 'Prices differ', area: 'software', hosting: 'cloud', description: 'At length, and what came of it.' };
  const { number } = await api.file('problem', filed);
  const action = async (name: string) => {
    await page.goto(`/cases/${number}`);
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name }).click();
    await expect(page).toHaveURL(ADDRESS);
    await expect(stepHeading(page, type.steps[0]!.title)).toBeVisible();
  };
  const next = page.getByRole('button', { name: 'Next', exact: true });
  const origin = page.getByRole('main').getByText(`Follow-up to ${number}`);

  await action('File a similar case');
  await expect(page.getByRole('radio', { name: /^The shop software/ })).toBeChecked();
  await expect(origin).toBeHidden();
  await next.click();
  await expect(subject(page)).toHaveValue('Prices differ');
  await expect(control(page, question(type, 'description'))).toHaveValue(filed.description);
  await next.click();
  await expect(control(page, question(type, 'first-seen'))).toHaveValue('');

  await page.goto(`/cases/${number}`);
  await page.getByRole('button', { name: 'Actions' }).click();
  await expect(page.getByRole('menuitem', { name: 'File a similar case' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'File a follow-up' })).toBeHidden();
  await api.act(number, 'close', 'Solved.');
  await action('File a follow-up');
  await expect(origin).toBeVisible();
  await next.click();
  await expect(subject(page)).toHaveValue('Prices differ');
  await expect(control(page, question(type, 'description'))).toHaveValue('');
  await page.reload();
  await expect(origin.getByRole('link', { name: number })).toHaveAttribute('href', `/cases/${number}`);
  await page.getByRole('link', { name: type.steps[0]!.title }).click();
  await toReview(page, type, (await api.session()).memberships[0]!.environments, { ...filed, subject: 'Prices differ again' });
  await expect(origin).toBeVisible();
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await confirmed(page);
});

test('a case that cannot be read leaves a way to file one without it', async ({ page, as, watch }) => {
  watch.expect(failedWith(404), UNREACHABLE);
  const { number } = await (await as('customer')).file('alumio', { subject: 'Read at the second try' });
  for (const [address, said] of [
    ['/cases/new/alumio?like=CS-999999', 'CS-999999'],
    ['/cases/new/alumio?follows=nonsense', 'nonsense'],
  ] as const) {
    await page.goto(address);
    const alert = page.getByRole('alert').filter({ hasText: said });
    await expect(alert).toBeVisible();
    await expect(alert.getByRole('button')).toHaveCount(0);
    await alert.getByRole('link', { name: 'Start anew' }).click();
    await expect(subject(page)).toHaveValue('');
  }

  const path = `**/api/v1/cases/${number}`;
  await page.route(path, (route) => route.abort('connectionrefused'));
  await page.goto(`/cases/new/alumio?like=${number}`);
  const alert = page.getByRole('alert').filter({ hasText: number });
  await expect(alert).toBeVisible();
  await page.unroute(path);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(subject(page)).toHaveValue('Read at the second try');
});

test('a case of a type that is offered no more is the beginning of nothing', async ({ page, as }) => {
  const { number } = await (await as('customer')).file('alumio', { subject: 'Of a type long gone' });
  await page.goto(`/cases/new/gone?like=${number}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Not found' })).toBeVisible();
});
