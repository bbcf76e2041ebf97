import { expect, type Locator, type Page } from '@playwright/test';

import { literal } from './text';
import { type Activity, ACTIVITY_LABEL, type CaseSummary, type Status, STATUS_LABEL } from './wire';

/** The page of a case. */
export class CasePage {
  readonly conversation: Locator;
  readonly submission: Locator;
  readonly reply: Locator;
  readonly send: Locator;

  constructor(readonly page: Page) {
    this.conversation = page.getByRole('region', { name: 'Conversation' });
    this.submission = page.getByRole('region', { name: 'Original submission' });
    this.reply = page.getByRole('textbox', { name: 'Reply' });
    this.send = page.getByRole('button', { name: 'Send', exact: true });
  }

  async open(number: string): Promise<void> {
    await this.page.goto(`/cases/${number}`);
    await expect(this.conversation).toBeVisible();
  }

  /** The messages of a person, or all. */
  messages(from = ''): Locator {
    return this.conversation.getByRole('article', { name: `Message from ${from}` });
  }

  /** The messages that hold a text. */
  message(text: string | RegExp): Locator {
    return this.messages().filter({ hasText: text });
  }

  async hasStatus(status: Status, timeout?: number): Promise<void> {
    await expect(this.page.getByTestId('status')).toHaveText(STATUS_LABEL[status], { timeout });
  }

  /** Chooses an entry of the menu “Actions”. */
  async choose(action: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Actions', exact: true }).click();
    await this.page.getByRole('menuitem', { name: action, exact: true }).click();
  }

  /** The dialog that asks what goes with an action. */
  dialog(title: string): Locator {
    return this.page.getByRole('dialog', { name: title, exact: true });
  }

  /** Accepts the proposed solution, with a word about it if there is one to say. */
  async accept(note = ''): Promise<void> {
    await this.page.getByRole('button', { name: 'Accept solution' }).click();
    const dialog = this.dialog('Accept solution');
    await dialog.getByRole('textbox', { name: 'Note' }).fill(note);
    await dialog.getByRole('button', { name: 'Accept solution' }).click();
    await expect(dialog).toBeHidden();
  }

  /** What is known of the case, by the name of the fact. */
  fact(name: string): Locator {
    const facts = this.page.getByRole('complementary', { name: 'About this case' });
    return facts.locator('.fact').filter({ has: this.page.getByText(name, { exact: true }) }).getByRole('definition');
  }

  /** The errors of a field are part of its description. */
  async replyFails(why: RegExp): Promise<void> {
    await expect(this.reply).toHaveAccessibleDescription(why);
    await expect(this.reply).toHaveAttribute('aria-invalid', 'true');
  }
}

/** The list of cases. */
export class ListPage {
  readonly table: Locator;
  readonly search: Locator;
  readonly sort: Locator;
  readonly statuses: Locator;

  constructor(readonly page: Page) {
    this.table = page.getByRole('table', { name: 'Cases' });
    this.search = page.getByRole('searchbox', { name: 'Search cases' });
    this.sort = page.getByRole('combobox', { name: 'Sort by' });
    this.statuses = page.getByRole('group', { name: 'Status' });
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`/cases${query}`);
    await expect(this.page.getByRole('heading', { level: 1, name: 'Our cases' })).toBeVisible();
  }

  status(status: Status): Locator {
    return this.statuses.getByRole('checkbox', { name: STATUS_LABEL[status], exact: true });
  }

  /** The subjects shown, in their order. */
  subjects(): Locator {
    return this.table.getByRole('link');
  }

  row(subject: string): Locator {
    const link = this.page.getByRole('link', { name: subject, exact: true });
    return this.table.getByRole('row').filter({ has: link });
  }

  /** The rows are those, in this order. Only rows near the screen are in the page. */
  async shows(cases: CaseSummary[]): Promise<void> {
    const squeezed = (subject: string) => subject.replace(/\s+/g, ' ').trim();
    const shown = async () => (await this.subjects().allTextContents()).slice(0, 10).map(squeezed);
    await expect.poll(shown).toEqual(cases.slice(0, 10).map(({ subject }) => squeezed(subject)));
  }

  /** Opens what narrows and arranges the list, unless it is open. */
  async arrange(): Promise<void> {
    const columns = this.page.getByRole('button', { name: 'Columns', exact: true });
    const filter = this.page.getByRole('button', { name: 'Filter', exact: true });
    await expect(columns.or(filter).first()).toBeVisible();
    if (await filter.isVisible() && !(await columns.isVisible())) {
      await filter.click();
    }
    await expect(columns).toBeVisible();
  }

  /** Chooses a field and one of its values. */
  async narrow(field: string, value: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Filter by' }).selectOption({ label: field });
    const values = this.page.getByRole('combobox', { name: `${field}: choose a value` });
    await expect(values).toBeFocused();
    await values.selectOption({ label: value });
  }

  async narrowToDay(field: string, day: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Filter by' }).selectOption({ label: field });
    await this.page.getByLabel(`${field}: choose a value`).fill(day);
  }

  /** A cell of a row by what it says. */
  cell(subject: string, says: string): Locator {
    return this.row(subject).getByRole('cell', { name: new RegExp(`^${literal(says)}$`) });
  }
}

/** What one has to do with cases. */
export class ActivitiesPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/activities');
    await expect(this.page.getByRole('heading', { level: 1, name: 'My activities' })).toBeVisible();
    await expect(this.tally('needs_me')).toBeVisible();
  }

  /** How many cases a part has: a link to it. */
  tally(activity: Activity): Locator {
    const tallies = this.page.getByRole('navigation', { name: 'Your activities at a glance' });
    return tallies.getByRole('link', { name: ACTIVITY_LABEL[activity] });
  }

  part(activity: Activity): Locator {
    return this.page.getByRole('region', { name: ACTIVITY_LABEL[activity], exact: true });
  }

  rows(activity: Activity): Locator {
    return this.part(activity).getByRole('listitem');
  }

  row(activity: Activity, subject: string): Locator {
    return this.rows(activity).filter({ has: this.page.getByRole('link', { name: subject, exact: true }) });
  }
}

/** The message that the backend is gone. */
export function offlineBanner(page: Page): Locator {
  return page.getByRole('alert').filter({ hasText: /reach the server/ });
}

/** The dialog in which one signs in again. */
export function signInDialog(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Sign in again' });
}
