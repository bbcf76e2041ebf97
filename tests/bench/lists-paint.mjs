// How soon lists of very many cases are on the screen.
//
//   node lists-paint.mjs BACKEND SITE REPORT --data DIR
//   node lists-paint.mjs BACKEND SITE REPORT --database-url URL
//
// Serves with BACKEND what was filled with `casement-backend fill`, opens the list in Chromium
// as the customer, and sorts, filters and searches it, each in ways the page has not yet an
// answer to. Writes to REPORT as JSON how long it took from the press to the painted rows, in
// milliseconds. A second passes between searches: one that begins within 150 ms of another waits,
// as somebody types on.

import { writeFileSync } from 'node:fs';

import { opened, serving } from './stand.mjs';

const [backend, site, report, ...store] = process.argv.slice(2);
const BUDGET = 120;
const ROUNDS = 3;
const SORTS = ['updated', '-created', 'created', 'subject', '-subject', '-priority', 'priority', 'status', '-status'];
// Without the one of the newest cases: their rows would stay.
const STATUSES = ['diagnosis', 'waiting_for_customer', 'waiting_for_support', 'solution_proposed', 'closed'];
const WORDS = ['checkout', '"slow checkout"', 'the', 'zzzz', 'c', 'slow', 'CS-000123', 'status:closed checkout', 'order'];

/** Does something to the page and answers how long it was until other rows were painted. */
async function painted(page, name, value) {
  const took = await page.evaluate(
    ([name, value]) =>
      new Promise((done) => {
        const rows = () => {
          const links = [...document.querySelectorAll('main .row a[href^="/cases/"]')].slice(0, 5);
          return links.map((link) => link.href).join() || (document.querySelector('main .empty') ? 'none' : '');
        };
        const before = rows();
        const acts = {
          open: () => document.querySelector('.bar-nav a[href="/cases"]').click(),
          sort: () => {
            const select = document.querySelector('.sort select');
            select.value = value;
            select.dispatchEvent(new Event('change', { bubbles: true }));
          },
          filter: () => document.querySelector(`.chip[data-status="${value}"] input`).click(),
          search: () => {
            const input = document.querySelector('main input[type="search"]');
            input.value = value;
            input.dispatchEvent(new Event('input', { bubbles: true }));
          },
        };
        const start = performance.now();
        const look = () => {
          const now = rows();
          if (now !== before && now !== '') {
            requestAnimationFrame(() => done(performance.now() - start));
          } else if (performance.now() - start > 5000) {
            done(Number.NaN);
          } else {
            requestAnimationFrame(look);
          }
        };
        acts[name]();
        requestAnimationFrame(look);
      }),
    [name, value],
  );
  if (Number.isNaN(took)) throw new Error(`no other rows after: ${name} ${value ?? ''}`);
  return took;
}

async function usual(page, url) {
  await page.goto(`${url}/cases`);
  await page.locator('main .row a').first().waitFor();
  await page.waitForTimeout(1500);
}

function statistics(times) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), runs: sorted.length };
}

async function measure(context, url) {
  const page = await context.newPage();
  const times = { open: [], sort: [], filter: [], search: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let run = 0; run < 5; run += 1) {
      await page.goto(url);
      await page.locator('.bar-nav a[href="/cases"]').waitFor();
      await page.locator('main .recent-list').waitFor();
      times.open.push(await painted(page, 'open'));
    }
    await usual(page, url);
    for (const sort of SORTS) {
      times.sort.push(await painted(page, 'sort', sort));
    }
    for (const status of STATUSES) {
      await usual(page, url);
      times.filter.push(await painted(page, 'filter', status));
    }
    await usual(page, url);
    for (const word of WORDS) {
      await page.waitForTimeout(1000);
      times.search.push(await painted(page, 'search', word));
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, statistics(all)]));
}

const found = await serving(backend, [...store, '--site', site], (url) => opened(url, measure));
writeFileSync(report, JSON.stringify(found, null, 2));
console.log(`\nFrom the press to the painted rows, in ms, of at most ${BUDGET}`);
for (const [name, { p50, p95, runs }] of Object.entries(found)) {
  console.log(`${String(p50).padStart(8)} ${String(p95).padStart(8)}  ${name}, ${runs} times`);
}
