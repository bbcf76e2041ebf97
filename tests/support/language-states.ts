import { expect, type Locator, type Page } from '@playwright/test';

import { stepHeading } from './assistant';
import { walk } from './catalogue';
import { environments, lively, SAMPLES, type State, THREAD, type Tools } from './states';
import { failedWith, UNREACHABLE } from './watch';
import type { Answer, Answers, CaseType, Question, Status } from './wire';
import {
  toAccount,
  toDeactivating,
  toForgotten,
  toInviting,
  toMakingToken,
  toNotifications,
  toNotificationSettings,
  toOverview,
  toPeople,
  toPolicy,
  toRecord,
  toSecondFactor,
  toSpentInvitation,
  toSpentLink,
} from './reach';

/*
 * The states of `states.ts`, reached by what is the same in every language: ids, roles,
 * addresses, and the words of people and of the catalogue. A browser that speaks a
 * language can go there from its first page on.
 */

/** The button that sends a form. */
const submit = (where: Page | Locator) => where.locator('form button[type=submit]');
const menuButton = (where: Locator) => where.locator('button[aria-haspopup=menu]');
const banner = (page: Page) => page.getByRole('banner');
const main = (page: Page) => page.getByRole('main');
const reply = (page: Page) => page.locator('#reply');
const send = (page: Page) => page.locator('form[data-purpose] button[type=submit]');

async function openCase({ page }: Tools, number: string, status?: Status): Promise<void> {
  await page.goto(`/cases/${number}`);
  await expect(page.locator('article[id^=entry-]').first()).toBeVisible();
  if (status) {
    await expect(page.getByTestId('status').locator(`[data-status=${status}]`)).toBeVisible();
  }
}

/** Answers a question by its id. */
async function answer(page: Page, question: Question, value: Answer): Promise<void> {
  const id = `q-${question.id}`;
  const field = page.locator(`[id="${id}"]`);
  const options = page.locator(`input[name="${id}"]`);
  const option = (chosen: Answer) => options.nth(question.options!.findIndex((one) => one.value === chosen));
  const local = async (moment: string) =>
    page.evaluate((utc) => {
      const at = new Date(utc);
      return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    }, moment);
  switch (question.kind) {
    case 'choice':
      return option(value).check();
    case 'choices':
      for (const chosen of value as string[]) {
        await option(chosen).check();
      }
      return;
    case 'yes-no':
      return options.nth(value ? 0 : 1).check();
    case 'acknowledgement':
      return options.check();
    case 'emails':
      for (const address of value as string[]) {
        await field.fill(address);
        await field.press('Enter');
      }
      return;
    case 'environment':
      await field.selectOption(String(value));
      return;
    case 'date-time':
      return field.fill(await local(String(value)));
    case 'date-time-range': {
      const { from, to } = value as { from: string; to: string };
      await page.locator(`[id="${id}-from"]`).fill(await local(from));
      return page.locator(`[id="${id}-to"]`).fill(await local(to));
    }
    default:
      return field.fill(Array.isArray(value) ? value.join('\n') : String(value));
  }
}

const caseType = async (as: Tools['as'], id: string): Promise<CaseType> =>
  (await (await as('customer')).catalogue()).types.find((known) => known.id === id)!;

/** Goes through a form to its review, and looks at every step with its errors. */
async function throughSteps(
  { page, as }: Tools,
  look: (name: string) => Promise<void>,
  id: string,
  given: Answers,
): Promise<void> {
  const steps = walk(await caseType(as, id), await environments(as), given);
  await page.goto(`/cases/new/${id}`);
  for (const [index, { step, questions, answers }] of steps.entries()) {
    await expect(stepHeading(page, step.title)).toBeVisible();
    if (index === 0) {
      await look(`assistant-${id}`);
    }
    if (questions.some((question) => question.required)) {
      await submit(main(page)).click();
      const first = questions.find((question) => question.required)!;
      await expect(main(page).getByRole('alert').locator(`a[href="#q-${first.id}"]`)).toBeVisible();
    }
    await look(`assistant-${id}-step-${index + 1}`);
    for (const question of questions) {
      const value = answers[question.id];
      if (value !== undefined) {
        await answer(page, question, value);
      }
    }
    await submit(main(page)).click();
  }
  await expect(page).toHaveURL(/step=review/);
  await expect(main(page).locator('dl dt').first()).toBeVisible();
}

