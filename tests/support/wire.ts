/** The parts of the contract that the tests read. */

export type Status =
  | 'received'
  | 'diagnosis'
  | 'waiting_for_customer'
  | 'waiting_for_support'
  | 'solution_proposed'
  | 'closed';

/** The words people see. */
export const STATUS_LABEL: Record<Status, string> = {
  received: 'Received',
  diagnosis: 'Diagnosis',
  waiting_for_customer: 'Waiting for customer',
  waiting_for_support: 'Waiting for support',
  solution_proposed: 'Solution proposed',
  closed: 'Closed',
};

export type Answer = boolean | number | string | string[] | { from: string; to: string };
export type Answers = Record<string, Answer>;

export interface CaseSummary {
  number: string;
  subject: string;
  status: Status;
  type_id: string;
  type_title: string;
  organisation: { id: string; name: string };
  priority: string;
  impact?: string;
  requester: { id: string; name: string };
}

export type Activity =
  | 'needs_me'
  | 'waiting_for_support'
  | 'watching'
  | 'filed_by_me'
  | 'filed_for_me'
  | 'closed_recently';

export const ACTIVITY_LABEL: Record<Activity, string> = {
  needs_me: 'Needs your action',
  waiting_for_support: 'Waiting for support',
  watching: 'Watching',
  filed_by_me: 'Filed by you',
  filed_for_me: 'Filed for you',
  closed_recently: 'Closed in the last 30 days',
};

export interface ActivityPart {
  activity: Activity;
  count: number;
  cases: CaseSummary[];
}

export interface Facets {
  types: { id: string; title: string }[];
  environments: string[];
  people: { id: string; name: string }[];
}

export interface Overview {
  open: { status: string; ages: number[] }[];
  satisfaction: number[];
  effort: number[];
  filed: { monday: string; cases: number }[];
  people: { person: { id: string; name: string }; open: number; all: number }[];
}

export interface CaseRecord {
  summary: CaseSummary;
  version: number;
  filer: { id: string; name: string };
  queue?: string;
  receipt: string;
  desired_date?: string;
  internal_reference?: string;
  etas: { to?: string }[];
  jira?: { key: string; status?: string };
  survey: string | { answered: { answer: { effort: number; satisfaction: number; comment?: string } } };
  watchers: { person?: { name: string }; address?: string }[];
  escalation?: { state: string };
  follows?: { number: string };
  followed_by: { number: string }[];
  actions: string[];
  read_to: number;
  submission: { question: string; label: string; words: string[] }[];
}

/** A node of formatted text: its kind with its content, or just its kind. */
export type Node = string | { [kind: string]: NodeContent };

export interface NodeContent {
  text?: string;
  level?: number;
  language?: string;
  start?: number;
  person?: { id: string; name: string };
  href?: string;
  children?: Node[];
  items?: Node[][];
  head?: Node[][];
  rows?: Node[][][];
}

export interface Message {
  purpose: string;
  source: string;
  body: Node[];
  edited?: { times: number; at: string };
}

export interface Entry {
  id: string;
  position: number;
  at: string;
  author: { name: string };
  content: 'filed' | { message?: Message };
}

export interface Page<T> {
  items: T[];
  next?: string;
}

export interface Session {
  person: { id: string; name: string };
  email: string;
  memberships: { organisation: { id: string; name: string }; role: string; environments: string[] }[];
}

export type Condition =
  | { question: string; is: string }
  | { question: string; 'one-of': string[] }
  | { answered: string }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

export interface Choice {
  value: string;
  title: string;
  help?: string;
  audience?: string;
}

export interface Question {
  id: string;
  kind: string;
  label: string;
  help?: string;
  required?: boolean;
  when?: Condition;
  options?: Choice[];
  min_length?: number;
  max_length?: number;
  min?: number;
  max?: number;
  format?: string;
  future?: boolean;
  lead_time?: { days: number; effect: 'warn' | 'block'; text: string };
}

export interface Step {
  title: string;
  when?: Condition;
  questions: Question[];
}

export interface CaseType {
  id: string;
  title: string;
  audience?: string;
  queue: string;
  receipt?: string;
  impact?: string;
  processing_time?: string;
  deflection?: { leads_to: string };
  steps: Step[];
}

export interface Catalogue {
  types: CaseType[];
}

/** What an entry says, where it is a message. */
export function messageOf(entry: Entry): Message | undefined {
  return typeof entry.content === 'string' ? undefined : entry.content.message;
}

/** A file of a case. */
export interface Attachment {
  file: { id: string; name: string; kind: string; size: number };
  sha256: string;
  by: { name: string };
  entry: string;
}
