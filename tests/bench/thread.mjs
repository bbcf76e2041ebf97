// How soon a thread of 5 000 messages is there, and how many elements the page has.
//
//   node thread.mjs BACKEND SITE REPORT
//
// Starts BACKEND on demo data of its own, writes the messages with the API, opens the
// case from the list several times, and writes what it took to REPORT as JSON. Times
// are in milliseconds, from the click on the row to the last message on the screen:
// with the code there that a list fetches ahead, and, cold, without it.

import { writeFileSync } from 'node:fs';

import { ANALYST, apiOf, CUSTOMER, withBrowser } from './stand.mjs';

const [backend, site, report] = process.argv.slice(2);
const MESSAGES = 5000;
const RUNS = 15;
/** So often also without the code. */
const COLD_RUNS = 5;
/** Requests under way at a time while the messages are written. */
const AT_ONCE = 8;

/** Something like what people write: mostly short, some with a list or code. */
function text(turn) {
  const code = turn % 9 === 0 ? '\n\n```sh\nvendor/bin/console queue:worker:start\n```' : '';
  const list = turn % 7 === 0 ? '\n\n1. one thing\n2. another **thing**\n3. a [third](https://third.example)' : '';
  return `Message ${turn}. ${'It happens again and again. '.repeat(1 + (turn % 6))}${list}${code}`;
}

/** Writes the thread to the customer's newest open case and answers the case's number. */
async function write(url) {
  const [customer, analyst] = [await apiOf(url, CUSTOMER), await apiOf(url, ANALYST)];
  const { items } = await customer('GET', '/cases?status=received,diagnosis&limit=1');
  const { number } = items[0];
  for (let turn = 1; turn <= MESSAGES; turn += AT_ONCE) {
    const turns = Array.from({ length: Math.min(AT_ONCE, MESSAGES - turn + 1) }, (_, more) => turn + more);
    await Promise.all(
      turns.map((now) => (now % 2 ? customer : analyst)('POST', `/cases/${number}/messages`, { body: text(now) })),
    );
  }
  const last = await analyst('POST', `/cases/${number}/messages`, { body: 'The very last message.' });
  return { number, last: last.id };
}

/** Clicks on the case's row and waits, picture by picture, until its last message is on the screen. */
function open(page, { number, last }) {
  return page.evaluate(
    ({ number, last }) =>
      new Promise((done, fail) => {
        const link = document.querySelector(`main .row a[href*="${number}"]`);
        const start = performance.now();
        const look = () => {
          const rect = document.getElementById(`entry-${last}`)?.getBoundingClientRect();
          if (rect && rect.top < innerHeight && rect.bottom > 0) {
            // It is painted once the next picture begins.
            requestAnimationFrame(() => done(performance.now() - start));
          } else if (performance.now() - start > 20_000) {
            fail(new Error('the last message did not come'));
          } else {
            requestAnimationFrame(look);
          }
        };
        link.click();
        requestAnimationFrame(look);
      }),
    { number, last },
  );
}

const nodes = (page) => page.evaluate(() => document.querySelectorAll('*').length);
const pictures = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
const row = (page, number) => page.locator(`main .row a[href*="${number}"]`);

/** Scrolls from the end to the beginning and answers the most elements there were. */
async function scrollThrough(page) {
  let most = 0;
  await page.mouse.move(400, 500);
  for (let turns = 0; turns < 5000; turns += 1) {
    most = Math.max(most, await nodes(page));
    if (await page.evaluate(() => window.scrollY < 1)) return { most, turns };
    await page.mouse.wheel(0, -1200);
    await pictures(page);
  }
  throw new Error('the beginning did not come');
}

/** Waits for what the list fetches ahead: the part of the program that shows a case. */
async function codeFetched(page) {
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.includes('split_record') && responseEnd > 0),
  );
  await pictures(page);
}

function statistics(times) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (part) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] * 10) / 10;
  return { p50: at(0.5), p95: at(0.95), runs: sorted.length };
}

async function measure(context, url) {
  const thread = await write(url);
  const page = await context.newPage();
  const [cold, fresh, cached, counts] = [[], [], [], {}];
  // Loading the page empties what it remembers.
  for (let run = 0; run < COLD_RUNS; run += 1) {
    await page.goto(`${url}/cases`);
    await row(page, thread.number).waitFor();
    cold.push(await open(page, thread));
  }
  for (let run = 0; run < RUNS; run += 1) {
    await page.goto(`${url}/cases`);
    await row(page, thread.number).waitFor();
    await codeFetched(page);
    fresh.push(await open(page, thread));
    await pictures(page);
    counts.opened = Math.max(counts.opened ?? 0, await nodes(page));
    await page.locator('.case-way a').click();
    await row(page, thread.number).waitFor();
    cached.push(await open(page, thread));
  }
  await page.getByRole('button', { name: 'Go to the first entry' }).click();
  await page.getByText('Message 1.').first().waitFor();
  await pictures(page);
  counts.at_first = await nodes(page);
  await page.getByRole('button', { name: 'Go to the last entry' }).click();
  await page.getByText('The very last message.').waitFor();
  const { most, turns } = await scrollThrough(page);
  counts.scrolled_through = most;
  return {
    messages: MESSAGES,
    cold: statistics(cold),
    opened: statistics(fresh),
    cached: statistics(cached),
    nodes: counts,
    turns,
  };
}

writeFileSync(report, `${JSON.stringify(await withBrowser(backend, site, measure), null, 2)}\n`);
