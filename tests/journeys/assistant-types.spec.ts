import { answer, confirmed, control, stepHeading, toReview } from '../support/assistant';
import { answersFor, asking, filingTypes, parting, walk } from '../support/catalogue';
import { expect, test } from '../support/fixtures';
import { CasePage } from '../support/pages';
import type { Answer, Answers, CaseType, Question } from '../support/wire';

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

for (const { id, title } of TYPES) {
  test(`every kind of “${title}” is asked, filed and routed`, async ({ page, as }) => {
    test.setTimeout(240_000);
    const [api, analyst] = [await as('customer'), await as('analyst')];
    const type = (await api.catalogue()).types.find((known) => known.id === id)!;
    const { environments } = (await api.session()).memberships[0]!;
    const parts = parting(type);
    for (const option of parts?.options ?? [undefined]) {
      const given: Answers = parts && option ? { ...asking(type, parts.id), [parts.id]: option.value } : {};
      const subject = `${title}: ${option?.title ?? 'the only kind'}`.slice(0, 190);
      await page.goto(`/cases/new/${id}?subject=${encodeURIComponent(subject)}`);
      await toReview(page, type, environments, { ...given, subject });
      await page.getByRole('button', { name: 'Submit', exact: true }).click();
      const number = await confirmed(page);
      if (type.processing_time) {
        await expect(page.getByText(`This usually takes ${type.processing_time}.`)).toBeVisible();
      }
      const record = await analyst.case(number);
      expect(record.queue, subject).toBe(type.queue);
      expect(record.receipt, subject).toBe(type.receipt ?? 'case');
      if (type.impact) {
        expect(record.summary.impact).toBe(type.impact);
      }
      expect((await api.case(number)).queue, 'the queue is support’s own').toBeUndefined();
      const answered = record.submission.map((answer) => answer.question);
      const expected = walk(type, environments, { ...given, subject }).flatMap((step) => Object.keys(step.answers));
      expect(answered.toSorted()).toEqual(expected.toSorted());
    }
  });

  test(`the backend checks every answer of “${title}” once more`, async ({ as }) => {
    const [api, partner] = [await as('customer'), await as('partner')];
    const type = (await api.catalogue()).types.find((known) => known.id === id)!;
    const { environments } = (await api.session()).memberships[0]!;
    const organisation = (await api.session()).memberships[0]!.organisation.id;
    for (const question of type.steps.flatMap((step) => step.questions)) {
      const good = answersFor(type, environments, asking(type, question.id));
      expect(walk(type, environments, good).flatMap((step) => step.questions), question.id).toContainEqual(question);
      for (const { bad, code } of mistakes(question)) {
        const answers = { ...good, [question.id]: bad } as Answers;
        if (bad === undefined) {
          delete answers[question.id];
        }
        const refused = await api.refusal({ type: id, answers });
        const told = refused.find((error) => error.pointer === `/answers/${question.id}`);
        expect(told?.code, `${question.id}: ${JSON.stringify(bad)}`).toBe(code);
        expect(told?.message).toMatch(/\.$/);
      }
      for (const option of (question.options ?? []).filter((choice) => choice.audience === 'customers')) {
        const answers = answersFor(type, environments, { ...good, [question.id]: option.value });
        const refused = await partner.refusal({ type: id, organisation, answers });
        expect(refused.map((error) => error.code), option.value).toContain('customers_only');
      }
      const hidden = type.steps.flatMap((step) => step.questions).find((other) => !asked(type, environments, good, other));
      if (hidden) {
        const refused = await api.refusal({ type: id, answers: { ...good, [hidden.id]: 'Slipped in' } });
        expect(refused).toEqual([expect.objectContaining({ pointer: `/answers/${hidden.id}`, code: 'not_asked' })]);
      }
    }
  });
}

function asked(type: CaseType, environments: string[], answers: Answers, question: Question): boolean {
  return walk(type, environments, answers).some((step) => step.questions.includes(question));
}

/** Answers that a question cannot take, with the code of what is wrong with each. */
function mistakes(question: Question): { bad: Answer | undefined; code: string }[] {
  const found: { bad: Answer | undefined; code: string }[] = [];
  const add = (when: unknown, bad: Answer | undefined, code: string) => when && found.push({ bad, code });
  const words = question.kind === 'text' || question.kind === 'long-text';
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  add(question.required, undefined, 'required');
  add(question.min_length, 'x', 'too_short');
  add(words, 'x'.repeat((question.max_length ?? 50_000) + 1), 'too_long');
  add(question.format, 'not: that form!', 'malformed');
  add(question.min !== undefined, (question.min ?? 0) - 1, 'out_of_range');
  add(question.max !== undefined, (question.max ?? 0) + 1, 'out_of_range');
  add(['choice', 'environment'].includes(question.kind), 'no-such-option', 'unknown_option');
  add(question.kind === 'choices', ['no-such-option'], 'unknown_option');
  add(question.kind === 'email', 'nobody', 'malformed');
  add(question.kind === 'emails', ['ops@acme.example', 'nobody'], 'malformed');
  add(question.kind === 'url', 'javascript:alert(1)', 'malformed');
  add(question.kind === 'cidr-list', ['10.0.0.0/33'], 'malformed');
  add(question.kind === 'phone', 'call me', 'malformed');
  add(question.kind === 'number', 'many', 'malformed');
  add(question.kind === 'date', '31.12.2026', 'malformed');
  add(question.kind === 'date-time', 'yesterday', 'malformed');
  add(question.kind === 'date' && question.future, day(-2), 'not_in_future');
  add(question.kind === 'date-time' && question.future, `${day(-2)}T10:00:00Z`, 'not_in_future');
  const [from, to] = [`${day(90)}T10:00:00Z`, `${day(80)}T10:00:00Z`];
  add(question.kind === 'date-time-range', { from, to }, 'ends_before_start');
  add(question.kind === 'acknowledgement', false, 'required');
  add(question.kind === 'yes-no', 'perhaps', 'malformed');
  return found;
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
