
import { answer, confirmed, control, stepHeading, toReview } from '../support/assistant';
import { violations } from '../support/axe';
import { walk } from '../support/catalogue';
import { expect, test } from '../support/fixtures';
import { CasePage } from '../support/pages';
import { PEOPLE } from '../support/people';

test.describe('a portal administrator', () => {
  test.use({ account: 'admin' });

  test('files for a colleague, whose case it is', async ({ page, as, browserFor }) => {
    const api = await as('admin');
    const type = (await api.catalogue()).types.find((known) => known.id === 'services')!;
    const { environments } = (await api.session()).memberships[0]!;
    await page.goto('/cases/new/services');
    await page.getByRole('radio', { name: 'A colleague’s' }).check();
    const colleague = page.getByRole('combobox', { name: 'Colleague' });
    const [first] = walk(type, environments);
    for (const question of first!.questions) {
      const value = first!.answers[question.id];
      if (value !== undefined) {
        await answer(page, question, value);
      }
    }

    await test.step('who it is for must be said', async () => {
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await expect(colleague).toHaveAccessibleDescription(/Choose the colleague/);
      const summary = page.getByRole('alert').filter({ hasText: 'Some answers need attention' });
      await expect(summary).toBeFocused();
      await summary.getByRole('link', { name: 'Colleague' }).click();
      await expect(colleague).toBeFocused();
      await colleague.fill('nobody of this name');
      await expect(page.getByText('Nothing found').first()).toBeVisible();
    });

    await test.step('a part of the name finds them, partners are not offered', async () => {
      await colleague.fill('mireille');
      await expect(page.getByText('Nothing found').first()).toBeVisible();
      await colleague.fill('raman');
      const option = page.getByRole('option', { name: /Priya Raman/ });
      await expect(option).toBeVisible();
      await colleague.press('ArrowDown');
      await colleague.press('Enter');
      await expect(colleague).toHaveValue('Priya Raman');
      await expect(colleague).not.toHaveAccessibleDescription(/Choose the colleague/);
    });
    expect(await violations(page)).toEqual([]);

    await test.step('a reload keeps whom it is for', async () => {
      await page.reload();
      await expect(colleague).toHaveValue('Priya Raman');
    });

    const subject = 'A code review, asked for Priya';
    await toReview(page, type, environments, { subject });
    const forWhom = page.getByRole('main').getByRole('link', { name: 'Edit For whom' });
    await expect(forWhom).toBeVisible();
    await expect(page.getByText('Priya Raman', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    const number = await confirmed(page);
    await expect(page.getByText('It is filed for Priya Raman, as their case.')).toBeVisible();

    const theirs = await (await browserFor('colleague')).newPage();
    await theirs.goto(`/cases/${number}`);
    const facts = theirs.getByRole('complementary', { name: 'About this case' });
    await expect(facts).toContainText('Requester');
    await expect(facts).toContainText('Priya Raman');
    await expect(facts).toContainText('Filed by');
    await expect(facts).toContainText(PEOPLE.admin.name);
    await expect(theirs.getByRole('button', { name: 'Actions' })).toBeVisible();
  });

  test('is not asked for whom when they turn back to their own', async ({ page, as }) => {
    const api = await as('admin');
    const type = (await api.catalogue()).types.find((known) => known.id === 'services')!;
    const { environments } = (await api.session()).memberships[0]!;
    await page.goto('/cases/new/services');
    await page.getByRole('radio', { name: 'A colleague’s' }).check();
    await expect(page.getByRole('combobox', { name: 'Colleague' })).toBeVisible();
    await page.getByRole('radio', { name: /^Mine/ }).check();
    await expect(page.getByRole('combobox', { name: 'Colleague' })).toHaveCount(0);
    await toReview(page, type, environments, { subject: 'My own after all' });
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    const record = await api.case(await confirmed(page));
    expect(record.summary.requester.name).toBe(PEOPLE.admin.name);
  });
});

test.describe('a customer', () => {
  test.use({ account: 'customer' });

  test('is not offered to file for others', async ({ page }) => {
    await page.goto('/cases/new/services');
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
    await expect(page.getByText('Whose case is it?')).toHaveCount(0);
  });

  test('lets colleagues and others follow the case', async ({ page, as, browserFor }) => {
    const api = await as('customer');
    const type = (await api.catalogue()).types.find((known) => known.id === 'services')!;
    const { environments } = (await api.session()).memberships[0]!;
    const asked = type.steps.flatMap((step) => step.questions).find((question) => question.id === 'watchers')!;
    const subject = 'Followed by a colleague and an address';
    await page.goto('/cases/new/services');
    await toReview(page, type, environments, { subject });
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    const watchers = control(page, asked);

    await test.step('a colleague is found by name, and taken by keyboard', async () => {
      await watchers.fill('priya');
      await expect(page.getByRole('option', { name: /Priya Raman/ })).toBeVisible();
      await watchers.press('ArrowDown');
      await watchers.press('Enter');
      await expect(page.getByRole('button', { name: `Remove ${PEOPLE.colleague.email}` })).toBeVisible();
      await expect(watchers).toHaveValue('');
    });

    await test.step('addresses are taken as they are typed or pasted, and given back', async () => {
      await watchers.fill('ops@elsewhere.example, nobody; ops@elsewhere.example');
      await watchers.press('Enter');
      await expect(page.getByRole('button', { name: /^Remove / })).toHaveCount(3);
      // The list is out of the way of what stands below.
      await expect(watchers).toHaveAttribute('aria-expanded', 'false');
      await page.getByRole('button', { name: 'Review', exact: true }).click();
      await expect(watchers).toHaveAccessibleDescription(/“nobody”/);
      await page.getByRole('button', { name: 'Remove nobody' }).click();
      await expect(watchers).toBeFocused();
      await expect(watchers).not.toHaveAccessibleDescription(/“nobody”/);
      await watchers.fill('x@y.example');
      await watchers.press('Enter');
      await watchers.press('Backspace');
      await expect(page.getByRole('button', { name: /^Remove / })).toHaveCount(2);
    });
    expect(await violations(page)).toEqual([]);

    await test.step('what is typed and not yet taken counts, too', async () => {
      await watchers.fill('night@elsewhere.example');
      await page.reload();
      await expect(page.getByRole('button', { name: 'Remove night@elsewhere.example' })).toBeVisible();
    });
    await page.getByRole('button', { name: 'Review', exact: true }).click();
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    const number = await confirmed(page);
    const followers = page.getByRole('main').getByRole('listitem');
    await expect(followers).toHaveText([
      PEOPLE.customer.name,
      'Priya Raman',
      'night@elsewhere.example',
      'ops@elsewhere.example',
      'The administrators of Acme Retail',
    ]);
    const theirs = await (await browserFor('colleague')).newPage();
    await theirs.goto(`/cases/${number}`);
    const facts = theirs.getByRole('complementary', { name: 'About this case' });
    await expect(facts.getByRole('listitem')).toHaveText([/Priya Raman/, /night@elsewhere.example/, /ops@elsewhere.example/]);
  });

  test('is shown what may answer the matter while the subject is written', async ({ page, as }) => {
    const api = await as('customer');
    const known = await api.file('problem', { subject: 'Zanzibar voucher codes are refused' });
    const theirs = await (await as('stranger')).file('problem', { subject: 'Zanzibar voucher codes vanish' });
    await page.goto('/cases/new/services');
    const subject = page.getByRole('textbox', { name: 'Subject' });
    const suggestions = page.getByRole('complementary', { name: 'Known already?' });
    await subject.fill('Our Zanzibar voucher is refused, and the password, too');
    await expect(suggestions.getByRole('link', { name: new RegExp(known.number) })).toHaveAttribute('target', '_blank');
    await expect(suggestions.getByRole('link', { name: /Handing over secrets safely/ })).toBeVisible();
    await expect(suggestions).not.toContainText(theirs.number);
    expect(await violations(page)).toEqual([]);

    await test.step('an answer to something typed before is dropped', async () => {
      let late: (() => void) | undefined;
      await page.route('**/cases/similar*Zanzibar*', async (route) => {
        await new Promise<void>((resolve) => (late = resolve));
        await route.continue();
      });
      await subject.fill('Zanzibar voucher codes again');
      await expect.poll(() => late !== undefined).toBe(true);
      await subject.fill('Something quite different');
      await expect(suggestions).toHaveCount(0);
      late?.();
      await page.unrouteAll({ behavior: 'wait' });
      await expect(suggestions).toHaveCount(0);
    });

    await test.step('and nothing waits for one', async () => {
      await page.route('**/cases/similar*', () => {});
      await subject.fill('Zanzibar voucher codes are refused');
      await page.getByRole('radio').first().check();
      await page.getByRole('textbox', { name: 'What do you want to achieve?' }).fill('To know why they are refused.');
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await expect(stepHeading(page, 'When and who')).toBeVisible();
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    });
  });

  test('declares an emergency, which is escalated at once', async ({ page, as }) => {
    const api = await as('customer');
    const type = (await api.catalogue()).types.find((known) => known.id === 'emergency')!;
    const { environments } = (await api.session()).memberships[0]!;
    const questions = type.steps.flatMap((step) => step.questions);
    expect(questions.map((question) => question.id)).not.toContain('desired-date');
    await page.goto('/cases/new/emergency');
    await expect(page.getByText(/Only for serious harm/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await toReview(page, type, environments, { subject: 'Checkout is down for everyone', risk: 'revenue' });

    await test.step('it must be acknowledged, and somebody must answer the telephone', async () => {
      await page.getByRole('button', { name: 'Back', exact: true }).click();
      await page.getByRole('checkbox', { name: /^I confirm/ }).uncheck();
      await page.getByRole('textbox', { name: 'A telephone that is answered now' }).fill('');
      await page.getByRole('button', { name: 'Review', exact: true }).click();
      await expect(page.getByRole('checkbox', { name: /^I confirm/ })).toHaveAccessibleDescription(/Confirm this/);
      await page.getByRole('checkbox', { name: /^I confirm/ }).check();
      await page.getByRole('textbox', { name: 'A telephone that is answered now' }).fill('+49 30 1234567');
      await page.getByRole('button', { name: 'Review', exact: true }).click();
    });
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    const number = await confirmed(page);
    await expect(page.getByText(/Keep your phone at hand/)).toBeVisible();
    await page.getByRole('link', { name: 'Open the case' }).click();
    const record = new CasePage(page);
    await expect(record.conversation.getByText(/escalated the case/)).toBeVisible();
    const facts = page.getByRole('complementary', { name: 'About this case' });
    await expect(facts).toContainText('Escalation');
    await expect(facts).toContainText('Started');
    await expect(facts).toContainText('P1 – urgent');
    await expect(facts).toContainText('Urgent');
    expect((await api.case(number)).escalation?.state).toBe('started');
  });

  test('goes to any kind of case from the menu, with the keyboard', async ({ page, as }) => {
    const { types } = await (await as('customer')).catalogue();
    await page.goto('/cases');
    const opener = page.getByRole('banner').getByRole('button', { name: 'Kinds of case' });
    await opener.focus();
    await opener.press('Enter');
    await expect(page.getByRole('menuitem')).toHaveText(types.map((type) => type.title));
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(opener).toBeFocused();
    await opener.press('Enter');
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    await page.keyboard.press('End');
    await expect(page.getByRole('menuitem', { name: 'Emergency' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Emergency' })).toBeVisible();
    await expect(page.getByRole('menuitem')).toHaveCount(0);
  });
});

test.describe('on a phone', () => {
  test.use({ account: 'customer', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a problem of high impact is reported with the thumb', async ({ page, as }) => {
    const api = await as('customer');
    const type = (await api.catalogue()).types.find((known) => known.id === 'problem')!;
    const { environments } = (await api.session()).memberships[0]!;
    const subject = 'Reported from a phone: checkout is impaired';
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await page.goto('/');
    await page.getByRole('banner').getByRole('link', { name: 'Create a case' }).tap();
    await page.getByRole('main').getByRole('link', { name: type.title }).tap();
    const given = { area: 'software', hosting: 'cloud', impact: 'p2', subject };
    const steps = walk(type, environments, given);
    for (const [index, { step, questions, answers }] of steps.entries()) {
      await expect(stepHeading(page, step.title)).toBeVisible();
      // How many there are depends on the answers.
      await expect(page.getByText(new RegExp(`^Step ${index + 1} of \\d`))).toBeVisible();
      for (const question of questions) {
        const value = answers[question.id];
        if (value !== undefined) {
          await answer(page, question, value);
        }
      }
      expect(await wide(), `${step.title} scrolls sideways`).toBeLessThanOrEqual(0);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: /^(Next|Review)$/ }).tap();
    }
    expect(await wide(), 'the review scrolls sideways').toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Submit', exact: true }).tap();
    const record = await api.case(await confirmed(page));
    expect(record.summary.impact).toBe('p2');
    expect(record.summary.priority).toBe('high');
    expect(record.summary.subject).toBe(subject);
  });
});
