import { randomUUID } from 'node:crypto';

import { type APIRequestContext, type Page, request } from '@playwright/test';

import { expect, test } from '../support/fixtures';
import { overflowing, untranslated } from '../support/inspect';
import { LANGUAGE_STATES } from '../support/language-states';
import { PASSWORD, PEOPLE } from '../support/people';
import { BEGIN, chooseLanguage, LONG, MIRRORED, speak } from '../support/pseudo';
import { failedWith } from '../support/watch';

const WIDTHS = [390, 820, 1440];

/** The language that the document says it is in. */
const language = (page: Page) => page.locator('html');

/** Looks at the page as it stands, in every width. */
async function inEveryWidth(page: Page, look: (width: number) => Promise<void>): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await look(width);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Every text comes from the locale files, and there is room for a longer one. */
async function checkLong(page: Page, name: string): Promise<void> {
  await expect(language(page)).toHaveAttribute('lang', LONG.tag);
  await expect(page.locator('body')).toContainText(BEGIN);
  expect.soft(await untranslated(page), `${name}: words that do not follow the language`).toEqual([]);
  await inEveryWidth(page, async (width) => {
    expect.soft(await overflowing(page), `${name}, ${width}: words that do not fit`).toEqual([]);
  });
}

/** The page runs from right to left. */
async function checkMirrored(page: Page, name: string): Promise<void> {
  await expect(language(page)).toHaveAttribute('lang', MIRRORED.tag);
  await expect(language(page)).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('body')).toContainText(BEGIN);
  await inEveryWidth(page, async (width) => {
    expect.soft(await overflowing(page), `${name}, ${width}: words that do not fit`).toEqual([]);
    const gap = await page.locator('.bar-brand').evaluate((brand) => {
      const bar = brand.parentElement!;
      const { right } = bar.getBoundingClientRect();
      return right - parseFloat(getComputedStyle(bar).paddingRight) - brand.getBoundingClientRect().right;
    });
    expect.soft(Math.abs(gap), `${name}, ${width}: from the brand to the bar's right edge`).toBeLessThan(1);
    expect.soft(await iconsInWords(page), `${name}, ${width}: icons in the way of words`).toEqual([]);
  });
}

/** Icons laid over a control on the side where its words begin or end, not where room is left for them. */
async function iconsInWords(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('input + svg, svg:has(+ input), select + svg')].flatMap((icon) => {
      const control = icon.parentElement?.querySelector('input, select');
      if (!control || getComputedStyle(icon).position !== 'absolute' || !icon.checkVisibility()) {
        return [];
      }
      const [inner, outer, style] = [icon.getBoundingClientRect(), control.getBoundingClientRect(), getComputedStyle(control)];
      const left = outer.left + parseFloat(style.paddingLeft);
      const right = outer.right - parseFloat(style.paddingRight);
      return inner.right > left + 1 && inner.left < right - 1 ? [icon.parentElement!.outerHTML.slice(0, 160)] : [];
    }),
  );
}

