// What every measurement in a browser stands on: a backend on demo data of its own, and
// Chromium with somebody signed in.

import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

export const CUSTOMER = 'customer@acme.example';
export const ANALYST = 'analyst@support.example';
const PASSWORD = 'casement-demo';

/** The system's browser, as in playwright.config.ts. */
function browserPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // not in this folder
      }
    }
  }
  return undefined;
}

/** A port that nobody listens on. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Waits until the backend answers; fails if it ends first. */
async function ready(url, program) {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    if (program.exitCode !== null) throw new Error(`the backend ended with ${program.exitCode}`);
    try {
      if ((await fetch(`${url}/healthz`)).ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the backend did not start within two minutes');
}

/** The API as somebody uses it who has signed in. */
export async function apiOf(url, email) {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(`signing in answered ${answer.status}`);
  const [cookie] = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  return async (method, path, body) => {
    const done = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { cookie, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: body && JSON.stringify(body),
    });
    if (!done.ok) throw new Error(`${method} ${path} answered ${done.status}: ${await done.text()}`);
    return done.json();
  };
}

/** Signs the browser in, by the API. */
async function signIn(context, url) {
  const answer = await context.request.post(`${url}/api/v1/session`, {
    headers: { 'idempotency-key': crypto.randomUUID() },
    data: { email: CUSTOMER, password: PASSWORD },
  });
  if (!answer.ok()) throw new Error(`signing in answered ${answer.status()}`);
}

/** Serves with these arguments on a port of its own while `use` runs. */
export async function serving(backend, args, use) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const program = spawn(backend, ['serve', '--port', String(port), ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    await ready(url, program);
    return await use(url);
  } finally {
    program.kill();
  }
}

/** Opens a browser with the customer signed in while `measure` runs. */
export async function opened(url, measure) {
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await signIn(context, url);
    return await measure(context, url);
  } finally {
    await browser.close();
  }
}

/** Starts the backend on demo data and the browser, measures, and ends both. */
export async function withBrowser(backend, site, measure) {
  const data = mkdtempSync(join(tmpdir(), 'casement-bench-'));
  try {
    return await serving(backend, ['--demo', '--data', data, '--site', site], (url) => opened(url, measure));
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
