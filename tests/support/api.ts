import { randomUUID } from 'node:crypto';

import { type APIRequestContext, type APIResponse, expect, request } from '@playwright/test';

import { PASSWORD } from './people';
import {
  type ActivityPart,
  type Answers,
  type Attachment,
  type CaseRecord,
  type CaseSummary,
  type Catalogue,
  type Entry,
  type Facets,
  messageOf,
  type Node,
  type Overview,
  type Page,
  type Session,
} from './wire';
import { answersFor } from './catalogue';

export type StorageState = Awaited<ReturnType<APIRequestContext['storageState']>>;

/** The backend's API, as one signed-in person uses it. */
export class Api {
  private constructor(readonly request: APIRequestContext) {}

  /** Signs in and keeps the session's cookie. */
  static async signIn(url: string, email: string, password: string = PASSWORD): Promise<Api> {
    // A test's own options would lend it the cookie of the page, and signing in ends that session.
    const context = await request.newContext({ baseURL: url, storageState: { cookies: [], origins: [] } });
    const answer = await context.post('/api/v1/session', { data: { email, password } });
    expect(answer.status(), await answer.text()).toBe(201);
    return new Api(context);
  }

  /** Uses a session that is there already. */
  static async with(url: string, storageState: StorageState): Promise<Api> {
    return new Api(await request.newContext({ baseURL: url, storageState }));
  }

  /** The session's cookie, for a browser. */
  async storageState(): Promise<StorageState> {
    return this.request.storageState();
  }

  async signOut(): Promise<void> {
    expect((await this.request.delete('/api/v1/session')).status()).toBe(204);
  }

  async session(): Promise<Session> {
    return this.get('/session');
  }

  async catalogue(): Promise<Catalogue> {
    return this.get('/catalogue');
  }

  async case(number: string): Promise<CaseRecord> {
    return this.get(`/cases/${number}`);
  }

  /** The cases a search finds, at most a page. */
  async search(q: string): Promise<CaseSummary[]> {
    const page = await this.get<Page<CaseSummary>>(`/cases?limit=100&q=${encodeURIComponent(q)}`);
    return page.items;
  }

  /** The first rows of a list. */
  async list(query: string): Promise<CaseSummary[]> {
    return (await this.get<Page<CaseSummary>>(`/cases?limit=40&${query}`)).items;
  }

  /** What lists can be narrowed to. */
  async facets(): Promise<Facets> {
    return this.get('/cases/facets');
  }

  /** What the person has to do with cases. */
  async activities(): Promise<ActivityPart[]> {
    return this.get('/activities');
  }

  /** Every entry of a case's timeline. */
  async timeline(number: string): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (let cursor = ''; ; ) {
      const page = await this.get<Page<Entry>>(`/cases/${number}/timeline?limit=100${cursor}`);
      entries.push(...page.items);
      if (page.next === undefined) {
        return entries;
      }
      cursor = `&cursor=${encodeURIComponent(page.next)}`;
    }
  }

  /** The sources of a case's messages. */
  async messages(number: string): Promise<string[]> {
    const entries = await this.timeline(number);
    return entries.flatMap((entry) => messageOf(entry)?.source ?? []);
  }

  /** How many of a case's messages have exactly this text. */
  async count(number: string, text: string): Promise<number> {
    return (await this.messages(number)).filter((source) => source === text).length;
  }

  /** Files a case of a type with sample answers, changed as said. */
  async file(type: string, answers: Answers = {}, organisation?: string): Promise<CaseSummary> {
    const [catalogue, session] = [await this.catalogue(), await this.session()];
    const found = catalogue.types.find((known) => known.id === type);
    if (!found) {
      throw new Error(`there is no case type ${type}`);
    }
    const membership = session.memberships.find((m) => m.organisation.id === organisation) ?? session.memberships[0];
    const all = answersFor(found, membership?.environments ?? [], answers);
    const filed = await this.post<CaseRecord>('/cases', { type, answers: all, organisation }, 201);
    return filed.summary;
  }

  /** Invites people to the person's first organisation. */
  async invite(emails: string[]): Promise<void> {
    const { id } = (await this.session()).memberships[0]!.organisation;
    await this.post(`/organisations/${id}/invitations`, { emails, role: 'user' }, 201);
  }

  /** What the backend says against a case that it must not take. */
  async refusal(body: object): Promise<{ pointer: string; code: string; message: string }[]> {
    const answer = await this.request.post('/api/v1/cases', { data: body, headers: { 'idempotency-key': randomUUID() } });
    const problem = await read<{ errors: { pointer: string; code: string; message: string }[] }>(answer, 422);
    return problem.errors;
  }

  /** The files of a case, the newest first. */
  async attachments(number: string): Promise<Attachment[]> {
    return this.get(`/cases/${number}/attachments`);
  }

  async reply(number: string, body: string): Promise<Entry> {
    return this.post(`/cases/${number}/messages`, { body }, 201);
  }

  /** Writes a note for support only. */
  async note(number: string, body: string): Promise<Entry> {
    return this.post(`/cases/${number}/messages`, { body, internal: true }, 201);
  }

  /** Notes how far the person has read. */
  async read(number: string, position: number): Promise<void> {
    await read(await this.request.put(`/api/v1/cases/${number}/read`, { data: { position } }), 200);
  }

  /** How a message would look. */
  async preview(number: string, body: string): Promise<Node[]> {
    return this.post(`/cases/${number}/preview`, { body }, 200);
  }

  /** Edits a message of one's own. */
  async edit(number: string, entry: Entry, body: string): Promise<void> {
    const times = messageOf(entry)?.edited?.times ?? 0;
    const headers = { 'if-match': `"${times}"` };
    await read(await this.request.put(`/api/v1/cases/${number}/messages/${entry.id}`, { data: { body }, headers }), 200);
  }

  /** Does something to the case as it is now. */
  async act(number: string, action: string, message?: string, details?: object): Promise<CaseRecord> {
    const { version } = await this.case(number);
    return this.post(`/cases/${number}/actions`, { action, message, details }, 200, { 'if-match': `"${version}"` });
  }

  /** What support tells everybody. */
  async notice(): Promise<{ version: number }> {
    return this.get('/notice');
  }

  /** Posts a notice in place of what stood at a version. */
  async postNotice(version: number, notice: object): Promise<{ version: number }> {
    const headers = { 'if-match': `"${version}"` };
    return read(await this.request.put('/api/v1/notice', { data: notice, headers }), 200);
  }

  async takeNoticeBack(version: number): Promise<void> {
    await read(await this.request.delete('/api/v1/notice', { headers: { 'if-match': `"${version}"` } }), 200);
  }

  /** Says that one has seen all one was told of. */
  async seeAll(): Promise<void> {
    await read(await this.request.put(`/api/v1/notifications/marks/${randomUUID()}`, { data: {} }), 200);
  }

  /** How the cases stand of the organisation that one administers. */
  async overview(): Promise<Overview> {
    return this.get('/overview');
  }

  private async get<T>(path: string): Promise<T> {
    return read(await this.request.get(`/api/v1${path}`), 200);
  }

  private async post<T>(path: string, data: unknown, status: number, headers: Record<string, string> = {}): Promise<T> {
    const answer = await this.request.post(`/api/v1${path}`, {
      data,
      headers: { 'idempotency-key': randomUUID(), ...headers },
    });
    return read(answer, status);
  }
}

async function read<T>(answer: APIResponse, status: number): Promise<T> {
  if (answer.status() !== status) {
    throw new Error(`${answer.url()} answered ${answer.status()}: ${await answer.text()}`);
  }
  return (await answer.json()) as T;
}
