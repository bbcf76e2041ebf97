import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from '../support/fixtures';
import { CasePage } from '../support/pages';
import { PEOPLE } from '../support/people';
import { root } from '../support/places';

test.use({ account: 'customer' });

/** The commands with which README lets one act as support. */
function commands(): string {
  const blocks = readFileSync(join(root, 'README.md'), 'utf8').split(/^```\w*$/m);
  return blocks.find((block) => block.includes('$API/session')) ?? '';
}

test('the commands in README act as support, and the open page follows', async ({ page, as, backend }) => {
  const { number } = await (await as('customer')).file('problem', { subject: 'Acted on with curl' });
  const open = new CasePage(page);
  await open.open(number);
  const script = commands()
    .replace(/^API=http:\/\/127\.0\.0\.1:8080/m, `API=${backend.url}`)
    .replace(/^CASE=CS-\d+/m, `CASE=${number}`);
  expect(script).toContain(`API=${backend.url}`);
  expect(script).toContain(`CASE=${number}`);
  const run = spawnSync('bash', ['-eu', '-c', script], { cwd: backend.data, encoding: 'utf8' });
  expect(run.status, `${run.stderr}${String(run.error ?? '')}`).toBe(0);
  expect(run.stdout).not.toContain('"code":"');
  await open.hasStatus('solution_proposed', 1000);
  await expect(open.messages(PEOPLE.analyst.name)).toHaveCount(3);
  await expect(open.message('Only the team sees this.')).toHaveCount(0);
  const entries = await (await as('analyst')).messages(number);
  expect(entries).toContain('Only the team sees this.');
});
