// What Chromium transfers to show the case list for the first time: every
// request with its headers, the API's answers too.
//
//   node first-load.mjs BACKEND SITE REPORT
//
// Starts BACKEND on demo data of its own, signs in, empties the browser's
// cache, opens /cases and writes the bytes by request to REPORT as JSON.

import { writeFileSync } from 'node:fs';

import { withBrowser } from './stand.mjs';

const [backend, site, report] = process.argv.slice(2);

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

const requests = await withBrowser(backend, site, firstLoad);
const bytes = requests.reduce((sum, request) => sum + request.bytes, 0);
writeFileSync(report, `${JSON.stringify({ requests, bytes }, null, 2)}\n`);
