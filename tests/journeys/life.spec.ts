
import { violations } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { CasePage } from '../support/pages';
import { PEOPLE } from '../support/people';

test.use({ account: 'customer' });

test('a whole life, with customer, administrator and analyst at it at once', async ({ page, as, browserFor }) => {
  test.setTimeout(180_000);
  const { number } = await (await as('customer')).file('problem', { subject: 'From filing to the survey', impact: 'p3' });
  const mine = new CasePage(page);
  const admins = new CasePage(await (await browserFor('admin')).newPage());
  const desk = new CasePage(await (await browserFor('analyst')).newPage());
  const all = [mine, admins, desk];
  for (const open of all) {
    await open.open(number);
  }
  const status = async (expected: Parameters<CasePage['hasStatus']>[0]) => {
    for (const open of all) {
      await open.hasStatus(expected);
    }
  };
  const said = async (text: string) => {
    for (const open of all) {
      await expect(open.conversation.getByText(text)).toHaveCount(1);
    }
  };

  await test.step('support picks it up', async () => {
    await desk.page.getByRole('button', { name: 'Pick up' }).click();
    await status('diagnosis');
  });

  await test.step('support says when it may be solved, twice', async () => {
    for (const [day, shown] of [['2026-12-07', '7 Dec 2026'], ['2026-12-14', '14 Dec 2026']] as const) {
      await desk.choose('Set the expected date');
      const dialog = desk.dialog('Set the expected date');
      await dialog.getByLabel('Expected by').fill(day);
      await dialog.getByRole('button', { name: 'Set', exact: true }).click();
      await expect(dialog).toBeHidden();
      for (const open of all) {
        await expect(open.fact('Expected by')).toHaveText(new RegExp(`${shown}|${day}|Dec`));
        await expect(open.fact('Expected by')).toContainText('not a commitment');
      }
    }
    const earlier = page.getByRole('group').filter({ hasText: 'Earlier expectations' });
    await page.getByText('Earlier expectations').click();
    await expect(earlier.getByRole('listitem')).toHaveCount(2);
  });

  await test.step('support links the developers’ ticket', async () => {
    await desk.choose('Link a developers’ ticket');
    const dialog = desk.dialog('Link a developers’ ticket');
    await dialog.getByRole('textbox', { name: 'Key' }).fill('shop');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('textbox', { name: 'Key' })).toHaveAccessibleDescription(/such as SHOP-1234/);
    await dialog.getByRole('textbox', { name: 'Key' }).fill('shop-1234');
    await dialog.getByRole('textbox', { name: 'Address' }).fill('https://jira.example/browse/SHOP-1234');
    await dialog.getByRole('textbox', { name: 'Status there' }).fill('In progress');
    await dialog.getByRole('button', { name: 'Save' }).click();
    for (const open of all) {
      const link = open.fact('Developers’ ticket').getByRole('link', { name: /SHOP-1234/ });
      await expect(link).toHaveAttribute('href', 'https://jira.example/browse/SHOP-1234');
      await expect(open.fact('Developers’ ticket')).toContainText('In progress');
    }
  });

  await test.step('the customer asks for another priority, support declines, then approves', async () => {
    await mine.choose('Ask for another priority');
    const ask = mine.dialog('Ask for another priority');
    await ask.getByRole('button', { name: 'Ask for it' }).click();
    await expect(ask.getByRole('textbox', { name: 'Reason' })).toHaveAccessibleDescription(/Write something first/);
    await ask.getByRole('textbox', { name: 'Reason' }).fill('The sale starts on Friday.');
    await ask.getByRole('button', { name: 'Ask for it' }).click();
    await expect(desk.fact('Priority re-evaluation')).toContainText('Asked for');
    await desk.choose('Decline another priority');
    const no = desk.dialog('Decline another priority');
    await no.getByRole('textbox', { name: 'Reason' }).fill('There is a workaround.');
    await no.getByRole('button', { name: 'Decline' }).click();
    await expect(mine.fact('Priority re-evaluation')).toContainText('Declined');
    await said('There is a workaround.');
    await admins.choose('Ask for another priority');
    const again = admins.dialog('Ask for another priority');
    await again.getByRole('textbox', { name: 'Reason' }).fill('The workaround fails.');
    await again.getByRole('button', { name: 'Ask for it' }).click();
    await desk.choose('Approve another priority');
    const yes = desk.dialog('Approve another priority');
    await yes.getByRole('button', { name: 'Approve' }).click();
    await expect(yes.getByRole('combobox', { name: 'Priority' })).toHaveAccessibleDescription(/Choose the new priority/);
    await yes.getByRole('combobox', { name: 'Priority' }).selectOption({ label: 'High' });
    await yes.getByRole('button', { name: 'Approve' }).click();
    for (const open of all) {
      await expect(open.fact('Priority')).toContainText('High');
      await expect(open.fact('Priority re-evaluation')).toContainText('Approved');
    }
  });

  await test.step('support asks, the customer answers', async () => {
    const desks = await as('analyst');
    await desks.act(number, 'request_information', 'Which release is it?');
    await status('waiting_for_customer');
    await mine.reply.fill('Release 202410.0.');
    await mine.send.click();
    await status('waiting_for_support');
    await said('Release 202410.0.');
  });

  await test.step('the customer escalates; it is taken up, its end rejected, then accepted', async () => {
    await mine.choose('Escalate the case');
    const dialog = mine.dialog('Escalate the case');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('All orders fail now.');
    await dialog.getByRole('button', { name: 'Escalate', exact: true }).click();
    await expect(admins.fact('Escalation')).toContainText('Started');
    await desk.choose('Acknowledge the escalation');
    await desk.dialog('Acknowledge the escalation').getByRole('button', { name: 'Acknowledge', exact: true }).click();
    await expect(mine.fact('Escalation')).toContainText('Acknowledged');
    const propose = async (text: string) => {
      await desk.choose('Propose how to end the escalation');
      const end = desk.dialog('Propose how to end the escalation');
      await end.getByRole('textbox', { name: 'Solution' }).fill(text);
      await end.getByRole('button', { name: 'Propose', exact: true }).click();
      await expect(end).toBeHidden();
    };
    await propose('Roll back the release.');
    await page.getByRole('button', { name: 'Not solved yet' }).click();
    const no = mine.dialog('Not solved yet');
    await no.getByRole('textbox', { name: 'Reason' }).fill('It still fails.');
    await no.getByRole('button', { name: 'Not solved yet' }).click();
    await expect(desk.fact('Escalation')).toContainText('Solution rejected');
    await propose('Scale the database.');
    await admins.page.getByRole('button', { name: 'End the escalation' }).click();
    await admins.dialog('End the escalation').getByRole('button', { name: 'End the escalation' }).click();
    await expect(desk.fact('Escalation')).toContainText('Solution accepted');
    await desk.choose('Close the escalation');
    await desk.dialog('Close the escalation').getByRole('button', { name: 'Close the escalation' }).click();
    for (const open of all) {
      await expect(open.fact('Escalation')).toContainText('Closed');
    }
    await status('waiting_for_support');
  });

  await test.step('a solution is rejected, another accepted by the administrator', async () => {
    const desks = await as('analyst');
    await desks.act(number, 'propose_solution', 'Clear the cache.');
    await status('solution_proposed');
    await page.getByRole('button', { name: 'Reject solution' }).click();
    const no = mine.dialog('Reject the solution');
    await expect(no.getByRole('group', { name: 'Proposed solution' })).toContainText('Clear the cache.');
    await no.getByRole('textbox', { name: 'Reason' }).fill('It comes back within an hour.');
    await no.getByRole('button', { name: 'Reject solution' }).click();
    await status('waiting_for_support');
    await desks.act(number, 'propose_solution', 'Update `spryker/checkout` to 6.5.1.');
    await status('solution_proposed');
    await admins.accept('That was it.');
    await status('closed');
    for (const open of all) {
      const summary = open.page.getByRole('region', { name: 'This case is closed' });
      await expect(summary).toContainText(`${PEOPLE.admin.name} accepted the solution`);
      await expect(summary.getByText('spryker/checkout')).toBeVisible();
    }
  });

  await test.step('only the requester is asked how it went', async () => {
    await expect(admins.page.getByRole('form', { name: 'How did it go?' })).toBeHidden();
    const survey = page.getByRole('form', { name: 'How did it go?' });
    await survey.getByRole('button', { name: 'Send answer' }).click();
    const effort = survey.getByRole('group', { name: 'How easy was it to get help?' });
    await expect(effort).toHaveAccessibleDescription(/Choose one/);
    await effort.getByRole('radio', { name: '4' }).check();
    await survey.getByRole('group', { name: /How content/ }).getByRole('radio', { name: '5 very' }).check();
    await survey.getByRole('textbox', { name: /What would you like to add/ }).fill('Quick and kind.');
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await expect(effort.getByRole('radio', { name: '4' })).toBeChecked();
    await survey.getByRole('button', { name: 'Send answer' }).click();
    await expect(survey).toBeHidden();
    for (const open of all) {
      await expect(open.page.getByRole('region', { name: 'This case is closed' })).toContainText('Quick and kind.');
    }
  });

  await test.step('a reply opens it again, and it is closed without a survey', async () => {
    await mine.reply.fill('It is back.');
    await mine.send.click();
    await status('waiting_for_support');
    await admins.choose('Close case');
    await admins.dialog('Close this case?').getByRole('textbox', { name: 'Note' }).fill('We live with it.');
    await admins.dialog('Close this case?').getByRole('button', { name: 'Close case' }).click();
    await status('closed');
    await expect(page.getByRole('form', { name: 'How did it go?' })).toBeHidden();
  });
});

