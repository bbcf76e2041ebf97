import { expect, type Page } from '@playwright/test';

import type { Api } from './api';
import { answer, confirmed, stepHeading, toReview } from './assistant';
import { walk } from './catalogue';
import { png, tar, text } from './files';
import { ActivitiesPage, CasePage, ListPage, offlineBanner, signInDialog } from './pages';
import type { Who } from './people';
import { failedWith, UNREACHABLE, type Watch } from './watch';
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

/** What reaching a state may need. */
export interface Tools {
  page: Page;
  as: (who: Who) => Promise<Api>;
  watch: Watch;
}

/** A page in one of its states. */
export interface State {
  name: string;
  account: Who | undefined;
  /** Goes there. Calls `look` for each state on the way that counts, if there are several. */
  reach: (tools: Tools, look: (name: string) => Promise<void>) => Promise<void>;
}

export const THREAD = [
  'Thanks for the report. Could you check the **queue workers**?',
  '1. Open the dashboard\n2. Look for `event.search`\n\n```sh\nvendor/bin/console queue:worker:start --stop-when-empty\n```',
  '> Could you check?\n\nThey are running. See [the log](https://logs.example/42).\n\n| worker | state |\n| --- | --- |\n| event | ~~stuck~~ running |',
];

/** Files of which all but the last are taken as they are. */
export const SAMPLES = [
  png('checkout.png'),
  text('worker.txt', 'first line\nsecond line\n'),
  text('orders.csv', 'order;customer;total\n1001;Ada;12,50\n1002;Grace;8,00\n'),
  tar('configuration.tar', { 'config/deploy.yml': 'version: 1\n', 'config/queues.yml': 'queues: []\n' }),
  text('deploy.yml', 'version: 1\n'),
];

/** A case with a thread that has everything in it. */
export async function lively(as: Tools['as'], subject: string): Promise<string> {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject, 'internal-reference': 'SHOP-4711' });
  await analyst.act(number, 'pick_up');
  for (const [index, text] of THREAD.entries()) {
    await (index === 2 ? customer : analyst).reply(number, text);
  }
  return number;
}

async function openCase(tools: Tools, number: string): Promise<CasePage> {
  const open = new CasePage(tools.page);
  await open.open(number);
  return open;
}

const problem = async (as: Tools['as']) =>
  (await (await as('customer')).catalogue()).types.find((type) => type.id === 'problem')!;
export const environments = async (as: Tools['as']) => (await (await as('customer')).session()).memberships[0]!.environments;

