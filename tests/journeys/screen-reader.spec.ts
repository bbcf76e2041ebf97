import { expect, test } from '../support/fixtures';
import { CasePage } from '../support/pages';
import { PASSWORD, PEOPLE } from '../support/people';
import { expectInOrder, ScreenReader } from '../support/screen-reader';
import { literal } from '../support/text';

/*
 * The main job, heard: what a screen reader says, in the order in which it says it. The
 * reader follows the specifications and not one product, so what is expected is what is
 * said in between, not each of its words.
 */

/** The box in which a reply is written. */
const WRITING = /^textbox, Reply, .*required/;

const starting = (words: string) => new RegExp(`^${literal(words)}`);

test('signing in', async ({ page }) => {
  await page.goto('/');
  const demo = page.getByRole('button', { name: `Sign in as ${PEOPLE.customer.name}` });
  await expect(demo).toBeVisible();
  const reader = await ScreenReader.on(page);
  expectInOrder(await reader.readAll(), [
    'banner',
    'link, Skip to content',
    'main',
    'heading, Sign in to Casement, level 1',
    'form',
    'textbox, E-mail, required',
    // A password has no role; its name is said.
    'Password',
    'button, Sign in',
    'end of form',
    'heading, Look around with demo data, level 2',
    starting(`button, Sign in as ${PEOPLE.customer.name}`),
    'end of main',
  ]);
  expect(await reader.headings()).toEqual(['heading, Sign in to Casement, level 1', 'heading, Look around with demo data, level 2']);

  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.locator('#sign-in-password-error')).toBeVisible();
  expectInOrder(await reader.readAll(), [
    /^textbox, E-mail, .*Enter your e-mail address\..*invalid/,
    /^Password, .*Enter your password\./,
    'button, Sign in',
  ]);
  await page.getByRole('textbox', { name: 'E-mail' }).fill(PEOPLE.customer.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Hello, Jana' })).toBeVisible();
  const said = await reader.readAll();
  expectInOrder(said, ['banner', 'navigation, Main', 'link, Home, current page', 'main', 'heading, Hello, Jana, level 1']);
  expect(said).not.toContain('button, Sign in');
});

