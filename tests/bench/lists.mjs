// How soon lists of very many cases are answered.
//
//   node lists.mjs BACKEND REPORT --data DIR
//   node lists.mjs BACKEND REPORT --database-url URL
//
// Serves with BACKEND what was filled with `casement-backend fill` and asks for first pages,
// every order, filters, searches and counts, as the customer and as support, one at a time,
// and writes what each took, median and 95th percentile in milliseconds, to REPORT as JSON.

import { writeFileSync } from 'node:fs';

import { ANALYST, apiOf, CUSTOMER, serving } from './stand.mjs';

const [backend, report, ...store] = process.argv.slice(2);
const RUNS = 20;
const BUDGET = 120;

const SORTS = [
  '-updated', 'updated', '-created', 'created', 'subject', '-subject', '-priority', 'priority', 'status', '-status',
  'impact', '-impact', 'type', '-type', 'environment', '-environment', 'organisation', 'requester', '-requester', 'turn', '-turn',
];
const FILTERS = [
  'status=waiting_for_customer', 'status=closed', 'priority=urgent', 'impact=p2', 'type=problem', 'requester=me',
  'filed_by=me', 'watcher=me', 'attachments=yes', 'unread=yes', 'created_from=2026-06-01', 'updated_to=2025-12-31',
  'activity=needs_me', 'environment=Production',
];
const SEARCHES = ['checkout', 'checkout slow', '"slow checkout"', 'from:me checkout', 'zzzz', 'CS-000123', 'the'];
const ASKED = {
  'the first page': ['/cases?limit=40'],
  orders: SORTS.map((sort) => `/cases?limit=40&sort=${sort}`),
  filters: FILTERS.map((filter) => `/cases?limit=40&${filter}`),
  searches: SEARCHES.map((search) => `/cases?limit=40&q=${encodeURIComponent(search)}`),
  counts: ['/cases/counts', '/cases/counts?priority=urgent', '/cases/counts?q=checkout'],
  facets: ['/cases/facets'],
  activities: ['/activities'],
};

async function measure(api, path) {
  const times = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const start = performance.now();
    await api('GET', path);
    times.push(performance.now() - start);
  }
  // The first one warms up.
  const sorted = times.slice(1).sort((one, other) => one - other);
  const at = (part) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] * 10) / 10;
  return { path, median: at(0.5), p95: at(0.95) };
}

const found = {};
await serving(backend, store, async (url) => {
  for (const [who, email] of [['customer', CUSTOMER], ['support', ANALYST]]) {
    const api = await apiOf(url, email);
    const { total } = await api('GET', '/cases/counts');
    found[who] = { cases: total, lists: {} };
    for (const [kind, paths] of Object.entries(ASKED)) {
      found[who].lists[kind] = [];
      for (const path of paths) {
        found[who].lists[kind].push(await measure(api, path));
      }
    }
  }
});
writeFileSync(report, JSON.stringify(found, null, 2));
for (const [who, { cases, lists }] of Object.entries(found)) {
  console.log(`\n${who}, who sees ${cases} cases: median and 95th percentile in ms, of at most ${BUDGET}`);
  for (const { path, median, p95 } of Object.values(lists).flat()) {
    const over = median > BUDGET ? '  OVER the budget' : '';
    console.log(`${String(median).padStart(8)} ${String(p95).padStart(8)}  ${path}${over}`);
  }
}