test('an address asks for an action, and lands on the survey', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Answered from a mail' });
  await analyst.act(number, 'propose_solution', 'Switch it on.');
  await page.goto(`/cases/${number}?do=accept_solution`);
  const dialog = new CasePage(page).dialog('Accept solution');
  await expect(dialog.getByRole('group', { name: 'Proposed solution' })).toContainText('Switch it on.');
  await dialog.getByRole('button', { name: 'Accept solution' }).click();
  await new CasePage(page).hasStatus('closed');
  await page.goto(`/cases/${number}?do=accept_solution`);
  await new CasePage(page).hasStatus('closed');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.goto(`/cases/${number}#survey`);
  await page.reload();
  await expect(page.getByRole('form', { name: 'How did it go?' })).toBeFocused();
  await page.getByRole('button', { name: 'Rather not' }).click();
  await expect(page.getByText('No answer was given on how it went.')).toBeVisible();
});

test('what is written in a dialog is kept until it is sent', async ({ page, as }) => {
  const { number } = await (await as('customer')).file('problem', { subject: 'Written and put aside' });
  const open = new CasePage(page);
  await open.open(number);
  await open.choose('Escalate the case');
  const reason = open.dialog('Escalate the case').getByRole('textbox', { name: 'Reason' });
  await reason.fill('All orders fail.');
  await page.keyboard.press('Escape');
  await expect(open.dialog('Escalate the case')).toBeHidden();
  await page.reload();
  await expect(open.conversation).toBeVisible();
  await open.choose('Escalate the case');
  await expect(reason).toHaveValue('All orders fail.');
});