test.describe('signed in', () => {
  test.use({ account: 'customer' });

  test('home says where one is, what needs one, what one can do, and what moved last', async ({ page, as }) => {
    const { subject } = await (await as('customer')).file('problem', { subject: 'Heard on the start page' });
    await page.goto('/');
    await expect(page.getByRole('main').getByRole('link', { name: 'Emergency' })).toBeVisible();
    await expect(page.getByRole('link', { name: subject })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Needs your action' }).getByRole('listitem').first()).toBeVisible();
    const reader = await ScreenReader.on(page);
    expectInOrder(await reader.readAll(), [
      'link, Skip to content',
      'link, Casement start page',
      'navigation, Main',
      'link, Home, current page',
      'link, My activities',
      'link, Our cases',
      'end of navigation, Main',
      'link, Create a case',
      new RegExp(`^button, ${PEOPLE.customer.name}, not expanded, has popup menu`),
      'end of banner',
      'main',
      'heading, Hello, Jana, level 1',
      'region, Needs your action',
      'heading, Needs your action, level 2',
      'region, Create a case',
      starting('link, Report a problem or incident'),
      starting('link, Emergency'),
      'region, Recent cases',
      'heading, Recent cases, level 2',
      `link, ${subject}`,
      'Received',
      'end of main',
    ]);
    expect(await reader.headings()).toEqual([
      'heading, Hello, Jana, level 1',
      'heading, Needs your action, level 2',
      'heading, Create a case, level 2',
      'heading, Recent cases, level 2',
    ]);
  });

  test('a case says its heading, its status, and who wrote what', async ({ page, as }) => {
    const [customer, analyst] = [await as('customer'), await as('analyst')];
    const { number, subject } = await customer.file('problem', { subject: 'Heard from beginning to end' });
    await analyst.act(number, 'pick_up');
    await analyst.reply(number, 'Which release is it?');
    await customer.reply(number, 'The newest one.');
    const open = new CasePage(page);
    await open.open(number);
    await expect(open.messages()).toHaveCount(2);
    const reader = await ScreenReader.on(page);
    expectInOrder(await reader.readAll(), [
      'main',
      'link, Our cases',
      number,
      `heading, ${subject}, level 1`,
      'Diagnosis',
      /^button, Actions, not expanded, has popup menu/,
      'complementary, About this case',
      'Priority',
      'end of complementary, About this case',
      'region, Original submission',
      'What happens?',
      'region, Conversation',
      'heading, Conversation, level 2',
      'filed the case',
      'moved it from Received to Diagnosis',
      `article, Message from ${PEOPLE.analyst.name}`,
      'Support',
      'Which release is it?',
      `end of article, Message from ${PEOPLE.analyst.name}`,
      `article, Message from ${PEOPLE.customer.name}`,
      'The newest one.',
      `end of article, Message from ${PEOPLE.customer.name}`,
      'end of region, Conversation',
      'form',
      WRITING,
      'button, Send and close',
      'button, Send',
      'end of main',
    ]);
    expect(await reader.headings()).toEqual([
      `heading, ${subject}, level 1`,
      'heading, Watchers, level 2',
      'heading, Original submission, level 2',
      'heading, Conversation, level 2',
    ]);
  });

  test('the composer says what is wrong, and what came meanwhile is said by itself', async ({ page, as }) => {
    const { number } = await (await as('customer')).file('problem', { subject: 'Heard while writing' });
    const open = new CasePage(page);
    await open.open(number);
    await open.send.click();
    await open.replyFails(/Write something first/);
    const reader = await ScreenReader.on(page);
    expectInOrder(await reader.readAll(), [/^textbox, Reply, Write something first\..*invalid/, 'button, Send']);

    await open.reply.focus();
    await (await as('analyst')).reply(number, 'Said into the silence.');
    await expect.poll(() => reader.said()).toContainEqual(expect.stringMatching(`New message from ${PEOPLE.analyst.name}$`));
    await expect(open.reply).toBeFocused();

    await open.reply.fill('Thanks, I heard it.');
    await open.send.click();
    await expect(open.message('Thanks, I heard it.')).toHaveCount(1);
    expectInOrder(await reader.readAll(), [
      `article, Message from ${PEOPLE.analyst.name}`,
      'Said into the silence.',
      `article, Message from ${PEOPLE.customer.name}`,
      'Thanks, I heard it.',
      WRITING,
    ]);
  });

  test('a proposed solution is said before the reply box, and the dialog says what it asks', async ({ page, as }) => {
    const [customer, analyst] = [await as('customer'), await as('analyst')];
    const { number } = await customer.file('problem', { subject: 'Heard, and rejected' });
    await analyst.act(number, 'pick_up');
    await analyst.act(number, 'propose_solution', 'Clear the cache.');
    await new CasePage(page).open(number);
    await expect(page.getByRole('button', { name: 'Reject solution' })).toBeVisible();
    const reader = await ScreenReader.on(page);
    expectInOrder(await reader.readAll(), [
      'Solution proposed',
      `article, Message from ${PEOPLE.analyst.name}`,
      'Proposed solution',
      'Clear the cache.',
      'Support proposed a solution.',
      'button, Accept solution',
      'button, Reject solution',
      WRITING,
    ]);
    await page.getByRole('button', { name: 'Reject solution' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Reject solution' }).click();
    await expect(dialog.getByText('Write something first.')).toBeVisible();
    expectInOrder(await reader.readAll(), [
      /^dialog, Reject the solution/,
      'heading, Reject the solution, level 2',
      /^textbox, Reason, Write something first\..*invalid/,
      'button, Cancel',
      'button, Reject solution',
    ]);
  });

  test('the assistant says the step, what is asked, and what is wrong', async ({ page, as }) => {
    const type = (await (await as('customer')).catalogue()).types.find((known) => known.id === 'problem')!;
    const [step] = type.steps;
    const asked = step!.questions.filter((question) => question.required && !question.when);
    expect(asked.length).toBeGreaterThan(0);
    await page.goto('/cases/new/problem');
    await expect(page.getByRole('heading', { level: 2, name: step!.title })).toBeVisible();
    const reader = await ScreenReader.on(page);
    expectInOrder(await reader.readAll(), [
      'main',
      `heading, ${type.title}, level 1`,
      'navigation, Steps',
      /^listitem, .*current step/,
      step!.title,
      `heading, ${step!.title}, level 2`,
      ...asked.map((question) => new RegExp(`^(group|textbox|combobox), ${literal(question.label)}`)),
      'button, Next',
      'end of main',
    ]);
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Some answers need attention' })).toBeVisible();
    expectInOrder(await reader.readAll(), [
      'alert',
      'Some answers need attention',
      ...asked.map((question) => `link, ${question.label}`),
      'end of alert',
      new RegExp(`^group, ${literal(asked[0]!.label)}, .*Choose one of the options\\.`),
      'button, Next',
    ]);
  });
});
