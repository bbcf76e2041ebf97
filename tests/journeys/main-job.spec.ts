import { Api } from '../support/api';
import { answer, confirmed, control, named, stepHeading } from '../support/assistant';
import { expect, test } from '../support/fixtures';
import { CasePage, ListPage } from '../support/pages';
import { PEOPLE } from '../support/people';
import type { CaseType, Question } from '../support/wire';

/** What "within a second" means. */
const SECOND = 1000;

const subject = 'Checkout fails with error 500 for guests since this morning';
const description = [
  'Guests cannot check out. Logged-in customers can.',
  '',
  '```php',
  'throw new \\RuntimeException("<b>cart</b> is empty & gone");',
  '```',
].join('\n');

function question(type: CaseType, id: string): Question {
  const found = type.steps.flatMap((step) => step.questions).find((asked) => asked.id === id);
  if (!found) {
    throw new Error(`${type.id} does not ask ${id}`);
  }
  return found;
}

test('a customer files a case, support answers, the customer sees it live', async ({ page, context, backend, watch }) => {
  test.setTimeout(120_000);
  const analyst = await Api.signIn(backend.url, PEOPLE.analyst.email);
  const catalogue = await analyst.catalogue();
  const problem = catalogue.types.find((type) => type.id === 'problem')!;
  const of = (id: string) => question(problem, id);
  const next = page.getByRole('button', { name: 'Next', exact: true });
  const back = page.getByRole('button', { name: 'Back', exact: true });

  await test.step('signs in with one click', async () => {
    await page.goto('/');
    for (const who of [PEOPLE.customer, PEOPLE.admin, PEOPLE.partner, PEOPLE.analyst]) {
      await expect(page.getByRole('button', { name: `Sign in as ${who.name}` })).toBeVisible();
    }
    await page.getByRole('button', { name: `Sign in as ${PEOPLE.customer.name}` }).click();
    await expect(page.getByRole('button', { name: PEOPLE.customer.name })).toBeVisible();
  });

  await test.step('home shows every case type and the newest cases', async () => {
    const main = page.getByRole('main');
    for (const type of catalogue.types) {
      await expect(main.getByRole('link', { name: type.title })).toBeVisible();
    }
    const recent = main.getByRole('region', { name: 'Recent cases' });
    await expect(recent.getByRole('listitem').first()).toBeVisible();
    await expect(page.getByRole('link', { name: 'Create a case' }).first()).toBeVisible();
  });

  await test.step('the assistant opens from the tile', async () => {
    await page.getByRole('main').getByRole('link', { name: problem.title }).click();
    await expect(page.getByRole('heading', { level: 1, name: problem.title })).toBeVisible();
    await expect(stepHeading(page, 'Where it happens')).toBeVisible();
  });

  await test.step('what is missing is said at the field', async () => {
    await next.click();
    for (const id of ['area', 'hosting']) {
      await expect(control(page, of(id))).toHaveAccessibleDescription(/Choose one of the options\./);
    }
    await expect(stepHeading(page, 'Where it happens')).toBeVisible();
  });

  await test.step('answers show the questions that follow from them', async () => {
    await answer(page, of('area'), 'software');
    await expect(control(page, of('environment'))).toBeHidden();
    await answer(page, of('hosting'), 'elsewhere');
    await expect(control(page, of('system'))).toBeVisible();
    await answer(page, of('hosting'), 'cloud');
    await expect(control(page, of('system'))).toBeHidden();
    await answer(page, of('environment'), 'Production');
    await next.click();
  });

  await test.step('a text too short is refused at its field', async () => {
    await expect(stepHeading(page, 'What happens')).toBeVisible();
    await answer(page, of('subject'), 'Oh');
    await next.click();
    await expect(control(page, of('subject'))).toHaveAccessibleDescription(/at least 5 characters/);
    await expect(control(page, of('subject'))).toHaveAttribute('aria-invalid', 'true');
    await answer(page, of('subject'), subject);
    await answer(page, of('description'), description);
    await answer(page, of('expected'), 'Guests can order.');
    await answer(page, of('steps-to-reproduce'), '1. Put a product into the cart\n2. Check out as a guest');
  });

  await test.step('back and forth loses nothing', async () => {
    await back.click();
    await expect(stepHeading(page, 'Where it happens')).toBeVisible();
    await expect(page.getByRole('radio', { name: /^The shop software/ })).toBeChecked();
    await next.click();
    await expect(control(page, of('subject'))).toHaveValue(subject);
    await expect(control(page, of('description'))).toHaveValue(description);
    await next.click();
    await expect(stepHeading(page, 'When and how often')).toBeVisible();
    await page.goBack();
    await expect(control(page, of('subject'))).toHaveValue(subject);
    await page.goForward();
    await expect(stepHeading(page, 'When and how often')).toBeVisible();
  });

  await test.step('a reload in the middle keeps place and answers', async () => {
    await answer(page, of('first-seen'), '2026-03-01T07:30:00Z');
    await answer(page, of('frequency'), 'often');
    await answer(page, of('pattern'), 'Only at night');
    await page.reload();
    await expect(stepHeading(page, 'When and how often')).toBeVisible();
    await expect(control(page, of('first-seen'))).toHaveValue('2026-03-01T08:30');
    await expect(control(page, of('pattern'))).toHaveValue('Only at night');
    await back.click();
    await expect(control(page, of('description'))).toHaveValue(description);
    await next.click();
    await answer(page, of('changed'), false);
    await answer(page, of('workaround'), true);
    await answer(page, of('workaround-details'), 'They register first.');
    await next.click();
  });

  await test.step('the rest, up to the review', async () => {
    await expect(stepHeading(page, 'Your project')).toBeVisible();
    await answer(page, of('product'), 'b2b');
    await answer(page, of('customised'), 'extended');
    await answer(page, of('customisation'), 'CheckoutDependencyProvider');
    await answer(page, of('plain-shop'), 'not-tried');
    await next.click();
    await expect(stepHeading(page, 'Business impact')).toBeVisible();
    await answer(page, of('impact'), 'p2');
    await answer(page, of('impact-reason'), 'Every third order is a guest order.');
    await answer(page, of('internal-reference'), 'SHOP-4711');
    await page.getByRole('button', { name: 'Review', exact: true }).click();
  });

  await test.step('the review shows every answer and leads back to each step', async () => {
    const main = page.getByRole('main');
    for (const text of [subject, 'Production', 'Only at night', 'B2B Demo Shop', 'P2 – High', 'SHOP-4711']) {
      await expect(main.getByText(text, { exact: true }).first()).toBeVisible();
    }
    for (const step of problem.steps) {
      await expect(main.getByRole('link', { name: `Edit ${step.title}` })).toBeVisible();
    }
    await main.getByRole('link', { name: 'Edit Business impact' }).click();
    await expect(page.getByRole('textbox', { name: named(of('internal-reference')) })).toHaveValue('SHOP-4711');
    await page.getByRole('button', { name: 'Review', exact: true }).click();
  });

  let number = '';
  await test.step('a double click on Submit files one case', async () => {
    await page.getByRole('button', { name: 'Submit', exact: true }).dblclick();
    number = await confirmed(page);
    const found = await analyst.search('guests since this morning');
    expect(found.filter((known) => known.subject === subject).map((known) => known.number)).toEqual([number]);
  });

  const open = new CasePage(page);
  const second = await context.newPage();
  const list = new ListPage(second);

  await test.step('the case shows the submission as it was asked', async () => {
    await page.getByRole('main').getByRole('link', { name: new RegExp(`${number}|case`, 'i') }).first().click();
    await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
    await open.hasStatus('received');
    for (const text of ['Which part', 'Environment', 'Production', 'throw new \\RuntimeException("<b>cart</b>']) {
      if (text !== 'Which part') {
        await expect(open.submission.getByText(text).first()).toBeVisible();
      }
    }
    await expect(open.submission.getByText('Which part is affected?')).toBeHidden();
  });

  await test.step('a second tab shows the list, the new case first', async () => {
    await list.open();
    await expect(list.subjects().first()).toHaveText(subject);
    await expect(list.cell(subject, 'Received')).toBeVisible();
  });

  let loads = 0;
  for (const tab of [page, second]) {
    tab.on('load', () => (loads += 1));
  }
  /** Both tabs show a status within a second of the backend's answer. */
  const live = async (status: Parameters<CasePage['hasStatus']>[0], label: string) => {
    await Promise.all([
      open.hasStatus(status, SECOND),
      expect(list.cell(subject, label)).toBeVisible({ timeout: SECOND }),
    ]);
  };

  await test.step('support picks it up', async () => {
    await analyst.act(number, 'pick_up');
    await live('diagnosis', 'Diagnosis');
  });

  await test.step('support replies', async () => {
    await analyst.reply(number, 'We see the error, too. *Looking into it.*');
    await expect(open.messages(PEOPLE.analyst.name)).toHaveCount(1, { timeout: SECOND });
    await expect(open.messages(PEOPLE.analyst.name).getByRole('emphasis')).toHaveText('Looking into it.');
  });

  await test.step('support asks for information', async () => {
    await analyst.act(number, 'request_information', 'Which release are you on?');
    await live('waiting_for_customer', 'Waiting for customer');
    await expect(open.message('Which release are you on?')).toBeVisible({ timeout: SECOND });
  });

  await test.step('the customer replies', async () => {
    await open.reply.fill('We are on release 202410.0.');
    await open.send.click();
    await expect(open.messages(PEOPLE.customer.name).filter({ hasText: 'release 202410.0' })).toHaveCount(1);
    await open.hasStatus('waiting_for_support');
    await expect(list.cell(subject, 'Waiting for support')).toBeVisible({ timeout: SECOND });
    await expect(open.reply).toHaveValue('');
  });

  await test.step('support proposes a solution', async () => {
    await analyst.act(number, 'propose_solution', 'Update `spryker/checkout` to 6.5.1.');
    await live('solution_proposed', 'Solution proposed');
    await expect(page.getByRole('button', { name: 'Accept solution' })).toBeVisible({ timeout: SECOND });
  });

  await test.step('the customer accepts', async () => {
    await open.accept();
    await open.hasStatus('closed');
    await expect(list.cell(subject, 'Closed')).toBeVisible({ timeout: SECOND });
    await expect(page.getByRole('button', { name: 'Accept solution' })).toBeHidden();
    expect((await analyst.case(number)).summary.status).toBe('closed');
  });

  expect(loads, 'no tab was loaded anew').toBe(0);
  expect(watch.unexpected()).toEqual([]);
  await analyst.request.dispose();
});

