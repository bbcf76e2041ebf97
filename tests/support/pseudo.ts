import type { BrowserContext, Page } from '@playwright/test';

/** A language's file, as the browser fetches it. */
export interface LanguageFile {
  tag: string;
  /** The build whose texts these are. */
  of: string;
  texts: string[];
}

/** A language nobody speaks, made from English to find out what does not follow the language. */
export interface Pseudo {
  name: string;
  tag: string;
  direction: 'ltr' | 'rtl';
  /** Changes words, but nothing of their structure. */
  say: (words: string) => string;
}

/** Stand around every text of a pseudo-language. */
export const [BEGIN, END] = ['⟦', '⟧'];

const NEXT_FORM = '\u{1d}';
const [BACKWARDS, AS_BEFORE] = ['\u{202e}', '\u{202c}'];
const PLAIN = 'aeiouyAEIOUYcnszCNSZ';
const ACCENTED = 'àéîöüýÀÉÎÖÜÝçñšžÇÑŠŽ';

/** Accents on letters, and every vowel twice: about 40 % longer, as German and Finnish are. */
function lengthen(words: string): string {
  return words.replace(/[a-z]/gi, (letter) => {
    const accented = ACCENTED[PLAIN.indexOf(letter)] ?? letter;
    return /[aeiouy]/i.test(letter) ? accented + accented.toLowerCase() : accented;
  });
}

export const LONG: Pseudo = {
  name: 'long',
  tag: 'en-XA',
  direction: 'ltr',
  say: (words) => BEGIN + outsideBraces(words, lengthen) + END,
};

export const MIRRORED: Pseudo = {
  name: 'mirrored',
  tag: 'ar-XB',
  direction: 'rtl',
  say: (words) => BEGIN + BACKWARDS + words + AS_BEFORE + END,
};

/** Changes a text except for its placeholders. */
function outsideBraces(words: string, change: (part: string) => string): string {
  return words
    .split(/(\{[a-z_]+\})/)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('');
}

/** A text in the pseudo-language. A plural is a row of category, words, category, words. */
function translate(text: string, pseudo: Pseudo): string {
  if (text === 'ltr') {
    // The direction is a text too: the one that says it.
    return pseudo.direction;
  }
  if (!text.includes(NEXT_FORM)) {
    return pseudo.say(text);
  }
  const parts = text.split(NEXT_FORM);
  return parts.map((part, index) => (index % 2 === 0 ? part : pseudo.say(part))).join(NEXT_FORM);
}

/** The pseudo-language's file, made of that of English. */
export function pseudoFile(english: LanguageFile, pseudo: Pseudo): LanguageFile {
  const directions = english.texts.filter((text) => text === 'ltr').length;
  if (english.tag !== 'en' || directions !== 1) {
    throw new Error(`no English file: ${english.tag}, with ${directions} texts that say its direction`);
  }
  return { ...english, tag: pseudo.tag, texts: english.texts.map((text) => translate(text, pseudo)) };
}

/**
 * From the next page on a browser asks for German and gets the pseudo-language: the
 * product knows no other way to a language than by its list of those there are.
 */
export async function speak(browser: Page | BrowserContext, pseudo: Pseudo): Promise<void> {
  await chooseLanguage(browser, 'de');
  await browser.route('**/locales/de.json', async (route) => {
    const english = await route.fetch({ url: new URL('/locales/en.json', route.request().url()).href });
    return route.fulfill({ json: pseudoFile((await english.json()) as LanguageFile, pseudo) });
  });
}

/** From the next page on a browser has chosen a language, as its language menu would. */
export async function chooseLanguage(browser: Page | BrowserContext, tag: string): Promise<void> {
  await browser.addInitScript((chosen) => {
    // A page that is not yet anywhere keeps nothing.
    if (location.origin !== 'null') {
      localStorage.setItem('casement-language', chosen);
    }
  }, tag);
}