export const STATES: State[] = [
  {
    name: 'sign-in',
    account: undefined,
    async reach({ page }) {
      await page.goto('/');
      await expect(page.getByRole('button', { name: /^Sign in as/ }).first()).toBeVisible();
    },
  },
  {
    name: 'sign-in-errors',
    account: undefined,
    async reach({ page }) {
      await page.goto('/');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByText('Enter your password.')).toBeVisible();
      await expect(page.getByRole('button', { name: /^Sign in as/ }).first()).toBeVisible();
    },
  },
  {
    name: 'home',
    account: 'customer',
    async reach({ page }) {
      await page.goto('/');
      await expect(page.getByRole('region', { name: 'Recent cases' }).getByRole('listitem').first()).toBeVisible();
      await expect(page.getByRole('main').getByRole('link', { name: 'Emergency' })).toBeVisible();
    },
  },
  {
    name: 'account-menu',
    account: 'customer',
    async reach({ page }) {
      await page.goto('/');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.getByRole('button', { name: 'Jana Vogel' }).click();
      await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
    },
  },
  {
    name: 'activities',
    account: 'customer',
    async reach({ page, as }) {
      const [customer, analyst] = [await as('customer'), await as('analyst')];
      const { number } = await customer.file('problem', { subject: 'Orders stay in “new” since this morning' });
      await analyst.act(number, 'pick_up');
      await analyst.act(number, 'propose_solution', 'Restart the queue workers.');
      const activities = new ActivitiesPage(page);
      await activities.open();
      await expect(activities.row('needs_me', 'Orders stay in “new” since this morning')).toBeVisible();
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
      const list = new ListPage(page);
      await list.open('?priority=urgent&priority=high&requester=me');
      await expect(page.getByRole('button', { name: 'Remove filter Requester: Me' })).toBeVisible();
    },
  },
  {
    name: 'list',
    account: 'customer',
    async reach({ page }) {
      const list = new ListPage(page);
      await list.open();
      await expect(list.subjects().first()).toBeVisible();
    },
  },
  {
    name: 'list-filtered',
    account: 'partner',
    async reach({ page }) {
      const list = new ListPage(page);
      await list.open('?status=diagnosis,closed&sort=subject');
      await expect(list.subjects().first()).toBeVisible();
    },
  },
  {
    name: 'list-empty',
    account: 'customer',
    async reach({ page }) {
      await new ListPage(page).open('?q=thereisnosuchword');
      await expect(page.getByRole('heading', { name: 'No case matches' })).toBeVisible();
    },
  },
  {
    name: 'case',
    account: 'customer',
    async reach(tools) {
      const number = await lively(tools.as, 'Search shows no products after the nightly import');
      const open = await openCase(tools, number);
      await expect(open.messages()).toHaveCount(THREAD.length);
    },
  },
  {
    name: 'case-waiting',
    account: 'customer',
    async reach(tools) {
      const number = await lively(tools.as, 'Orders are not exported to the warehouse');
      await (await tools.as('analyst')).act(number, 'request_information', 'Which release are you on?');
      await (await openCase(tools, number)).hasStatus('waiting_for_customer');
    },
  },
  {
    name: 'case-solution',
    account: 'customer',
    async reach(tools, look) {
      const { page } = tools;
      const number = await lively(tools.as, 'Prices are shown without tax in the cart');
      await (await tools.as('analyst')).act(number, 'propose_solution', 'Update `spryker/tax` to 5.14.1.');
      await (await openCase(tools, number)).hasStatus('solution_proposed');
      await look('case-solution');
      await page.getByRole('button', { name: 'Reject solution' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Reject solution' }).click();
      await expect(page.getByRole('dialog').getByText('Write something first.')).toBeVisible();
      await look('case-reject-dialog');
    },
  },
  {
    name: 'case-close-dialog',
    account: 'customer',
    async reach(tools, look) {
      const { page } = tools;
      await openCase(tools, await lively(tools.as, 'Images of new products are missing'));
      await page.getByRole('button', { name: 'Actions' }).click();
      await expect(page.getByRole('menuitem', { name: 'Close case' })).toBeVisible();
      await look('case-actions');
      await page.getByRole('menuitem', { name: 'Close case' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await look('case-close-dialog');
    },
  },
  {
    name: 'case-closed',
    account: 'customer',
    async reach(tools) {
      const number = await lively(tools.as, 'The sitemap lists pages that are gone');
      await (await tools.as('customer')).act(number, 'close', 'Solved, thank you.');
      await (await openCase(tools, number)).hasStatus('closed');
    },
  },
  {
    name: 'case-life',
    account: 'customer',
    async reach(tools, look) {
      const { page } = tools;
      const [customer, analyst] = [await tools.as('customer'), await tools.as('analyst')];
      const number = await lively(tools.as, 'Vouchers are taken twice in the checkout');
      await analyst.act(number, 'set_eta', undefined, { eta: '2026-03-09' });
      await analyst.act(number, 'set_eta', 'The supplier needs a week more.', { eta: '2026-03-16' });
      const jira = { key: 'SHOP-4711', url: 'https://jira.example/browse/SHOP-4711', status: 'In progress' };
      await analyst.act(number, 'set_jira_ticket', undefined, { jira });
      await customer.act(number, 'request_priority_review', 'The sale starts on Friday.');
      await customer.act(number, 'escalate', 'Every order is wrong.');
      await analyst.act(number, 'acknowledge_escalation');
      await analyst.act(number, 'propose_escalation_solution', 'Vouchers are switched off until it is mended.');
      const open = await openCase(tools, number);
      await expect(open.fact('Expected by')).toContainText('not a commitment');
      await expect(page.getByRole('button', { name: 'End the escalation' })).toBeVisible();
      await look('case-life');
      await open.choose('Add watchers');
      await expect(open.dialog('Add watchers')).toBeVisible();
      await look('case-watchers-dialog');
    },
  },
  {
    name: 'case-desk-dialog',
    account: 'analyst',
    async reach(tools, look) {
      const number = await lively(tools.as, 'The search finds products that are sold out');
      const open = await openCase(tools, number);
      await open.choose('Link a developers’ ticket');
      const dialog = open.dialog('Link a developers’ ticket');
      await dialog.getByRole('textbox', { name: 'Key' }).fill('4711');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await expect(dialog.getByRole('textbox', { name: 'Key' })).toHaveAccessibleDescription(/such as SHOP-1234/);
      await look('case-desk-dialog');
    },
  },
  {
    name: 'case-files',
    account: 'customer',
    async reach(tools, look) {
      const { page } = tools;
      const open = await openCase(tools, await lively(tools.as, 'Pictures of the checkout'));
      await page.getByRole('tab', { name: 'Attachments' }).click();
      await expect(page.getByRole('heading', { name: 'No attachments yet' })).toBeVisible();
      await look('case-files-none');
      await page.getByRole('tab', { name: 'Conversation' }).click();
      await page.getByLabel('Attach files').setInputFiles(SAMPLES);
      const tray = page.getByRole('list', { name: 'Files to be sent' });
      await expect(tray.getByText('Uploaded')).toHaveCount(SAMPLES.length - 1);
      await look('case-files-chosen');
      await tray.getByRole('button', { name: 'Remove deploy.yml' }).click();
      await open.reply.fill('Here is everything I have.');
      await open.send.click();
      await open.send.click();
      const attached = open.message('Here is everything').getByRole('list', { name: 'Attachments' });
      await expect(attached.getByRole('listitem')).toHaveCount(SAMPLES.length - 1);
      await look('case-files');
      await attached.getByRole('button', { name: 'Show checkout.png' }).click();
      await expect(page.getByRole('img', { name: 'checkout.png' })).toBeVisible();
      await look('case-file-picture');
      await page.getByRole('button', { name: 'Previous file' }).press('PageDown');
      await page.getByRole('button', { name: 'Next file' }).press('PageDown');
      await expect(page.getByRole('cell', { name: '12,50' })).toBeVisible();
      await look('case-file-table');
      await page.keyboard.press('Escape');
      await page.getByRole('tab', { name: /^Attachments/ }).click();
      await expect(page.getByRole('table', { name: 'Attachments' }).getByRole('row')).toHaveCount(SAMPLES.length);
      await look('case-files-tab');
    },
  },
  {
    name: 'case-error',
    account: 'customer',
    async reach(tools) {
      const open = await openCase(tools, await lively(tools.as, 'Filters forget what was chosen'));
      await open.send.click();
      await open.replyFails(/Write something first/);
    },
  },
  {
    name: 'case-support',
    account: 'analyst',
    async reach(tools) {
      const number = await lively(tools.as, 'The price import stops halfway');
      const open = await openCase(tools, number);
      await tools.page.getByRole('radio', { name: 'Internal note' }).check();
      await expect(open.messages()).toHaveCount(THREAD.length);
    },
  },
  {
    name: 'type-picker',
    account: 'customer',
    async reach({ page }) {
      await page.goto('/cases/new');
      await expect(page.getByRole('main').getByRole('link', { name: 'Emergency' })).toBeVisible();
    },
  },
  {
    name: 'drafts',
    account: 'customer',
    async reach({ page, as, watch }, look) {
      watch.expect(failedWith(404));
      const unsent = page.getByRole('region', { name: 'Continue where you left off' });
      for (const number of [1, 2, 3, 4, 5, 6]) {
        await page.goto(`/cases/new/alumio?request=problem&subject=Orders+do+not+arrive,+part+${number}`);
        await expect(page.getByRole('textbox', { name: 'Subject' })).not.toHaveValue('');
      }
      await page.goto('/cases/new/emergency?risk=outage');
      await expect(page.getByRole('heading', { level: 1, name: 'Emergency' })).toBeVisible();
      for (const [path, name] of [['/', 'home-drafts'], ['/cases/new', 'type-picker-drafts']] as const) {
        await page.goto(path);
        await expect(unsent.getByRole('link').first()).toBeVisible();
        await expect(page.getByRole('main').getByRole('link', { name: 'Emergency' })).toBeVisible();
        await look(name);
      }
      await unsent.getByRole('button', { name: /^Discard/ }).first().click();
      await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
      await page.goto('/cases/new/alumio');
      await expect(page.getByText(/You began this/)).toBeVisible();
      await look('assistant-continued');
      const { number } = await (await as('customer')).file('problem', { subject: 'Solved too early' });
      await page.goto(`/cases/new/problem?follows=${number}`);
      await expect(page.getByText(`Follow-up to ${number}`)).toBeVisible();
      await look('assistant-follow-up');
      await page.goto('/cases/new/problem?like=CS-999999');
      await expect(page.getByRole('link', { name: 'Start anew' })).toBeVisible();
      await look('assistant-unread');
    },
  },
  {
    name: 'assistant',
    account: 'customer',
    async reach({ page, as }, look) {
      const type = await problem(as);
      const given = { subject: 'Checkout fails for guests', area: 'software' };
      const steps = walk(type, await environments(as), given);
      await page.goto('/cases/new/problem');
      for (const [index, { step, questions, answers }] of steps.entries()) {
        await expect(stepHeading(page, step.title)).toBeVisible();
        if (index === 0) {
          await look('assistant');
        }
        await page.getByRole('button', { name: /^(Next|Review)$/ }).click();
        await expect(page.getByRole('alert').filter({ hasText: 'Some answers need attention' })).toBeVisible();
        await look(`assistant-step-${index + 1}-errors`);
        for (const question of questions) {
          const value = answers[question.id];
          if (value !== undefined) {
            await answer(page, question, value);
          }
        }
        await page.getByRole('button', { name: /^(Next|Review)$/ }).click();
      }
      await expect(page.getByRole('button', { name: 'Submit', exact: true })).toBeVisible();
      await look('review');
      await page.getByRole('button', { name: 'Submit', exact: true }).click();
      await confirmed(page);
      await look('confirmation');
    },
  },
  {
    name: 'intake',
    account: 'admin',
    async reach({ page, as }, look) {
      const type = (await (await as('admin')).catalogue()).types.find((known) => known.id === 'services')!;
      const asked = type.steps.flatMap((step) => step.questions).find((question) => question.id === 'watchers')!;
      await page.goto('/cases');
      await page.getByRole('banner').getByRole('button', { name: 'Kinds of case' }).press('Enter');
      // A phone has the page of all kinds instead.
      await page.getByRole('menuitem').first().waitFor({ state: 'attached' });
      await look('create-menu');
      await page.goto('/cases/new/services?service=code&subject=Imports+of+prices+are+slow,+and+the+password+is+wrong');
      await page.getByRole('radio', { name: 'A colleague’s' }).check();
      const colleague = page.getByRole('combobox', { name: 'Colleague' });
      await colleague.fill('priya');
      await page.getByRole('option', { name: /Priya/ }).click();
      await expect(page.getByRole('complementary', { name: 'Known already?' })).toBeVisible();
      await look('assistant-behalf');
      await toReview(page, type, await environments(as), { service: 'code', subject: 'Imports of prices are slow' });
      await page.getByRole('button', { name: 'Back', exact: true }).click();
      await answer(page, asked, ['ops@elsewhere.example', 'a.long.address.of.somebody.on.the.night.shift@elsewhere.example']);
      await look('assistant-watchers');
      await page.getByRole('button', { name: 'Review', exact: true }).click();
      await page.getByRole('button', { name: 'Submit', exact: true }).click();
      await confirmed(page);
      await look('confirmation-behalf');
    },
  },
  {
    name: 'assistant-partner',
    account: 'partner',
    async reach({ page }, look) {
      await page.goto('/cases/new/change-request');
      const organisation = page.getByRole('radio', { name: 'Acme Retail' });
      await expect(organisation).toBeVisible();
      await look('assistant-organisation');
      await organisation.check();
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await expect(page.getByRole('radio', { name: /^A new environment/ })).toBeDisabled();
      await look('assistant-partner');
    },
  },
  {
    name: 'assistant-emergency',
    account: 'customer',
    async reach({ page, as }, look) {
      const type = (await (await as('customer')).catalogue()).types.find((known) => known.id === 'emergency')!;
      await page.goto('/cases/new/emergency');
      await toReview(page, type, await environments(as), { subject: 'Nobody can pay' });
      await page.getByRole('link', { name: /^Edit How to reach you/ }).click();
      await expect(page.getByRole('checkbox')).toBeChecked();
      await look('assistant-emergency');
    },
  },
  {
    name: 'question',
    account: 'customer',
    async reach({ page }) {
      await page.goto('/cases/new/question');
      await expect(page.getByRole('heading', { level: 1, name: 'Ask a question' })).toBeVisible();
    },
  },
  {
    name: 'not-found',
    account: 'customer',
    async reach({ page }) {
      await page.goto('/nowhere');
      await expect(page.getByRole('heading', { level: 1, name: 'Not found' })).toBeVisible();
    },
  },
  {
    name: 'backend-gone',
    account: 'customer',
    async reach(tools) {
      const { page, watch } = tools;
      watch.expect(UNREACHABLE);
      const open = await openCase(tools, await lively(tools.as, 'Vouchers are counted twice'));
      await page.route('**/api/v1/**', (route) => route.abort('connectionrefused'));
      await open.reply.fill('Sent while the server was away.');
      await open.send.click();
      await expect(offlineBanner(page)).toBeVisible();
      await expect(page.getByText(/when you.re back online/)).toBeVisible();
    },
  },
  {
    name: 'load-failure',
    account: 'customer',
    async reach({ page, watch }) {
      watch.expect(failedWith(500));
      const body = { code: 'internal', status: 500, title: 'x', detail: 'Something went wrong here.', request_id: 'x' };
      await page.route(/\/api\/v1\/cases\?/, (route) =>
        route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(body) }),
      );
      await page.goto('/cases');
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    },
  },
  {
    name: 'session-ended',
    account: 'customer',
    async reach(tools) {
      const { page, watch } = tools;
      watch.expect(failedWith(401));
      const open = await openCase(tools, await lively(tools.as, 'A redirect loops after login'));
      const body = { code: 'sign_in_required', status: 401, title: 'x', detail: 'Sign in.', request_id: 'x' };
      await page.route('**/messages', (route) =>
        route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(body) }),
      );
      await open.reply.fill('Sent with an ended session.');
      await open.send.click();
      await expect(signInDialog(page)).toBeVisible();
    },
  },
];