/** Answers a request to sign in with a problem. */
async function refuseSignIn(page: Page, status: number, code: string, headers: Record<string, string> = {}) {
  await page.route('**/api/v1/session', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ ...problem(status, code), headers: { ...headers, 'content-type': PROBLEM } })
      : route.continue(),
  );
  await page.goto('/');
  await page.locator('#sign-in-email').fill('somebody@acme.example');
  await page.locator('#sign-in-password').fill('not-the-password');
  await submit(main(page)).click();
}

const PROBLEM = 'application/problem+json';

/** A problem whose words are the backend's, to see that the page does not show them. */
function problem(status: number, code: string): { status: number; contentType: string; body: string } {
  const body = { code, status, title: 'Said by the backend', detail: 'Said by the backend.', request_id: '4711' };
  return { status, contentType: PROBLEM, body: JSON.stringify(body) };
}

export const LANGUAGE_STATES: State[] = [
  {
    name: 'sign-in',
    account: undefined,
    async reach({ page }) {
      await page.goto('/');
      await expect(page.locator('#sign-in-email')).toBeVisible();
      await expect(page.locator('[aria-labelledby=demo-title] li').first()).toBeVisible();
    },
  },
  {
    name: 'sign-in-errors',
    account: undefined,
    async reach({ page }) {
      await page.goto('/');
      await submit(main(page)).click();
      await expect(page.locator('#sign-in-email-error')).toBeVisible();
      await expect(page.locator('#sign-in-password-error')).toBeVisible();
    },
  },
  {
    name: 'sign-in-refused',
    account: undefined,
    async reach({ page, watch }) {
      watch.expect(failedWith(401));
      await refuseSignIn(page, 401, 'wrong_credentials');
      await expect(page.locator('#sign-in-password-error')).toBeVisible();
    },
  },
  {
    name: 'sign-in-throttled',
    account: undefined,
    async reach({ page, watch }) {
      watch.expect(failedWith(429));
      await refuseSignIn(page, 429, 'too_many_requests', { 'retry-after': '40' });
      await expect(main(page).getByRole('alert')).toContainText('40');
    },
  },
  {
    name: 'home',
    account: 'customer',
    async reach({ page }) {
      await page.goto('/');
      await expect(page.locator('[aria-labelledby=recent-title] li').first()).toBeVisible();
      await expect(main(page).locator('a[href="/cases/new/emergency"]')).toBeVisible();
    },
  },
  {
    name: 'account-menu',
    account: 'partner',
    async reach({ page }) {
      await page.goto('/');
      await menuButton(banner(page)).last().click();
      await expect(page.getByRole('menuitem').first()).toBeVisible();
    },
  },
  {
    name: 'overlays',
    account: 'customer',
    async reach({ page }, look) {
      await page.goto('/');
      await expect(page.locator('[aria-labelledby=recent-title] li').first()).toBeVisible();
      await page.keyboard.press('Control+k');
      await expect(page.locator('#overlay-palette').getByRole('option').first()).toBeVisible();
      await look('palette');
      await page.keyboard.press('Escape');
      await expect(page.locator('#overlay-palette')).toBeHidden();
      await page.keyboard.press('?');
      await expect(page.locator('#overlay-keys')).toBeVisible();
      await look('keys');
      await page.keyboard.press('Escape');
      await expect(page.locator('#overlay-keys')).toBeHidden();
      await menuButton(banner(page)).last().click();
      await page.getByRole('menuitem').nth(1).click();
      await expect(page.locator('#overlay-preferences')).toBeVisible();
      await look('preferences');
    },
  },
  {
    name: 'activities',
    account: 'customer',
    async reach({ page, as }) {
      const [customer, analyst] = [await as('customer'), await as('analyst')];
      const { number } = await customer.file('problem', { subject: 'Orders stay in “new”' });
      await analyst.act(number, 'pick_up');
      await analyst.act(number, 'propose_solution', 'Restart the queue workers.');
      await page.goto('/activities');
      await expect(page.locator('#needs_me').getByRole('link', { name: 'Orders stay in “new”' }).first()).toBeVisible();
    },
  },
  {
    name: 'notifications',
    account: 'customer',
    reach: toNotifications,
  },
  { name: 'notification-settings', account: 'customer', reach: toNotificationSettings },
  { name: 'account', account: 'customer', reach: toAccount },
  { name: 'forgotten', account: undefined, reach: toForgotten },
  { name: 'spent-link', account: undefined, reach: toSpentLink },
  { name: 'spent-invitation', account: undefined, reach: toSpentInvitation },
  { name: 'people', account: 'admin', reach: toPeople },
  { name: 'inviting', account: 'admin', reach: toInviting },
  { name: 'deactivating', account: 'admin', reach: toDeactivating },
  { name: 'making-token', account: 'customer', reach: toMakingToken },
  { name: 'second-factor', account: 'colleague', reach: toSecondFactor },
  { name: 'policy', account: 'admin', reach: toPolicy },
  { name: 'record', account: 'admin', reach: toRecord },
  { name: 'overview', account: 'admin', reach: toOverview },
  {
    name: 'list-narrowed',
    account: 'customer',
    async reach({ page }) {
      await page.goto('/cases?priority=urgent&requester=me&created_from=2026-01-01&unread=no');
      await expect(page.locator('.narrow-chips').getByRole('listitem')).toHaveCount(4);
      await page.locator('.narrow-choose select').selectOption('attachments');
      await expect(page.locator('.narrow-choose select')).toHaveCount(2);
    },
  },
  {
    name: 'list',
    account: 'customer',
    async reach({ page }) {
      await page.goto('/cases');
      await expect(page.getByRole('table').getByRole('link').first()).toBeVisible();
      await expect(page.locator('#count-closed')).not.toBeEmpty();
    },
  },
  {
    name: 'list-filtered',
    account: 'partner',
    async reach({ page }) {
      await page.goto('/cases?status=diagnosis,closed&sort=subject');
      await expect(page.getByRole('table').getByRole('link').first()).toBeVisible();
      await expect(page.locator('input[aria-labelledby=filter-closed]')).toBeChecked();
    },
  },
  {
    name: 'list-empty',
    account: 'customer',
    async reach({ page }) {
      await page.goto('/cases?q=thereisnosuchword');
      await expect(main(page).getByRole('heading', { level: 2 })).toBeVisible();
      await expect(page.getByRole('table')).toHaveCount(0);
    },
  },
  {
    name: 'case',
    account: 'customer',
    async reach(tools) {
      await openCase(tools, await lively(tools.as, 'Search shows no products after the nightly import'));
      await expect(tools.page.locator('article[id^=entry-]')).toHaveCount(THREAD.length);
    },
  },
  {
    name: 'case-waiting',
    account: 'customer',
    async reach(tools) {
      const number = await lively(tools.as, 'Orders are not exported to the warehouse');
      await (await tools.as('analyst')).act(number, 'request_information', 'Which release are you on?');
      await openCase(tools, number, 'waiting_for_customer');
    },
  },
  {
    name: 'case-solution',
    account: 'customer',
    async reach(tools, look) {
      const { page } = tools;
      const number = await lively(tools.as, 'Prices are shown without tax in the cart');
      await (await tools.as('analyst')).act(number, 'propose_solution', 'Update `spryker/tax` to 5.14.1.');
      await openCase(tools, number, 'solution_proposed');
      await look('case-solution');
      // Accepting, then rejecting.
      await page.locator('.banner button').nth(1).click();
      const dialog = page.locator('dialog#act');
      await submit(dialog).click();
      await expect(page.locator('#act-text-error')).toBeVisible();
      await look('case-reject-dialog');
    },
  },
  {
    name: 'case-close-dialog',
    account: 'customer',
    async reach(tools, look) {
      const { page } = tools;
      await openCase(tools, await lively(tools.as, 'Images of new products are missing'));
      await menuButton(main(page)).first().click();
      // Behind it: a similar case, printing, and exporting.
      const close = page.getByRole('menuitem').nth(-4);
      await expect(close).toBeVisible();
      await look('case-actions');
      await close.click();
      await expect(page.locator('dialog#act')).toBeVisible();
      await look('case-close-dialog');
    },
  },
  {
    name: 'case-closed',
    account: 'customer',
    async reach(tools) {
      const number = await lively(tools.as, 'The sitemap lists pages that are gone');
      await (await tools.as('customer')).act(number, 'close', 'Solved, thank you.');
      await openCase(tools, number, 'closed');
      await menuButton(main(tools.page)).first().click();
      await expect(tools.page.getByRole('menuitem')).toHaveCount(6);
    },
  },
  {
    name: 'case-files',
    account: 'customer',
    async reach(tools, look) {
      const { page } = tools;
      await openCase(tools, await lively(tools.as, 'Pictures of the checkout'));
      await page.locator('form[data-purpose] input[type=file]').setInputFiles(SAMPLES);
      const tray = page.locator('.tray');
      await expect(tray.locator('.tray-here')).toHaveCount(SAMPLES.length - 1);
      await look('case-files-chosen');
      await tray.locator('.tray-stuck .icon-button').click();
      await reply(page).fill('As asked.');
      await send(page).click();
      await send(page).click();
      const attached = page.locator('.attached');
      await expect(attached.getByRole('listitem')).toHaveCount(SAMPLES.length - 1);
      await attached.getByRole('button').nth(2).click();
      await expect(page.locator('#viewer table')).toBeVisible();
      await look('case-file-table');
      await page.keyboard.press('PageDown');
      await expect(page.locator('.viewer-archive')).toBeVisible();
      await look('case-file-archive');
      await page.keyboard.press('Escape');
      await main(page).getByRole('tab').nth(1).click();
      await expect(page.locator('.file-table tbody tr')).toHaveCount(SAMPLES.length - 1);
    },
  },
  {
    name: 'case-error',
    account: 'customer',
    async reach(tools) {
      await openCase(tools, await lively(tools.as, 'Filters forget what was chosen'));
      await send(tools.page).click();
      await expect(tools.page.locator('#reply-error')).toBeVisible();
    },
  },
  {
    name: 'case-support',
    account: 'analyst',
    async reach(tools) {
      const { page } = tools;
      await openCase(tools, await lively(tools.as, 'The price import stops halfway'));
      await page.locator('input[name=purpose]').last().check();
      await expect(page.locator('form[data-purpose=note]')).toBeVisible();
      await expect(page.locator('article[id^=entry-]')).toHaveCount(THREAD.length);
    },
  },
  {
    name: 'type-picker',
    account: 'customer',
    async reach({ page }) {
      await page.goto('/cases/new');
      await expect(main(page).locator('a[href="/cases/new/emergency"]')).toBeVisible();
    },
  },
  {
    name: 'type-picker-partner',
    account: 'partner',
    async reach({ page }) {
      await page.goto('/cases/new');
      await expect(main(page).locator('a[href^="/cases/new/"]').first()).toBeVisible();
    },
  },
  {
    name: 'drafts',
    account: 'customer',
    async reach({ page, as, watch }, look) {
      watch.expect(failedWith(404));
      const unsent = page.locator('[aria-labelledby=unsent-title]');
      for (const number of [1, 2, 3, 4, 5, 6]) {
        await page.goto(`/cases/new/alumio?request=problem&subject=Orders+do+not+arrive,+part+${number}`);
        await expect(page.locator('#q-subject')).not.toHaveValue('');
      }
      await page.goto(`/cases/new/emergency?risk=${(await caseType(as, 'emergency')).steps[0]!.questions[0]!.options![0]!.value}`);
      await expect(page.locator('input[name=q-risk]').first()).toBeChecked();
      for (const [path, name] of [['/', 'home-drafts'], ['/cases/new', 'type-picker-drafts']] as const) {
        await page.goto(path);
        await expect(unsent.getByRole('link').first()).toBeVisible();
        await expect(main(page).locator('a[href="/cases/new/emergency"]')).toBeVisible();
        await look(name);
      }
      await unsent.getByRole('button').first().click();
      await expect(page.locator('.toast-action')).toBeVisible();
      await look('draft-discarded');
      await page.goto('/cases/new/alumio');
      await expect(main(page).locator('a[href^="/cases/new/alumio?draft="]')).toBeVisible();
      await look('assistant-continued');
      const { number } = await (await as('customer')).file('problem', { subject: 'Solved too early' });
      await page.goto(`/cases/new/problem?follows=${number}`);
      await expect(main(page).locator(`a[href="/cases/${number}"]`)).toBeVisible();
      await look('assistant-follow-up');
      await page.goto('/cases/new/problem?like=CS-999999');
      await expect(main(page).getByRole('alert')).toBeVisible();
      await look('assistant-unread');
    },
  },
  {
    name: 'assistant',
    account: 'customer',
    async reach(tools, look) {
      const { page } = tools;
      await throughSteps(tools, look, 'problem', { subject: 'Checkout fails for guests', area: 'software' });
      await look('review');
      await submit(main(page)).click();
      await expect(page.getByRole('heading', { level: 1, name: /CS-\d{6,}/ })).toBeVisible();
      await look('received');
    },
  },
  {
    name: 'intake',
    account: 'admin',
    async reach({ page, as }, look) {
      const type = await caseType(as, 'services');
      const watchers = type.steps.flatMap((step) => step.questions).find((question) => question.id === 'watchers')!;
      const [first, second] = walk(type, [], { service: 'code', subject: 'Imports of prices are slow' });
      await page.goto('/cases');
      await menuButton(banner(page)).first().press('Enter');
      await expect(page.getByRole('menuitem').first()).toBeVisible();
      await look('create-menu');
      await page.goto('/cases/new/services?subject=Imports+of+prices+are+slow,+and+the+password+is+wrong');
      await page.locator('input[name=behalf]').nth(1).check();
      await submit(main(page)).click();
      await expect(page.locator('#requester-error')).toBeVisible();
      await page.locator('#requester').fill('nobody');
      await expect(page.locator('.combobox-note').first()).toBeVisible();
      await look('assistant-behalf');
      await page.locator('#requester').fill('priya');
      await page.getByRole('option', { name: /Priya/ }).click();
      await expect(main(page).getByRole('complementary')).toBeVisible();
      await look('assistant-suggestions');
      for (const { questions, answers } of [first!, second!]) {
        for (const question of questions) {
          const value = answers[question.id];
          if (value !== undefined) {
            await answer(page, question, value);
          }
        }
        if (questions.includes(watchers)) {
          await answer(page, watchers, ['ops@elsewhere.example', 'nobody']);
          await submit(main(page)).click();
          await expect(page.locator('#q-watchers-error')).toBeVisible();
          await look('assistant-watchers');
          await page.locator('.address-chips button').last().click();
        }
        await submit(main(page)).click();
      }
      await expect(page).toHaveURL(/step=review/);
      await look('review-behalf');
      await submit(main(page)).click();
      await expect(page.getByRole('heading', { level: 1, name: /CS-\d{6,}/ })).toBeVisible();
      await look('received-behalf');
    },
  },
  {
    name: 'assistant-partner',
    account: 'partner',
    async reach({ page }, look) {
      await page.goto('/cases/new/change-request');
      const organisation = page.getByRole('radio', { name: /^Acme Retail/ });
      await expect(organisation).toBeVisible();
      await submit(main(page)).click();
      await expect(page.locator('#organisation-error')).toBeVisible();
      await look('assistant-organisation');
      await organisation.check();
      await submit(main(page)).click();
      await expect(page.locator('input[type=radio]:disabled').first()).toBeVisible();
      await look('assistant-partner');
    },
  },
  {
    name: 'assistant-emergency',
    account: 'customer',
    async reach(tools, look) {
      await throughSteps(tools, look, 'emergency', { subject: 'Nobody can pay' });
      await look('review-emergency');
    },
  },
  {
    name: 'assistant-refused',
    account: 'analyst',
    async reach({ page }) {
      await page.goto('/cases/new/problem');
      await expect(main(page).locator('a[href="/cases/new"]')).toBeVisible();
      await expect(main(page).getByRole('heading', { level: 2 })).toBeVisible();
    },
  },
  {
    name: 'question',
    account: 'customer',
    async reach({ page }) {
      await page.goto('/cases/new/question');
      await expect(page.locator('[aria-labelledby=articles-title] a').first()).toBeVisible();
      await expect(main(page).locator('[id^="q-"]').first()).toBeVisible();
    },
  },
  {
    name: 'not-found',
    account: 'customer',
    async reach({ page }) {
      await page.goto('/nowhere');
      await expect(main(page).locator('a[href="/cases"]')).toBeVisible();
      await expect(main(page).locator('a[href="/"]')).toBeVisible();
    },
  },
  {
    name: 'backend-gone',
    account: 'customer',
    async reach(tools) {
      const { page, watch } = tools;
      watch.expect(UNREACHABLE);
      await openCase(tools, await lively(tools.as, 'Vouchers are counted twice'));
      await page.route('**/api/v1/**', (route) => route.abort('connectionrefused'));
      await reply(page).fill('Sent while the server was away.');
      await send(page).click();
      await expect(page.getByRole('article').getByRole('alert')).toBeVisible();
      await expect(page.locator('body > [role=alert]:visible')).toBeVisible();
    },
  },
  {
    name: 'load-failure',
    account: 'customer',
    async reach({ page, watch }) {
      watch.expect(failedWith(500));
      await page.route(/\/api\/v1\/cases\?/, (route) => route.fulfill(problem(500, 'internal')));
      await page.goto('/cases');
      await expect(main(page).getByRole('alert').getByRole('button')).toBeVisible();
    },
  },
  {
    name: 'session-ended',
    account: 'customer',
    async reach(tools) {
      const { page, watch } = tools;
      watch.expect(failedWith(401));
      await openCase(tools, await lively(tools.as, 'A redirect loops after login'));
      await page.route('**/messages', (route) => route.fulfill(problem(401, 'sign_in_required')));
      await reply(page).fill('Sent with an ended session.');
      await send(page).click();
      await expect(page.locator('dialog#expired input[type=password]')).toBeVisible();
    },
  },
];