test.describe('on a case', () => {
  test.use({ account: 'customer' });

  test('the customer rejects a solution with a reason', async ({ page, as }) => {
    const [customer, analyst] = [await as('customer'), await as('analyst')];
    const { number } = await customer.file('problem', { subject: 'A solution to reject' });
    await analyst.act(number, 'pick_up');
    await analyst.act(number, 'propose_solution', 'Switch it off and on again.');
    const open = new CasePage(page);
    await open.open(number);
    await page.getByRole('button', { name: 'Reject solution' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Reject solution' }).click();
    const reason = dialog.getByRole('textbox', { name: 'Reason' });
    await expect(reason).toHaveAccessibleDescription(/Write something first/);
    await reason.fill('We did that twice.');
    await dialog.getByRole('button', { name: 'Reject solution' }).click();
    await expect(dialog).toBeHidden();
    await open.hasStatus('waiting_for_support');
    await expect(open.message('We did that twice.')).toHaveCount(1);
    expect((await customer.case(number)).summary.status).toBe('waiting_for_support');
  });

  test('the customer closes it, with a reply and from the menu, and opens it again', async ({ page, as }) => {
    const customer = await as('customer');
    const { number } = await customer.file('problem', { subject: 'A case to close twice' });
    const open = new CasePage(page);
    await open.open(number);
    await open.reply.fill('Found it ourselves, thanks.');
    await page.getByRole('button', { name: 'Send and close' }).click();
    await open.hasStatus('closed');
    await expect(open.message('Found it ourselves, thanks.')).toHaveCount(1);

    await open.reply.fill('It is back.');
    await open.send.click();
    await open.hasStatus('waiting_for_support');

    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Close case' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Close case' }).click();
    await open.hasStatus('closed');
    expect((await customer.case(number)).summary.status).toBe('closed');
  });

  test('a change by somebody else is not overwritten', async ({ page, as, watch }) => {
    const [customer, analyst] = [await as('customer'), await as('analyst')];
    const { number } = await customer.file('problem', { subject: 'A case that changes meanwhile' });
    await analyst.act(number, 'pick_up');
    await analyst.act(number, 'propose_solution', 'First idea.');
    const open = new CasePage(page);
    await open.open(number);
    watch.expect(/status of (409|412)/);
    // The other change arrives just before ours does.
    await page.route('**/actions', async (route) => {
      await analyst.act(number, 'request_information', 'Wait, one question first.');
      await route.continue();
    }, { times: 1 });
    await open.accept();
    await open.hasStatus('waiting_for_customer');
    await expect(page.getByRole('alert').filter({ hasText: /Waiting for customer/ })).toBeVisible();
    expect((await customer.case(number)).summary.status).toBe('waiting_for_customer');
  });
});
