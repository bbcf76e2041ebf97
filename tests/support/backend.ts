import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { backendProgram, root, site } from './places';

/** The environment variable that names the folder of loaded demo data. */
export const TEMPLATE = 'CASEMENT_TEST_TEMPLATE';

const STARTUP = 30_000;

/** The environment without settings that an operator left for a backend of their own. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CASEMENT_')));

export interface NewAccount {
  email: string;
  name: string;
  password: string;
  organisation: string;
  role?: 'user' | 'administrator' | 'partner';
}

/** A backend of one's own: a process on a free port, over data nobody else sees. */
export class Backend {
  /** Where it answers; the same after a restart. */
  url = '';
  /** What it said on standard error. */
  log = '';
  private process: ChildProcess | undefined;

  private constructor(
    readonly data: string,
    private readonly settings: Record<string, string> = {},
  ) {}

  /** Starts one on a copy of the demo data, with settings as variables. */
  static async start(settings: Record<string, string> = {}): Promise<Backend> {
    const template = process.env[TEMPLATE];
    if (!template) {
      throw new Error(`${TEMPLATE} is not set: the global setup did not run`);
    }
    const data = mkdtempSync(join(tmpdir(), 'casement-test-'));
    cpSync(template, data, { recursive: true });
    const backend = new Backend(data, settings);
    await backend.run();
    return backend;
  }

  /** Loads the demo data once, for the copies. */
  static async makeTemplate(): Promise<string> {
    const backend = new Backend(mkdtempSync(join(tmpdir(), 'casement-template-')));
    await backend.run();
    await backend.stop();
    return backend.data;
  }

  /** Delivers a mail as a mail server does: whole, under a name of its own. */
  deliver(name: string, mail: string): void {
    for (const folder of ['tmp', 'new']) {
      mkdirSync(join(this.data, 'mail-in', folder), { recursive: true });
    }
    const written = join(this.data, 'mail-in', 'tmp', name);
    writeFileSync(written, mail.replaceAll('\n', '\r\n'));
    renameSync(written, join(this.data, 'mail-in', 'new', name));
  }

  /** Starts the process, again on the same port and data if it ran before. */
  async run(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port;
    const args = ['serve', '--demo', '--port', port, '--data', this.data, '--site', site];
    const child = spawn(backendProgram(), args, {
      cwd: root,
      env: { ...env, CASEMENT_MAIL_IN: join(this.data, 'mail-in'), ...this.settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.log += text));
    let said = '';
    child.stdout.setEncoding('utf8');
    this.url = await new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => fail(`did not start within ${STARTUP / 1000} s`), STARTUP);
      const fail = (why: string) => reject(new Error(`The backend ${why}.\n${said}\n${this.log}`));
      child.once('error', (error) => fail(`cannot be run: ${error.message}`));
      child.once('exit', (code) => fail(`ended with ${code}`));
      child.stdout.on('data', (text: string) => {
        said += text;
        const address = /is at (http:\/\/\S+)/.exec(said)?.[1];
        if (address) {
          clearTimeout(timer);
          resolve(address);
        }
      });
    });
  }

  /** Ends it as an operator would. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) {
      return;
    }
    child.removeAllListeners('exit');
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  /** Stops it and forgets its data. */
  async discard(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true });
  }

  /** Adds an account with the command line, beside the running process. */
  addAccount(account: NewAccount): void {
    const args = ['user', 'add', '--data', this.data, '--name', account.name];
    args.push('--organisation', account.organisation, '--role', account.role ?? 'user', account.email);
    const done = spawnSync(backendProgram(), args, {
      cwd: root,
      env,
      input: `${account.password}\n`,
      encoding: 'utf8',
    });
    if (done.status !== 0) {
      throw new Error(`user add: ${done.stderr}`);
    }
  }
}