test.describe('the inspection', () => {
  /** Puts something at the end of a page in the long pseudo-language. */
  async function pageWith(page: Page, html: string): Promise<void> {
    await speak(page, LONG);
    await page.goto('/');
    await expect(page.locator('#sign-in-email')).toBeVisible();
    expect(await untranslated(page)).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
    await page.evaluate((added) => {
      document.querySelector('main')!.insertAdjacentHTML('beforeend', added);
      // The content security policy lets no style attribute stand in HTML.
      for (const element of document.querySelectorAll<HTMLElement>('[data-style]')) {
        element.style.cssText = element.dataset.style!;
      }
    }, html);
  }

  for (const [what, html] of [
    ['a text', '<p>Forgotten</p>'],
    ['half a text', '<p>⟦Ñööt⟧ forgotten</p>'],
    ['a text after one of a person', '<p><span dir="auto">Jana</span> wrote</p>'],
    ['a text only for screen readers', '<p class="unseen">Forgotten</p>'],
    ['a name', '<button type="button" aria-label="Forgotten">×</button>'],
    ['a placeholder', '<input dir="auto" placeholder="Forgotten" aria-label="⟦Ààñ îîñpüüt⟧">'],
    ['a title', '<p title="Forgotten">⟦Géévééñ⟧</p>'],
    ['an option', '<select aria-label="⟦Çhööîîçéé⟧"><option>⟦Öönéé⟧</option><option>Forgotten</option></select>'],
  ] as const) {
    test(`finds ${what} that does not follow the language`, async ({ page }) => {
      await pageWith(page, html);
      expect(await untranslated(page)).toHaveLength(1);
    });
  }

  test('finds none in the words of people, machines and Intl', async ({ page }) => {
    await pageWith(page, '<p dir="auto">Jana</p><p><code>id</code> <time>now</time> <kbd>Esc</kbd> <span lang="de">Deutsch</span> Casement 42</p>');
    expect(await untranslated(page)).toEqual([]);
  });

  for (const [what, html] of [
    ['is cut off', '<p data-style="inline-size: 4rem; overflow: hidden; white-space: nowrap">⟦Mööréé thààñ fîîtš hééréé⟧</p>'],
    ['ends in an ellipsis without a title', '<p data-style="inline-size: 4rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap">⟦Mööréé thààñ fîîtš⟧</p>'],
    ['sticks out of its button', '<button type="button" class="button" data-style="inline-size: 4rem">⟦Mööréé thààñ fîîtš hééréé⟧</button>'],
    ['makes the page too wide', '<p data-style="position: absolute; inset-inline-start: 95vw; white-space: nowrap">⟦Ààt théé véérýý éédgéé ööf théé pààgéé⟧</p>'],
    ['does not fit its select', '<select data-style="inline-size: 4rem" aria-label="⟦Çhööîîçéé⟧"><option>⟦Mööréé thààñ fîîtš hééréé⟧</option></select>'],
  ] as const) {
    test(`finds a text that ${what}`, async ({ page }) => {
      await pageWith(page, html);
      expect(await overflowing(page)).toHaveLength(1);
    });
  }
});

for (const [pseudo, check] of [
  [LONG, checkLong],
  [MIRRORED, checkMirrored],
] as const) {
  test.describe(`in the ${pseudo.name} pseudo-language`, () => {
    for (const state of LANGUAGE_STATES) {
      test.describe(state.name, () => {
        test.use({ account: state.account });

        test('speaks it everywhere, and fits', async ({ page, as, watch }) => {
          await speak(page, pseudo);
          let looked = 0;
          await state.reach({ page, as, watch }, async (name) => {
            looked += 1;
            await check(page, name);
          });
          if (looked === 0) {
            await check(page, state.name);
          }
        });
      });
    }
  });
}

