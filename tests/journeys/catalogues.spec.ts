import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';


import { violations } from '../support/axe';
import { Api } from '../support/api';
import { confirmed, stepHeading, toReview } from '../support/assistant';
import { Backend } from '../support/backend';
import { walk } from '../support/catalogue';
import { expect, test } from '../support/fixtures';
import { PEOPLE } from '../support/people';
import { root } from '../support/places';

for (const name of ['spryker-v6', 'tickets']) {
  test(`the catalogue “${name}” is a portal by configuration alone`, async ({ browser, watch }) => {
    test.setTimeout(240_000);
    const backend = await Backend.start({ CASEMENT_CATALOGUE: name });
    try {
      const api = await Api.signIn(backend.url, PEOPLE.customer.email);
      const context = await browser.newContext({ baseURL: backend.url, storageState: await api.storageState() });
      await watch.over(context);
      const page = await context.newPage();
      const { types } = await api.catalogue();
      const { environments } = (await api.session()).memberships[0]!;
      await page.goto('/cases/new');
      const tiles = page.getByRole('main').getByRole('link');
      await expect(tiles).toHaveCount(types.length);
      expect(await violations(page)).toEqual([]);
      for (const type of types) {
        await page.goto('/cases/new');
        await tiles.filter({ has: page.getByText(type.title, { exact: true }) }).click();
        await expect(page.getByRole('heading', { level: 1, name: type.title, exact: true })).toBeVisible();
        const subject = `Filed with ${name}: ${type.title}`;
        await toReview(page, type, environments, { subject });
        await page.getByRole('button', { name: 'Submit', exact: true }).click();
        const record = await api.case(await confirmed(page));
        expect(record.summary.subject).toBe(subject);
        expect(record.receipt).toBe(type.receipt ?? 'case');
      }
      // Cases filed with another catalogue still show what they were asked.
      const earlier = (await api.search('')).find((summary) => !types.some((type) => type.id === summary.type_id))!;
      await page.goto(`/cases/${earlier.number}`);
      await expect(page.getByRole('region', { name: 'Original submission' })).toBeVisible();
      await context.close();
    } finally {
      await backend.discard();
    }
  });
}

test('a form that changes while it is filled in keeps what was answered', async ({ browser, watch }) => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'casement-catalogue-'));
  const file = join(folder, 'own.toml');
  const plain = readFileSync(join(root, 'catalogues', 'tickets.toml'), 'utf8');
  writeFileSync(file, plain);
  const backend = await Backend.start({ CASEMENT_CATALOGUE: file });
  try {
    const api = await Api.signIn(backend.url, PEOPLE.customer.email);
    const context = await browser.newContext({ baseURL: backend.url, storageState: await api.storageState() });
    await watch.over(context);
    watch.expect(/422/);
    const page = await context.newPage();
    const [type] = (await api.catalogue()).types;
    const subject = 'Begun on the old form';
    await page.goto(`/cases/new/${type!.id}`);
    await toReview(page, type!, [], { subject });

    const question = '[[types.steps.questions]]\nid = "floor"\nkind = "text"\nlabel = "Which floor?"\nrequired = true\n\n';
    writeFileSync(file, plain.replace('[[types.steps.questions]]', `${question}[[types.steps.questions]]`));
    await expect
      .poll(async () => JSON.stringify(await api.catalogue()), { timeout: 20_000 })
      .toContain('Which floor?');
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    await expect(page.getByText(/The form has changed since you opened it/)).toBeVisible();
    await expect(stepHeading(page, type!.steps[0]!.title)).toBeVisible();
    const floor = page.getByRole('textbox', { name: 'Which floor?' });
    await expect(floor).toHaveAccessibleDescription(/Fill in this field/);
    await expect(page.getByRole('textbox', { name: 'Subject' })).toHaveValue(subject);
    await floor.fill('The third');
    await page.getByRole('button', { name: 'Review', exact: true }).click();
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    const record = await api.case(await confirmed(page));
    const [newest] = [(await api.catalogue()).types[0]!];
    const asked = walk(newest, [], { subject }).flatMap((step) => Object.keys(step.answers));
    expect(record.submission.map((answer) => answer.question).toSorted()).toEqual(asked.toSorted());
    await context.close();
  } finally {
    await backend.discard();
    rmSync(folder, { recursive: true });
  }
});
