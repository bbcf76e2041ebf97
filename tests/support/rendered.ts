/** Messages as the browser shows them: everything that was written, and nothing else. */

import { expect, type Page } from '@playwright/test';

import type { Api } from './api';
import { CasePage } from './pages';
import { squeezed } from './text';
import { messageOf, type Node, type NodeContent } from './wire';

/** What a node holds, and the nodes within it. */
function opened(node: Node): { content: NodeContent; inner: Node[][] } {
  const content: NodeContent = typeof node === 'string' ? {} : (Object.values(node)[0] ?? {});
  const { children = [], items = [], head = [], rows = [] } = content;
  return { content, inner: [children, ...items, ...head, ...rows.flat()] };
}

/** The texts of a tree's leaves, in order. */
function leaves(nodes: Node[]): string[] {
  return nodes.map(opened).flatMap(({ content, inner }) => {
    const said = content.person ? `@${content.person.name}` : content.text;
    return [said ?? [], inner.flatMap(leaves)].flat();
  });
}

/** Whether a text holds all the parts, one after the other; white space does not count. */
function holdsAll(text: string, parts: string[]): boolean {
  let rest = squeezed(text);
  return parts.map(squeezed).every((part) => {
    const at = rest.indexOf(part);
    rest = rest.slice(at + part.length);
    return at >= 0;
  });
}

/** The addresses of a tree's links. */
function links(nodes: Node[]): string[] {
  return nodes.map(opened).flatMap(({ content, inner }) => [content.href ?? [], inner.flatMap(links)].flat());
}

/** Everything that a message may consist of on the page. */
const ELEMENTS = new Set(
  (
    'article header div h3 h4 h5 h6 span p a strong em s code pre figure figcaption button ul ol li blockquote hr br ' +
    'table thead tbody tr th td time svg use path'
  ).split(' '),
);

interface Shown {
  texts: string[];
  elements: string[];
  attributes: string[];
  hrefs: string[];
}

/** What the conversation consists of, as the browser sees it. */
export async function shown(open: CasePage): Promise<Shown> {
  return open.messages().evaluateAll((articles) => {
    const all = articles.flatMap((article) => [article, ...article.querySelectorAll('*')]);
    return {
      texts: articles.map((article) => article.textContent ?? ''),
      elements: [...new Set(all.map((element) => element.localName))],
      attributes: [...new Set(all.flatMap((element) => element.getAttributeNames()))],
      hrefs: all.flatMap((element) => element.getAttribute('href') ?? []),
    };
  });
}

/** Every message is there in full, and nothing else came of it. */
export async function rendersSafely(page: Page, api: Api, number: string): Promise<void> {
  const entries = await api.timeline(number);
  const messages = entries.flatMap((entry) => messageOf(entry) ?? []);
  const open = new CasePage(page);
  await open.open(number);
  await expect(open.messages()).toHaveCount(messages.length);
  const seen = await shown(open);
  for (const [index, message] of messages.entries()) {
    const text = seen.texts[index] ?? '';
    expect(holdsAll(text, leaves(message.body)), `${message.source}\n=> ${text}`).toBe(true);
  }
  expect(seen.elements.filter((name) => !ELEMENTS.has(name)), 'elements from raw HTML').toEqual([]);
  expect(seen.attributes.filter((name) => /^on|^style$|^src|^srcdoc$|^formaction$/.test(name))).toEqual([]);
  const expected = messages.flatMap((message) => links(message.body));
  const outward = seen.hrefs.filter((href) => !href.startsWith('#') && !href.startsWith('/'));
  expect(outward).toEqual(expected);
  expect(outward.filter((href) => !/^(https?|mailto):/i.test(href))).toEqual([]);
}
