import { answer, confirmed, control, stepHeading, toReview } from '../support/assistant';
import { filingTypes, walk } from '../support/catalogue';
import { expect, test } from '../support/fixtures';
import { CasePage } from '../support/pages';

test.use({ account: 'customer' });

const TYPES = filingTypes();

test('the catalogue offers the types that are tested here', async ({ page, as }) => {
  const { types } = await (await as('customer')).catalogue();
  const filing = types.filter((type) => type.deflection === undefined);
  expect(filing.map(({ id, title }) => ({ id, title }))).toEqual(TYPES);
  await page.goto('/cases/new');
  for (const type of types) {
    await expect(page.getByRole('main').getByRole('link', { name: type.title })).toHaveAttribute('href', `/cases/new/${type.id}`);
  }
});

for (const { id, title } of TYPES) {
  test(`“${title}” asks, checks and files`, async ({ page, as }) => {
    const api = await as('customer');
    const type = (await api.catalogue()).types.find((known) => known.id === id)!;
    const { environments } = (await api.session()).memberships[0]!;
    const subject = `Filed through the assistant: ${title}`;
    await page.goto(`/cases/new/${id}`);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();

    const [first] = walk(type, environments);
    await expect(stepHeading(page, first!.step.title)).toBeVisible();
    await page.getByRole('button', { name: /^(Next|Review)$/ }).click();
    const unconditional = first!.questions.filter((question) => question.when === undefined);
    for (const question of unconditional) {
      if (question.required && question.kind !== 'date-time-range') {
        await expect(control(page, question)).toHaveAccessibleDescription(/./);
      }
      await expect(control(page, question)).toBeVisible();
    }
    await expect(page.getByRole('alert').filter({ hasText: 'Some answers need attention' })).toBeVisible();

    await toReview(page, type, environments, { subject });
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    const number = await confirmed(page);

    const record = await api.case(number);
    const expected = walk(type, environments, { subject }).flatMap((step) => Object.keys(step.answers));
    expect(record.submission.map((answer) => answer.question).toSorted()).toEqual(expected.toSorted());
    expect(record.summary.subject).toBe(subject);
    await page.getByRole('link', { name: 'Open the case' }).click();
    await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible();
    const { submission } = new CasePage(page);
    for (const answer of record.submission.filter((asked) => asked.question !== 'subject')) {
      await expect(submission.getByText(answer.label, { exact: true }).first()).toBeVisible();
    }
  });
}

test('a question leads to help, and to a problem report with what was typed', async ({ page, as }) => {
  const api = await as('customer');
  const { types } = await api.catalogue();
  const question = types.find((type) => type.deflection !== undefined)!;
  const onward = types.find((type) => type.id === question.deflection!.leads_to)!;
  await page.goto('/cases/new');
  await page.getByRole('main').getByRole('link', { name: question.title }).click();
  await expect(page.getByRole('heading', { level: 1, name: question.title })).toBeVisible();
  const typed = question.steps.flatMap((step) => step.questions).map((asked) => ({ asked, text: `About ${asked.id}…` }));
  for (const { asked, text } of typed) {
    await control(page, asked).fill(text);
  }
  await expect(page.getByRole('link', { name: /Handing over secrets safely/ })).toHaveAttribute('href', /^https:/);
  await page.getByRole('button', { name: onward.title }).click();
  await expect(page.getByRole('heading', { level: 1, name: onward.title })).toBeVisible();
  const [first, second] = walk(onward, (await api.session()).memberships[0]!.environments);
  for (const asked of first!.questions) {
    const value = first!.answers[asked.id];
    if (value !== undefined) {
      await answer(page, asked, value);
    }
  }
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  for (const { asked, text } of typed) {
    const same = second!.questions.find((known) => known.id === asked.id)!;
    await expect(control(page, same)).toHaveValue(text);
  }
});

test('a date too near is warned of, and taken once the warning was read', async ({ page, as }) => {
  const api = await as('customer');
  const { types } = await api.catalogue();
  const { environments } = (await api.session()).memberships[0]!;
  const near = new Date(Date.now() + 86_400_000).toISOString().replace(/:\d\d\.\d+Z/, ':00Z');
  const later = new Date(Date.now() + 2 * 86_400_000).toISOString().replace(/:\d\d\.\d+Z/, ':00Z');
  let warned = 0;
  for (const type of types) {
    const [first, second] = walk(type, environments, { subject: 'Rather soon' });
    const dated = first?.questions.find((asked) => asked.lead_time?.effect === 'warn');
    if (!first || !second || !dated) {
      continue;
    }
    warned += 1;
    await page.goto(`/cases/new/${type.id}`);
    for (const asked of first.questions) {
      const value = first.answers[asked.id];
      if (value !== undefined && asked !== dated) {
        await answer(page, asked, value);
      }
    }
    await answer(page, dated, dated.kind === 'date-time-range' ? { from: near, to: later } : near);
    await expect(page.getByText(dated.lead_time!.text)).toBeVisible();
    const next = page.getByRole('button', { name: 'Next', exact: true });
    await next.click();
    await expect(control(page, dated)).toHaveAccessibleDescription(/Read the warning/);
    await page.getByRole('checkbox', { name: 'I have read this' }).check();
    await next.click();
    await expect(stepHeading(page, second.step.title)).toBeVisible();
  }
  expect(warned).toBeGreaterThan(0);
});
