/**
 * What the contract's tree of a text must be, worked out from the tree of CommonMark's
 * reference implementation by the rules in which the two differ.
 */

import type { Node as Parsed } from 'commonmark';
import encode from 'mdurl/encode';

import type { Node } from './wire';

/** Where the contract's tree says less than CommonMark's, or says it otherwise. */
export const RULES = [
  'raw HTML is text',
  'an image is a link to it',
  'an address that is not of the web or a mailbox is no link',
  'a link or an image within a link is its text',
  'a link without words shows its address',
  'of what stands behind a fence the first word counts',
  'blanks at the end of a message are not kept',
] as const;

export type Rule = (typeof RULES)[number];

/** The tree, and the rules it took. */
export interface Expected {
  body: Node[];
  rules: Set<Rule>;
}

export function expectedOf(document: Parsed): Expected {
  const rules = new Set<Rule>();
  return { body: blocks(document, rules), rules };
}

/** The tree as both sides write it: addresses encoded, texts joined. */
export function normal(nodes: Node[]): Node[] {
  return joined(nodes.map(normalNode));
}

function normalNode(node: Node): Node {
  if (typeof node === 'string') {
    return node;
  }
  const [kind, content] = Object.entries(node)[0]!;
  const inner = {
    ...content,
    ...(content.href !== undefined && { href: encode(content.href) }),
    ...(content.children && { children: normal(content.children) }),
    ...(content.items && { items: content.items.map(normal) }),
  };
  // The last line's end of raw HTML and of code is no part of what it says: messages are
  // stored without the blanks at their end.
  if (kind === 'paragraph' && inner.children) {
    return { paragraph: { ...inner, children: trimmed(inner.children) } };
  }
  return { [kind]: kind === 'code' ? { ...inner, text: inner.text!.replace(/\n$/, '') } : inner };
}

function trimmed(nodes: Node[]): Node[] {
  const last = nodes.at(-1);
  if (typeof last === 'object' && last.text) {
    return [...nodes.slice(0, -1), { text: { text: last.text.text!.replace(/\n+$/, '') } }];
  }
  return nodes;
}

/** Texts side by side are one. */
function joined(nodes: Node[]): Node[] {
  const all: Node[] = [];
  for (const node of nodes) {
    const last = all.at(-1);
    const text = typeof node === 'object' ? node.text?.text : undefined;
    if (text !== undefined && typeof last === 'object' && last.text) {
      all[all.length - 1] = { text: { text: `${last.text.text}${text}` } };
    } else if (text !== '') {
      all.push(node);
    }
  }
  return all;
}

function childrenOf(node: Parsed): Parsed[] {
  const all: Parsed[] = [];
  for (let child = node.firstChild; child; child = child.next) {
    all.push(child);
  }
  return all;
}

function blocks(parent: Parsed, rules: Set<Rule>): Node[] {
  return childrenOf(parent).map((node) => block(node, rules));
}

function block(node: Parsed, rules: Set<Rule>): Node {
  switch (node.type) {
    case 'paragraph':
      return { paragraph: { children: inlines(node, rules, false) } };
    case 'heading':
      return { heading: { level: node.level, children: inlines(node, rules, false) } };
    case 'block_quote':
      return { quote: { children: blocks(node, rules) } };
    case 'list': {
      const items = childrenOf(node).map((item) => blocks(item, rules));
      return { list: node.listType === 'ordered' ? { start: node.listStart, items } : { items } };
    }
    case 'code_block': {
      const words = (node.info ?? '').split(/\s+/).filter(Boolean);
      if (words.length > 1) {
        rules.add('of what stands behind a fence the first word counts');
      }
      const language = words[0] && [...words[0]].slice(0, 30).join('');
      return { code: { ...(language && { language }), text: node.literal ?? '' } };
    }
    case 'html_block':
      rules.add('raw HTML is text');
      return { paragraph: { children: [{ text: { text: node.literal ?? '' } }] } };
    case 'thematic_break':
      return 'rule';
    default:
      throw new Error(`no rule for ${node.type}`);
  }
}

function inlines(parent: Parsed, rules: Set<Rule>, linked: boolean): Node[] {
  return childrenOf(parent).flatMap((node) => inline(node, rules, linked));
}

function inline(node: Parsed, rules: Set<Rule>, linked: boolean): Node[] {
  switch (node.type) {
    case 'text':
      return [{ text: { text: node.literal ?? '' } }];
    case 'softbreak':
      return [{ text: { text: '\n' } }];
    case 'linebreak':
      return ['break'];
    case 'code':
      return [{ code: { text: node.literal ?? '' } }];
    case 'html_inline':
      rules.add('raw HTML is text');
      return [{ text: { text: node.literal ?? '' } }];
    case 'emph':
      return [{ emphasis: { children: inlines(node, rules, linked) } }];
    case 'strong':
      return [{ strong: { children: inlines(node, rules, linked) } }];
    case 'link':
    case 'image':
      return link(node, rules, linked);
    default:
      throw new Error(`no rule for ${node.type}`);
  }
}

function link(node: Parsed, rules: Set<Rule>, linked: boolean): Node[] {
  const href = node.destination ?? '';
  let children = inlines(node, rules, true);
  if (children.length === 0) {
    rules.add('a link without words shows its address');
    children = [{ text: { text: href } }];
  }
  if (node.type === 'image') {
    rules.add('an image is a link to it');
  }
  if (linked) {
    rules.add('a link or an image within a link is its text');
    return children;
  }
  if (!/^(https?|mailto):/i.test(href) || /[\s\p{Cc}]/u.test(href)) {
    rules.add('an address that is not of the web or a mailbox is no link');
    return children;
  }
  return [{ link: { href, children } }];
}