test('what an action took along stands in its dialog again when it was refused', async ({ browserFor, as, watch }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Expected by whom?' });
  await analyst.act(number, 'pick_up');
  const page = await (await browserFor('analyst')).newPage();
  const open = new CasePage(page);
  await open.open(number);
  await open.choose('Set the expected date');
  const dialog = page.getByRole('dialog', { name: 'Set the expected date' });
  await dialog.getByLabel(/^Expected by/).fill('2031-05-06');
  await dialog.getByRole('textbox', { name: 'Note' }).fill('After the next release.');
  watch.expect(/status of 412/);
  // The other change arrives just before ours does.
  await page.route('**/actions', async (route) => {
    await customer.act(number, 'request_priority_review', 'First!');
    await route.continue();
  }, { times: 1 });
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  const refusal = page.getByRole('alert').filter({ hasText: 'changed meanwhile' });
  await refusal.getByRole('button', { name: 'Edit' }).click();
  await expect(dialog.getByLabel(/^Expected by/)).toHaveValue('2031-05-06');
  await expect(dialog.getByRole('textbox', { name: 'Note' })).toHaveValue('After the next release.');
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(open.fact('Expected by')).toContainText('2031');
  await expect(open.message('After the next release.')).toBeVisible();
});

test('people follow a case, are added, and leave', async ({ page, as, browserFor, watch }) => {
  // An address that is none is refused.
  watch.expect(/status of 422/);
  const { number } = await (await as('customer')).file('problem', { subject: 'For many eyes' });
  const open = new CasePage(page);
  await open.open(number);
  const watchers = (of: CasePage) => of.page.getByRole('region', { name: 'Watchers' });
  await expect(watchers(open)).toContainText('Nobody beside those it belongs to.');
  const colleague = new CasePage(await (await browserFor('colleague')).newPage());
  await colleague.open(number);
  await watchers(colleague).getByRole('button', { name: 'Watch this case' }).click();
  await expect(watchers(open).getByRole('listitem')).toContainText(PEOPLE.colleague.name);
  await expect(watchers(colleague).getByRole('button', { name: 'Remove' })).toBeHidden();

  await watchers(open).getByRole('button', { name: 'Add watchers' }).click();
  const dialog = open.dialog('Add watchers');
  const field = dialog.getByRole('combobox', { name: 'Who should follow it?' });
  await dialog.getByRole('button', { name: 'Add watchers' }).click();
  await expect(field).toHaveAccessibleDescription(/at least one e-mail address/);
  await field.fill('Tobias');
  await page.getByRole('option', { name: new RegExp(PEOPLE.admin.name) }).click();
  await field.fill('not an address');
  await field.press('Enter');
  await dialog.getByRole('button', { name: 'Add watchers' }).click();
  await expect(field).toHaveAccessibleDescription(/such as name@company.example/);
  await dialog.getByRole('button', { name: 'Remove not an address' }).click();
  await field.fill('agency@elsewhere.example');
  await field.press('Enter');
  await dialog.getByRole('button', { name: 'Add watchers' }).click();
  await expect(dialog).toBeHidden();
  await expect(watchers(open).getByRole('listitem')).toHaveCount(3);
  await expect(watchers(open)).toContainText('agency@elsewhere.example by mail only');
  expect(await violations(page)).toEqual([]);

  await watchers(open).getByRole('button', { name: 'Remove agency@elsewhere.example' }).click();
  await expect(watchers(open).getByRole('listitem')).toHaveCount(2);
  await expect(watchers(open).getByRole('heading')).toBeFocused();
  await watchers(colleague).getByRole('button', { name: 'Stop watching' }).click();
  await expect(watchers(open).getByRole('listitem')).toHaveCount(1);
  await expect(open.conversation.getByText('follows the case no longer')).toHaveCount(1);
});