test.describe('a German browser', () => {
  test.use({ locale: 'de-DE' });

  test('signs in and says what is wrong in German', async ({ page, watch }) => {
    watch.expect(failedWith(429));
    await page.goto('/');
    await expect(language(page)).toHaveAttribute('lang', 'de');
    await expect(language(page)).toHaveAttribute('dir', 'ltr');
    await expect(page).toHaveTitle('Anmelden – Casement');
    await expect(page.getByRole('heading', { level: 1, name: 'Anmelden bei Casement' })).toBeVisible();
    const [email, password] = [page.getByRole('textbox', { name: 'E-Mail' }), page.getByRole('textbox', { name: 'Passwort' })];
    const signIn = page.getByRole('button', { name: 'Anmelden', exact: true });
    await signIn.click();
    await expect(email).toHaveAccessibleDescription('Geben Sie Ihre E-Mail-Adresse ein.');
    await expect(password).toHaveAccessibleDescription('Geben Sie Ihr Passwort ein.');
    await email.fill('kein Konto');
    await signIn.click();
    await expect(email).toHaveAccessibleDescription('Geben Sie eine E-Mail-Adresse wie name@firma.example ein.');

    await email.fill(PEOPLE.customer.email);
    await password.fill(PASSWORD);
    for (const [seconds, said] of [
      ['1', 'Zu viele Versuche. Versuchen Sie es in 1 Sekunde noch einmal.'],
      ['40', 'Zu viele Versuche. Versuchen Sie es in 40 Sekunden noch einmal.'],
      ['600', 'Zu viele Versuche. Versuchen Sie es in 10 Minuten noch einmal.'],
    ] as const) {
      const body = { code: 'too_many_requests', status: 429, title: 'x', detail: 'Too many tries.', request_id: 'x' };
      await page.route(
        '**/api/v1/session',
        (route) =>
          route.fulfill({
            status: 429,
            headers: { 'content-type': 'application/problem+json', 'retry-after': seconds },
            body: JSON.stringify(body),
          }),
        { times: 1 },
      );
      await signIn.click();
      await expect(page.getByRole('main').getByRole('alert')).toHaveText(said);
    }

    await signIn.click();
    await expect(page.getByRole('heading', { level: 1, name: 'Hallo Jana' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Hauptnavigation' }).getByRole('link', { name: 'Unsere Fälle' })).toBeVisible();
  });

  test.describe('signed in', () => {
    test.use({ account: 'customer' });

    test('shows the list, a case and its times in German', async ({ page, as }) => {
      const customer = await as('customer');
      const { number, subject } = await customer.file('problem', { subject: 'Nach dem Import fehlen Preise' });
      const said = await customer.reply(number, 'Seit heute Morgen.');
      await page.clock.setFixedTime(Date.parse(said.at) + 3 * 60_000 + 5_000);

      await page.goto('/cases');
      await expect(page.getByRole('heading', { level: 1, name: 'Unsere Fälle' })).toBeVisible();
      await expect(page.getByRole('table', { name: 'Fälle' })).toBeVisible();
      await expect(page.getByRole('checkbox', { name: 'Wartet auf Kunden' })).toBeVisible();
      await expect(page.getByRole('combobox', { name: 'Sortieren nach' })).toBeVisible();
      const row = page.getByRole('row').filter({ hasText: subject });
      await expect(row.getByRole('cell', { name: 'Eingegangen' })).toBeVisible();
      await expect(row.getByRole('time')).toHaveText('vor 3 Minuten');

      await row.getByRole('link', { name: subject }).click();
      const message = page.getByRole('article', { name: `Nachricht von ${PEOPLE.customer.name}` });
      await expect(message.getByRole('time')).toHaveText('vor 3 Minuten');
      const exactly = new Intl.DateTimeFormat('de', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Berlin' });
      await expect(message.getByRole('time')).toHaveAttribute('title', new RegExp(`^${exactly.format(Date.parse(said.at))}`));
      await expect(page.getByRole('heading', { name: 'Verlauf' })).toBeVisible();
      await expect(page.getByText('hat den Fall eingereicht')).toBeVisible();
      const reply = page.getByRole('textbox', { name: 'Antwort' });
      await page.getByRole('button', { name: 'Senden', exact: true }).click();
      await expect(reply).toHaveAccessibleDescription('Schreiben Sie zuerst etwas.');

      await page.clock.setFixedTime(Date.parse(said.at) + 26 * 3_600_000);
      await page.reload();
      await expect(message.getByRole('time')).toHaveText('gestern');
    });

    test('leads through the assistant in German', async ({ page }) => {
      await page.goto('/cases/new');
      await expect(page.getByRole('heading', { level: 1, name: 'Fall erstellen' })).toBeVisible();
      await page.goto('/cases/new/problem');
      await page.getByRole('button', { name: 'Weiter', exact: true }).click();
      const mistakes = page.getByRole('alert').filter({ hasText: 'Bitte sehen Sie einige Antworten noch einmal durch' });
      await expect(mistakes.getByRole('link').first()).toBeVisible();
      await expect(page.locator('[id="q-area"]')).toHaveAccessibleDescription(/^Wählen Sie eine der Möglichkeiten\./);
    });

    test('finds nothing, and nothing there, in German', async ({ page }) => {
      await page.goto('/cases?q=einwortdasesnichtgibt');
      await expect(page.getByRole('heading', { name: 'Kein passender Fall' })).toBeVisible();
      await page.getByRole('button', { name: 'Filter zurücksetzen' }).click();
      await expect(page.getByRole('table', { name: 'Fälle' })).toBeVisible();
      await page.goto('/nirgendwo');
      await expect(page.getByRole('heading', { level: 1, name: 'Nicht gefunden' })).toBeVisible();
    });
  });

  test.describe('of somebody who works for several organisations', () => {
    test.use({ account: 'partner' });

    test('counts in German', async ({ page, as }) => {
      const { memberships } = await (await as('partner')).session();
      expect(memberships.length).toBeGreaterThan(1);
      await page.goto('/');
      await page.getByRole('button', { name: PEOPLE.partner.name }).click();
      await expect(page.getByRole('menu').getByText(`${memberships.length} Organisationen`, { exact: true })).toBeVisible();
      await expect(page.getByRole('menuitem', { name: 'Abmelden' })).toBeVisible();
    });
  });
});

test.describe('which language is spoken', () => {
  /** What the page speaks, and the language files it fetched. */
  async function opened(page: Page): Promise<{ lang: string | null; fetched: string[] }> {
    const fetched: string[] = [];
    page.on('request', (asked) => {
      const { pathname } = new URL(asked.url());
      if (pathname.startsWith('/locales/')) {
        fetched.push(pathname);
      }
    });
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    return { lang: await language(page).getAttribute('lang'), fetched };
  }

  for (const [locale, lang] of [
    ['de-CH', 'de'],
    ['en-GB', 'en'],
    ['fr-FR', 'en'],
  ] as const) {
    test(`a browser that asks for ${locale} gets ${lang}, and no language it does not speak`, async ({ browserFor }) => {
      const page = await (await browserFor(undefined, { locale })).newPage();
      expect(await opened(page)).toEqual({ lang, fetched: [`/locales/${lang}.json`] });
    });
  }

  test('what was chosen in the browser comes before what the browser asks for', async ({ browserFor }) => {
    const german = await browserFor(undefined, { locale: 'en-GB' });
    await chooseLanguage(german, 'de');
    expect((await opened(await german.newPage())).lang).toBe('de');
    const english = await browserFor(undefined, { locale: 'de-DE' });
    await chooseLanguage(english, 'en');
    expect(await opened(await english.newPage())).toEqual({ lang: 'en', fetched: ['/locales/en.json'] });
  });

  test('the texts of another version are not spoken', async ({ browserFor }) => {
    const context = await browserFor(undefined, { locale: 'de-DE' });
    await context.route('**/locales/de.json', async (route) => {
      const answer = await route.fetch();
      return route.fulfill({ response: answer, json: { ...(await answer.json()), of: '0000000000000000' } });
    });
    const page = await context.newPage();
    expect((await opened(page)).lang).toBe('en');
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in to Casement' })).toBeVisible();
  });

  test('where the texts cannot be fetched, the page speaks English', async ({ browserFor, watch }) => {
    watch.expect(failedWith(503, '/locales/de.json'));
    const context = await browserFor(undefined, { locale: 'de-DE' });
    await context.route('**/locales/de.json', (route) => route.fulfill({ status: 503 }));
    expect((await opened(await context.newPage())).lang).toBe('en');
  });

  test('the language follows the account into every browser', async ({ browserFor, freshSession }) => {
    const { api, storageState } = await freshSession(PEOPLE.colleague.email);
    const prefer = async (tag: string | null) => {
      const answer = await api.request.put('/api/v1/account/preferences', { data: { language: tag } });
      expect(answer.status(), await answer.text()).toBe(200);
    };
    const speaks = async (locale: string, chosenHere?: string) => {
      const context = await browserFor(undefined, { locale, storageState });
      if (chosenHere) {
        await chooseLanguage(context, chosenHere);
      }
      return opened(await context.newPage());
    };
    await prefer('de');
    expect((await speaks('en-GB')).lang).toBe('de');
    expect((await speaks('en-GB', 'en')).lang).toBe('de');
    await prefer('en');
    expect(await speaks('de-DE')).toEqual({ lang: 'en', fetched: ['/locales/en.json'] });
    await prefer(null);
    expect((await speaks('en-GB')).lang).toBe('en');
    expect((await speaks('de-DE')).lang).toBe('de');
  });

  test('signing in to a German account turns an English page German', async ({ page, freshSession }) => {
    const { api } = await freshSession(PEOPLE.colleague.email);
    await api.request.put('/api/v1/account/preferences', { data: { language: 'de' } });
    try {
      await page.goto('/');
      await page.getByRole('textbox', { name: 'E-mail' }).fill(PEOPLE.colleague.email);
      await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Hallo Priya' })).toBeVisible();
      await expect(language(page)).toHaveAttribute('lang', 'de');
    } finally {
      await api.request.put('/api/v1/account/preferences', { data: { language: null } });
    }
  });

  test('the preferences change the language, for the account', async ({ browserFor, freshSession }) => {
    const { api, storageState } = await freshSession(PEOPLE.colleague.email);
    try {
      const page = await (await browserFor(undefined, { storageState })).newPage();
      await page.goto('/cases');
      await page.getByRole('button', { name: PEOPLE.colleague.name }).click();
      await page.getByRole('menuitem', { name: 'Preferences' }).click();
      await page.getByRole('combobox', { name: 'Language' }).selectOption('Deutsch');
      await expect(page.getByRole('heading', { level: 1, name: 'Unsere Fälle' })).toBeVisible();
      const elsewhere = await (await browserFor(undefined, { storageState })).newPage();
      expect((await opened(elsewhere)).lang).toBe('de');
    } finally {
      await api.request.put('/api/v1/account/preferences', { data: { language: null } });
    }
  });

  test('an account takes no language that is not spoken', async ({ as }) => {
    const { request: api } = await as('colleague');
    const answer = await api.put('/api/v1/account/preferences', { data: { language: 'fr' } });
    expect(answer.status()).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'invalid_fields', errors: [{ pointer: '/language' }] });
  });
});

test.describe('the backend', () => {
  /** Somebody who asks for a language. */
  async function asking(url: string, language: string): Promise<APIRequestContext> {
    return request.newContext({
      baseURL: url,
      storageState: { cookies: [], origins: [] },
      extraHTTPHeaders: { 'accept-language': language },
    });
  }

  for (const [wanted, said] of [
    ['de-AT,de;q=0.9,en;q=0.5', 'Geben Sie Ihre E-Mail-Adresse ein.'],
    ['fr, de;q=0.8', 'Geben Sie Ihre E-Mail-Adresse ein.'],
    ['en-GB,en;q=0.9,de;q=0.2', 'Enter your e-mail address.'],
    ['fr', 'Enter your e-mail address.'],
  ] as const) {
    test(`says what is wrong with a field in the language of “${wanted}”`, async ({ backend }) => {
      const api = await asking(backend.url, wanted);
      const answer = await api.post('/api/v1/session', { data: { email: '', password: 'x' } });
      expect(answer.status()).toBe(422);
      const { errors } = (await answer.json()) as { errors: { pointer: string; message: string }[] };
      expect(errors).toEqual([expect.objectContaining({ pointer: '/email', message: said })]);
      await api.dispose();
    });
  }

  test('says it of every question of a case as well', async ({ as }) => {
    const { request: api } = await as('customer');
    const answer = await api.post('/api/v1/cases', {
      data: { type: 'problem', answers: {} },
      headers: { 'accept-language': 'de', 'idempotency-key': randomUUID() },
    });
    expect(answer.status()).toBe(422);
    const { errors } = (await answer.json()) as { errors: { pointer: string; message: string }[] };
    expect(errors).toContainEqual(
      expect.objectContaining({ pointer: '/answers/subject', message: 'Füllen Sie dieses Feld aus.' }),
    );
  });

  test.describe('is asked for what the page speaks', () => {
    test.use({ account: 'customer' });

    test('whatever the browser asks for', async ({ page }) => {
      await chooseLanguage(page, 'de');
      const list = page.waitForRequest(/\/api\/v1\/cases\?/);
      await page.goto('/cases');
      expect(await (await list).headerValue('accept-language')).toBe('de');
    });
  });
});
