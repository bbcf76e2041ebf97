import { violations } from '../support/axe';
import { expect, test } from '../support/fixtures';
import { PEOPLE } from '../support/people';

test.use({ account: 'customer' });

test('what happens to a case is mailed, and the mail leads to the very message', async ({ page, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Told by mail' });
  const message = await analyst.reply(number, 'Please try **again** now.');

  await page.goto('/demo/mail');
  await expect(page.getByRole('heading', { level: 1, name: 'Mails' })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  const receipt = page.getByRole('link', { name: new RegExp(`^Case Receipt - Case ID: ${number} - Customer: .+ - Status: Received\\. [0-9a-f]{32}$`) });
  await expect(receipt.first()).toBeVisible();
  await page
    .getByRole('listitem')
    .filter({ hasText: PEOPLE.customer.email })
    .getByRole('link', { name: `Case Comment Notification - Case ID: ${number} ` })
    .click();

  await expect(page.getByText('Please try **again** now.')).toBeVisible();
  expect(await violations(page)).toEqual([]);
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `at ${width} pixels`).toBeLessThanOrEqual(0);
  }
  await page.getByRole('link', { name: 'As HTML' }).click();
  await expect(page.getByRole('strong')).toHaveText('again');
  expect(await violations(page)).toEqual([]);
  await page.goBack();

  await page.getByRole('link', { name: 'Open the case' }).click();
  await expect(page).toHaveURL(new RegExp(`/cases/${number}#entry-${message.id}$`));
  await expect(page.locator(`#entry-${message.id}`)).toBeInViewport();
});

test('an answer by mail stands in the case, and what it quotes is folded away', async ({ page, backend, as }) => {
  const [customer, analyst] = [await as('customer'), await as('analyst')];
  const { number } = await customer.file('problem', { subject: 'Answered by mail' });
  await analyst.reply(number, 'Which version is it?');
  await page.goto('/demo/mail');
  const comment = page.getByRole('link', { name: `Case Comment Notification - Case ID: ${number} ` }).first();
  const subject = (await comment.textContent()) ?? '';
  await comment.click();
  await expect(page.getByText('Or answer this mail: what you write joins the case.')).toBeVisible();

  await page.goto(`/cases/${number}`);
  await expect(page.getByText('Which version is it?')).toBeVisible();
  backend.deliver(
    `answer-${number}`,
    `From: ${PEOPLE.customer.name} <${PEOPLE.customer.email}>
Subject: Re: ${subject}
Message-ID: <answer-${number}@mail.example>

It is __4.2__, as before.

On Mon, 2 Mar 2026 at 10:00, Support wrote:
> Which version is it?
> Thank you
`,
  );
  const message = page.getByRole('article', { name: `Message from ${PEOPLE.customer.name}` });
  await expect(message).toContainText('It is __4.2__, as before.', { timeout: 15_000 });
  await expect(message).toContainText('by mail');
  await expect(message.getByText('Thank you')).toBeHidden();
  expect(await violations(page)).toEqual([]);
  await message.getByText('Quoted in the mail').press('Enter');
  await expect(message.getByText('Thank you')).toBeVisible();
  for (const width of [390, 820, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `at ${width} pixels`).toBeLessThanOrEqual(0);
  }
  expect(await violations(page)).toEqual([]);
});

test('who follows a case without an account leaves it by the link in a mail', async ({ page, as, browserFor }) => {
  const customer = await as('customer');
  const watchers = ['leaving@elsewhere.example'];
  const { number } = await customer.file('problem', { subject: 'Left by mail', watchers });
  await page.goto('/demo/mail');
  const mail = page.getByRole('listitem').filter({ hasText: watchers[0] }).filter({ hasText: number });
  await mail.getByRole('link').click();
  const link = /\/api\/v1\/following\/[0-9a-f]{32}/.exec((await page.locator('pre').textContent()) ?? '')?.[0] ?? '';

  const stranger = await (await browserFor(undefined)).newPage();
  await stranger.goto(link);
  await expect(stranger.getByRole('heading', { level: 1, name: `Stop following case ${number}?` })).toBeVisible();
  for (const width of [390, 1440]) {
    await stranger.setViewportSize({ width, height: 700 });
    expect(await violations(stranger)).toEqual([]);
  }
  await stranger.getByRole('button', { name: 'Stop following this case' }).press('Enter');
  await expect(stranger.getByRole('heading', { name: `You follow case ${number} no longer` })).toBeVisible();
  expect(await violations(stranger)).toEqual([]);
  await stranger.goto(link);
  await expect(stranger.getByRole('heading', { name: 'This link is no longer valid' })).toBeVisible();

  await page.goto(`/cases/${number}`);
  await expect(page.getByRole('region', { name: 'Watchers' })).toContainText('Nobody beside those it belongs to.');
});