test('the reference is changed, and not over somebody else’s change', async ({ page, as, watch }) => {
  const { number } = await (await as('customer')).file('problem', { subject: 'Known by another name' });
  const open = new CasePage(page);
  await open.open(number);
  const edit = async (reference: string) => {
    await page.getByRole('button', { name: 'Edit your reference' }).click();
    const dialog = open.dialog('Edit your reference');
    await dialog.getByRole('textbox', { name: 'Your reference' }).fill(reference);
    await dialog.getByRole('button', { name: 'Save' }).click();
    return dialog;
  };
  await expect(await edit('PO 4711')).toBeHidden();
  await expect(open.fact('Your reference')).toContainText('PO 4711');
  watch.expect(/status of 412/);
  await page.route(`**/api/v1/cases/${number}`, async (route) => {
    if (route.request().method() === 'PATCH') {
      await (await as('customer')).act(number, 'request_priority_review', 'First!');
    }
    await route.continue();
  }, { times: 1 });
  const dialog = await edit('PO 0815');
  await expect(dialog.getByRole('textbox', { name: 'Your reference' })).toHaveAccessibleDescription(/changed meanwhile/);
  await expect(dialog.getByRole('textbox', { name: 'Your reference' })).toHaveValue('PO 0815');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(open.fact('Your reference')).toContainText('PO 0815');
});

test('answers are corrected until support picks the case up', async ({ page, as }) => {
  const customer = await as('customer');
  const { number } = await customer.file('problem', { subject: 'Chekout fails' });
  const record = new CasePage(page);
  await record.open(number);
  await record.choose('Correct the answers');
  const subject = page.getByRole('textbox', { name: 'Subject' });
  const onward = page.getByRole('button', { name: /^(Next|Review)$/ });
  const save = page.getByRole('button', { name: 'Save corrections' });
  const heading = page.getByRole('heading', { level: 2 }).first();
  while (!(await save.isVisible())) {
    if (await subject.isVisible()) {
      await subject.fill('Checkout fails');
    }
    const step = await heading.innerText();
    await onward.click();
    await expect(heading).not.toHaveText(step);
  }
  await save.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Checkout fails' })).toBeVisible();
  await expect(record.conversation.getByText('corrected:')).toBeVisible();
  expect((await customer.case(number)).summary.subject).toBe('Checkout fails');
  await (await as('analyst')).act(number, 'pick_up');
  await record.hasStatus('diagnosis');
  await page.getByRole('button', { name: 'Actions', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Close case' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Correct the answers' })).toHaveCount(0);
});
