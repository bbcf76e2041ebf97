// What Chromium transfers to show the case list for the first time: every
// request with its headers, the API's answers too.
//
//   node first-load.mjs BACKEND SITE REPORT
//
// Starts BACKEND on demo data of its own, signs in, empties the browser's
// cache, opens /cases and writes the bytes by request to REPORT as JSON.

import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const [backend, site, report] = process.argv.slice(2);
const account = { email: 'customer@acme.example', password: 'casement-demo' };

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

/** Signs in with the API, from the page, so that the cookie is the browser's. */
async function signIn(page, url) {
  await page.goto(`${url}/favicon.svg`);
  const status = await page.evaluate(async (body) => {
    const answer = await fetch('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(body),
    });
    return answer.status;
  }, account);
  if (status >= 300) throw new Error(`signing in answered ${status}`);
}

/** Opens the case list cold and answers each request's path and bytes. */
async function firstLoad(context, url) {
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.clearBrowserCache');
  const requests = new Map();
  const add = (id, bytes) => {
    const request = requests.get(id);
    if (request) request.bytes += bytes;
  };
  network.on('Network.requestWillBeSent', ({ requestId, request }) => {
    const { pathname, search } = new URL(request.url);
    requests.set(requestId, { path: pathname + search, bytes: 0, encoding: null });
  });
  // Headers come with the response, the body in pieces: the live stream never
  // finishes, so a total at the end would miss it.
  network.on('Network.responseReceived', ({ requestId, response }) => {
    add(requestId, response.encodedDataLength);
    const request = requests.get(requestId);
    if (request) {
      request.status = response.status;
      request.encoding = response.headers['content-encoding'] ?? null;
    }
  });
  network.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    add(requestId, encodedDataLength);
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId);
    if (request) request.bytes = Math.max(request.bytes, encodedDataLength);
  });
  await page.goto(`${url}/cases`);
  // The list is usable once it links to a case.
  await page.locator('main a[href*="/cases/CS-"]').first().waitFor({ timeout: 30_000 });
  await page.waitForFunction(() => document.readyState === 'complete');
  return [...requests.values()].filter(({ path }) => !path.startsWith('data:'));
}

const data = mkdtempSync(join(tmpdir(), 'casement-bench-'));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const program = spawn(
  backend,
  ['serve', '--demo', '--port', String(port), '--data', data, '--site', site],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
let browser;
try {
  await ready(url, program);
  browser = await chromium.launch({
    executablePath: browserPath(),
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, url);
  await page.close();
  const requests = await firstLoad(context, url);
  const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
  writeFileSync(report, `${JSON.stringify({ requests, bytes }, null, 2)}\n`);
} finally {
  await browser?.close();
  program.kill();
  rmSync(data, { recursive: true, force: true });
}
