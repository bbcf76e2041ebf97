import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './places';
import type { Answer, Answers, CaseType, Condition, Question, Step } from './wire';

/** The ids and titles of the default catalogue's types that file a case, known before any backend runs. */
export function filingTypes(): { id: string; title: string }[] {
  const text = readFileSync(join(root, 'catalogues', 'spryker.toml'), 'utf8');
  return text.split('[[types]]').slice(1).flatMap((part) => {
    const id = /^id = "(.+)"$/m.exec(part)?.[1];
    const title = /^title = "(.+)"$/m.exec(part)?.[1];
    return id && title && !part.includes('[types.deflection]') ? [{ id, title }] : [];
  });
}

/** Whether an answer says a value, as conditions mean it. */
function says(answer: Answer | undefined, value: string): boolean {
  if (typeof answer === 'boolean') {
    return value === (answer ? 'yes' : 'no');
  }
  return Array.isArray(answer) ? answer.includes(value) : answer === value;
}

function holds(condition: Condition | undefined, answers: Answers): boolean {
  if (condition === undefined) {
    return true;
  }
  if ('is' in condition) {
    return says(answers[condition.question], condition.is);
  }
  if ('one-of' in condition) {
    return condition['one-of'].some((value) => says(answers[condition.question], value));
  }
  if ('answered' in condition) {
    return answers[condition.answered] !== undefined;
  }
  if ('all' in condition) {
    return condition.all.every((part) => holds(part, answers));
  }
  return 'any' in condition ? condition.any.some((part) => holds(part, answers)) : !holds(condition.not, answers);
}

/** The questions that are asked, step by step, and answers to those that must have one. */
export function walk(
  type: CaseType,
  environments: string[],
  given: Answers = {},
): { step: Step; questions: Question[]; answers: Answers }[] {
  const seen: Answers = {};
  const steps = [];
  for (const step of type.steps) {
    if (!holds(step.when, seen)) {
      continue;
    }
    const questions = [];
    const answers: Answers = {};
    for (const question of step.questions) {
      if (!holds(question.when, seen)) {
        continue;
      }
      questions.push(question);
      const answer = given[question.id] ?? (question.required ? sample(question, environments) : undefined);
      if (answer !== undefined) {
        answers[question.id] = seen[question.id] = answer;
      }
    }
    if (questions.length > 0) {
      steps.push({ step, questions, answers });
    }
  }
  return steps;
}

/** Answers to all questions that must have one. */
export function answersFor(type: CaseType, environments: string[], given: Answers = {}): Answers {
  return Object.assign({}, ...walk(type, environments, given).map((step) => step.answers)) as Answers;
}

const DAY = 86_400_000;

/** A moment on the full minute, as the portal's controls can name it. */
function moment(days: number): string {
  const minute = Math.floor((Date.now() + days * DAY) / 60_000) * 60_000;
  return new Date(minute).toISOString().replace('.000Z', 'Z');
}

/** An answer of the kind asked for. */
export function sample(question: Question, environments: string[]): Answer {
  const ahead = question.future ? 90 : -1;
  switch (question.kind) {
    case 'choice':
      return option(question);
    case 'choices':
      return [option(question)];
    case 'environment':
      return environments[0] ?? '';
    case 'email':
      return 'ops@acme.example';
    case 'emails':
      return ['ops@acme.example', 'night@acme.example'];
    case 'url':
      return 'https://shop.acme.example/checkout?step=2';
    case 'date':
      return moment(ahead).slice(0, 10);
    case 'date-time':
      return moment(ahead);
    case 'date-time-range':
      return { from: moment(ahead), to: moment(ahead + 1) };
    case 'number':
      return Math.max(question.min ?? 1, 1);
    case 'phone':
      return '+49 30 1234567';
    case 'cidr-list':
      return ['203.0.113.0/24', '2001:db8::/32'];
    case 'yes-no':
    case 'acknowledgement':
      return true;
    default:
      return text(question);
  }
}

function option(question: Question): string {
  const open = question.options?.find((choice) => choice.audience !== 'customers') ?? question.options?.[0];
  return open?.value ?? '';
}

function text(question: Question): string {
  switch (question.format) {
    case 'letters-and-digits':
      return 'acmeshop2';
    case 'hostname':
      return 'shop.acme.example';
    case 'ip-address':
      return '203.0.113.7';
    case 'ssh-public-key':
      return 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIF3vqZ0TtS8iQ2m9Wk2vVqv0Jm0X8T1N6l2bQ9Yp3c7K ops';
    default:
      return `Sample answer: ${question.label}`.padEnd(question.min_length ?? 0, '.').slice(0, question.max_length);
  }
}

/** What to answer so that a condition holds. */
function holding(type: CaseType, condition: Condition | undefined): Answers {
  if (condition === undefined) {
    return {};
  }
  if ('not' in condition) {
    return avoiding(type, condition.not);
  }
  if ('all' in condition) {
    return Object.assign({}, ...condition.all.map((part) => holding(type, part))) as Answers;
  }
  if ('any' in condition) {
    return holding(type, condition.any[0]);
  }
  const id = 'answered' in condition ? condition.answered : condition.question;
  const question = type.steps.flatMap((step) => step.questions).find((asked) => asked.id === id)!;
  const value = 'is' in condition ? condition.is : 'one-of' in condition ? condition['one-of'][0]! : 'x';
  const answer = question.kind === 'yes-no' ? value === 'yes' : question.kind === 'choices' ? [value] : value;
  return { ...asking(type, id), [id]: answer };
}

/** What to answer so that a condition on one question does not hold. */
function avoiding(type: CaseType, condition: Condition): Answers {
  if (!('question' in condition)) {
    return {};
  }
  const values = 'is' in condition ? [condition.is] : condition['one-of'];
  const question = type.steps.flatMap((step) => step.questions).find((asked) => asked.id === condition.question);
  const other = question?.options?.find((option) => !values.includes(option.value));
  return question && other ? { ...asking(type, question.id), [question.id]: other.value } : {};
}

/** What to answer so that a question is asked. */
export function asking(type: CaseType, id: string): Answers {
  const step = type.steps.find((known) => known.questions.some((question) => question.id === id))!;
  const question = step.questions.find((known) => known.id === id)!;
  return { ...holding(type, step.when), ...holding(type, question.when) };
}

/** The choice that parts a type into its kinds: the first that other questions depend on. */
export function parting(type: CaseType): Question | undefined {
  const conditions = JSON.stringify(type.steps);
  const choices = type.steps.flatMap((step) => step.questions).filter((question) => question.kind === 'choice');
  return choices.find((question) => conditions.includes(`"question":"${question.id}"`));
}
