import { expect, type Locator, type Page } from '@playwright/test';

import { literal } from './text';
import type { Answer, Answers, CaseType, Question } from './wire';
import { walk } from './catalogue';

/** A question's name, as its control has it. */
export function named(question: Pick<Question, 'label'>): RegExp {
  return new RegExp(`^${literal(question.label)}( ?\\(optional\\))?$`);
}

/** A moment as a `datetime-local` control names it, in the browser's zone. */
async function local(page: Page, moment: string): Promise<string> {
  return page.evaluate((utc) => {
    const at = new Date(utc);
    return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }, moment);
}

/** The control of a question, or the group of its controls. */
export function control(page: Page | Locator, question: Question): Locator {
  const name = named(question);
  switch (question.kind) {
    case 'choice':
    case 'choices':
    case 'yes-no':
    case 'date-time-range':
      return page.getByRole('group', { name });
    case 'emails':
      return page.getByRole('combobox', { name });
    case 'environment':
      return page.getByRole('combobox', { name }).or(page.getByRole('group', { name }));
    case 'acknowledgement':
      return page.getByRole('checkbox', { name });
    case 'number':
      return page.getByRole('spinbutton', { name }).or(page.getByRole('textbox', { name }));
    case 'date':
    case 'date-time':
      return page.getByLabel(name);
    default:
      return page.getByRole('textbox', { name });
  }
}

/** Answers a question the way a person would. */
export async function answer(page: Page, question: Question, value: Answer): Promise<void> {
  const field = control(page, question);
  const title = (chosen: string) => question.options?.find((option) => option.value === chosen)?.title ?? chosen;
  const starting = (text: string) => new RegExp(`^${literal(text)}`);
  switch (question.kind) {
    case 'choice':
      return field.getByRole('radio', { name: starting(title(String(value))) }).check();
    case 'yes-no':
      return field.getByRole('radio', { name: value ? 'Yes' : 'No', exact: true }).check();
    case 'choices':
      for (const chosen of value as string[]) {
        await field.getByRole('checkbox', { name: starting(title(chosen)) }).check();
      }
      return;
    case 'environment':
      if ((await field.getByRole('radio').count()) > 0) {
        return field.getByRole('radio', { name: String(value), exact: true }).check();
      }
      await field.selectOption({ label: String(value) });
      return;
    case 'emails':
      for (const address of value as string[]) {
        await field.fill(address);
        await field.press('Enter');
      }
      return;
    case 'acknowledgement':
      return field.check();
    case 'date-time':
      return field.fill(await local(page, String(value)));
    case 'date-time-range': {
      const { from, to } = value as { from: string; to: string };
      await field.getByLabel(/^(From|Start)/).fill(await local(page, from));
      return field.getByLabel(/^(To|Until|End)/).fill(await local(page, to));
    }
    default:
      return field.fill(Array.isArray(value) ? value.join('\n') : String(value));
  }
}

/** The heading of the assistant's present step. */
export function stepHeading(page: Page, title: string): Locator {
  return page.getByRole('heading', { level: 2, name: title, exact: true });
}

/** Answers one step after the other, up to the review. */
export async function toReview(
  page: Page,
  type: CaseType,
  environments: string[],
  given: Answers = {},
): Promise<void> {
  const steps = walk(type, environments, given);
  for (const [index, { step, questions, answers }] of steps.entries()) {
    await expect(stepHeading(page, step.title)).toBeVisible();
    for (const question of questions) {
      const value = answers[question.id];
      if (value !== undefined) {
        await answer(page, question, value);
      }
    }
    const last = index === steps.length - 1;
    await page.getByRole('button', { name: last ? 'Review' : 'Next', exact: true }).click();
  }
  await expect(page.getByRole('button', { name: 'Submit', exact: true })).toBeVisible();
}

/** The number on the confirmation page. */
export async function confirmed(page: Page): Promise<string> {
  const heading = page.getByRole('heading', { level: 1, name: /^Case CS-\d{6,} received$/ });
  await expect(heading).toBeVisible();
  return /CS-\d+/.exec(await heading.innerText())?.[0] ?? '';
}
