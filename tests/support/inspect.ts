import type { Page } from '@playwright/test';

/** What stays as it is in every language. */
const NAMES = ['Casement'];

/**
 * Words on the page that are not in the pseudo-language: everything people see or hear
 * that holds a letter, but stands neither between ⟦ and ⟧ nor where only words of people,
 * of the catalogue, of Intl or of machines stand.
 */
export async function untranslated(page: Page): Promise<string[]> {
  return page.evaluate((names) => {
    const MACHINES = 'time, code, kbd, pre, svg, script, style, noscript, template, [translate=no]';
    const SPOKEN = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'placeholder', 'title', 'alt'];
    const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();

    /** What people and the catalogue say on this page, the longest first. */
    const content = [...document.querySelectorAll('[dir=auto]')]
      .map((element) => squeeze(element.textContent))
      .filter((text) => text.length > 1)
      .sort((one, other) => other.length - one.length);
    /** The words outside of ⟦ and ⟧, which may stand in one another. */
    const outside = (text: string) => {
      let rest = text;
      for (let before = ''; before !== rest; ) {
        before = rest;
        rest = rest.replace(/⟦[^⟦⟧]*⟧/g, ' ');
      }
      return names.reduce((words, name) => words.replaceAll(name, ' '), rest);
    };
    const foreign = (text: string) => /\p{L}/u.test(outside(text));
    /** Titles and announcements join the product's words and those of people. */
    const foreignBesides = (text: string) => {
      const rest = content.reduce((words, known) => words.replaceAll(known, ' '), squeeze(outside(text)));
      return /\p{L}/u.test(rest);
    };

    const mayBeForeign = (element: Element) =>
      element.closest(MACHINES) !== null ||
      (element.closest('[lang]') ?? document.documentElement) !== document.documentElement ||
      element.closest('[dir]')?.getAttribute('dir') === 'auto';
    const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const near = (element: Element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 140);

    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const [text, parent] = [node.textContent ?? '', node.parentElement];
      if (!parent || parent.closest('option') || !foreign(text) || mayBeForeign(parent) || !shown(parent)) {
        continue;
      }
      if (!parent.closest('[aria-live]') || foreignBesides(text)) {
        found.push(`text “${squeeze(text)}” in ${near(parent)}`);
      }
    }
    for (const option of document.querySelectorAll('option')) {
      const select = option.closest('select');
      if (select && shown(select) && foreign(option.text) && !mayBeForeign(option)) {
        found.push(`option “${option.text}” in ${near(select)}`);
      }
    }
    for (const attribute of SPOKEN) {
      for (const element of document.querySelectorAll(`body [${attribute}]`)) {
        const text = element.getAttribute(attribute) ?? '';
        // An attribute has no direction of its own, so that dir=auto excuses nothing here.
        const excused = element.closest(MACHINES) ?? element.closest('body [lang]');
        if (!excused && shown(element) && foreign(text) && !content.includes(squeeze(text))) {
          found.push(`${attribute} “${text}” of ${near(element)}`);
        }
      }
    }
    for (const element of document.querySelectorAll('body *')) {
      for (const pseudo of ['::before', '::after']) {
        const { content: said } = getComputedStyle(element, pseudo);
        if (said.startsWith('"') && foreign(said) && shown(element)) {
          found.push(`${pseudo} ${said} of ${near(element)}`);
        }
      }
    }
    if (foreignBesides(document.title)) {
      found.push(`document.title “${document.title}”`);
    }
    return [...new Set(found)];
  }, NAMES);
}

/**
 * Where words do not fit: cut off by something that hides what sticks out, sticking out
 * of their own box, wider than the select that shows them; or a page to be scrolled
 * sideways. Words may end in an ellipsis where a title has all of them, and scroll
 * within what is made to be scrolled.
 */
export async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const near = (element: Element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 140);
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      const sticking = [...document.querySelectorAll('body *')].filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return right > root.clientWidth + 1 || left < -1;
      });
      found.push(`the page is ${root.scrollWidth} wide: ${sticking.slice(0, 4).map(near).join(' | ')}`);
    }

    const clips = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
    const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll';
    const isInline = (display: string) => display === 'inline' || display === 'contents';
    /** For screen readers only. */
    const unseen = (element: Element) => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { clipPath, opacity } = getComputedStyle(at);
        if (clipPath === 'inset(50%)' || opacity === '0') {
          return true;
        }
      }
      return false;
    };
    /** By how much lines are out of a box; rounding is no defect. */
    const across = (lines: DOMRect[], box: DOMRect) =>
      Math.max(...lines.map((line) => Math.max(box.left - line.left, line.right - box.right)));
    const down = (lines: DOMRect[], box: DOMRect) =>
      Math.max(...lines.map((line) => Math.max(box.top - line.top, line.bottom - box.bottom)));
    const ROUNDING = 1.5;

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || !/\S/.test(node.textContent ?? '') || parent.closest('option, svg, script, style')) {
        continue;
      }
      if (!parent.checkVisibility({ visibilityProperty: true }) || unseen(parent)) {
        continue;
      }
      const range = document.createRange();
      range.selectNodeContents(node);
      const lines = [...range.getClientRects()].filter((line) => line.width > 0);
      const said = `“${node.textContent?.replace(/\s+/g, ' ').trim()}”`;
      if (lines.length === 0) {
        continue;
      }
      for (let at: Element | null = parent; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (isInline(style.display)) {
          continue;
        }
        if (scrolls(style.overflowX) || scrolls(style.overflowY)) {
          break;
        }
        const [besides, below] = [across(lines, at.getBoundingClientRect()), down(lines, at.getBoundingClientRect())];
        const clamped = !['', 'none'].includes(style.webkitLineClamp);
        const ellipsis = style.textOverflow === 'ellipsis' && at.closest('[title]') !== null;
        if (besides > ROUNDING && clips(style.overflowX) && ellipsis) {
          // Ends here with an ellipsis; what surrounds it sees no more of it.
          break;
        }
        if (besides > ROUNDING) {
          found.push(`${said} ${clips(style.overflowX) ? 'is cut by' : 'sticks out of'} ${near(at)} by ${besides.toFixed(1)}`);
          break;
        }
        if (clips(style.overflowY) && below > ROUNDING && !clamped) {
          found.push(`${said} is cut below or above by ${near(at)} by ${below.toFixed(1)}`);
          break;
        }
        if (style.position === 'fixed' || style.position === 'absolute') {
          break;
        }
      }
    }

    const context = document.createElement('canvas').getContext('2d')!;
    for (const select of document.querySelectorAll('select')) {
      const style = getComputedStyle(select);
      const arrow = style.appearance === 'none' ? 0 : 16;
      const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
      context.font = style.font;
      const said = select.selectedOptions[0]?.text ?? '';
      const width = context.measureText(said).width;
      if (select.checkVisibility() && width > room + 1.5) {
        found.push(`“${said}” needs ${Math.ceil(width)}, has ${Math.floor(room)} in ${near(select)}`);
      }
    }
    return [...new Set(found)];
  });
}
