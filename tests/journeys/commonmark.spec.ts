import { HtmlRenderer, Parser } from 'commonmark';
import { tests as examples } from 'commonmark-spec';

import { expect, test } from '../support/fixtures';
import { expectedOf, normal, type Rule, RULES } from '../support/reference';
import { rendersSafely } from '../support/rendered';

test.use({ account: 'customer' });

const tabs = (text: string) => text.replaceAll('→', '\t');

test('every example of the CommonMark specification is the tree that it says', async ({ as }, info) => {
  const api = await as('customer');
  const { number } = await api.file('problem', { subject: 'CommonMark, as a tree' });
  const [parser, html] = [new Parser(), new HtmlRenderer()];
  const counts = new Map<Rule | 'nothing', number>();
  const differing: string[] = [];
  let blank = 0;
  for (const example of examples) {
    const source = tabs(example.markdown);
    const document = parser.parse(source);
    // The reference is one only as far as it says what the specification says.
    expect(html.render(document), `the reference implementation, example ${example.number}`).toBe(tabs(example.html));
    const got = JSON.stringify(normal(await api.preview(number, source)));
    let { body, rules } = expectedOf(document);
    if (JSON.stringify(normal(body)) !== got) {
      ({ body, rules } = expectedOf(parser.parse(source.trimEnd())));
      rules.add('blanks at the end of a message are not kept');
    }
    const wanted = JSON.stringify(normal(body));
    blank += source.trim() === '' ? 1 : 0;
    if (wanted !== got) {
      differing.push(`example ${example.number} (${example.section})\n${source}\nwanted ${wanted}\ngot    ${got}`);
      continue;
    }
    for (const rule of rules.size > 0 ? rules : (['nothing'] as const)) {
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
  }
  const said = [
    `${examples.length} examples: ${examples.length - differing.length} equal, ${differing.length} not`,
    `equal without a rule: ${counts.get('nothing') ?? 0}`,
    ...RULES.map((rule) => `equal, where ${rule}: ${counts.get(rule) ?? 0}`),
  ].join('\n');
  console.log(said);
  await info.attach('counts', { body: said, contentType: 'text/plain' });
  expect(differing.join('\n\n')).toBe('');
  expect(examples.length).toBe(652);
  expect(blank).toBeLessThan(5);
  // A rule that nothing shows would be no difference at all.
  expect(RULES.filter((rule) => !counts.has(rule))).toEqual([]);
});

/** Addresses that run code or lead into the program, however they are written. */
const ADDRESSES = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'javascript&colon;alert(1)',
  '&#106;avascript:alert(1)',
  '&#x6A;avascript&#x3A;alert(1)',
  '\u0001javascript:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'data:image/svg+xml,<svg onload=alert(1)>',
  'file:///etc/passwd',
  'blob:https://x.example/1',
  'view-source:https://x.example',
  'intent://x#Intent;end',
  '//evil.example',
  '\\\\evil.example',
  '/api/v1/session',
  'https:x y',
];

/** HTML that would be something if it were not text. */
const HTML = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
  '<form action="https://evil.example"><button formaction="javascript:alert(1)">x</button></form>',
  '<style>@import url(https://evil.example)</style>',
  '<link rel=stylesheet href=https://evil.example>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<details open ontoggle=alert(1)>x</details>',
  '<input autofocus onfocus=alert(1)>',
  '<!--<img src=x onerror=alert(1)>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?php echo 1 ?>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<div\nonclick=alert(1)\n>',
];

test('nothing that people write becomes a script, a strange address or an element of their own', async ({ page, as }) => {
  const api = await as('customer');
  await page.setViewportSize({ width: 1280, height: 20_000 });
  const links = ADDRESSES.flatMap((address) => [
    [`[x](<${address}>)`, `![x](<${address}>)`, `<${address}>`, `[![x](<${address}>)](<${address}>)`],
    [`[x]\n\n[x]: <${address}>`, `> - [x](${address} "t")`, `| a |\n| - |\n| [x](<${address}>) |`],
  ]);
  const html = HTML.map((text) => [text, `a ${text} b`, `> ${text}`, `- **${text}**`, `\`\`\`${text}\n${text}\n\`\`\``]);
  for (const [subject, texts] of [['Hostile addresses', links], ['Hostile HTML', html]] as const) {
    const { number } = await api.file('problem', { subject });
    for (const text of texts) {
      await api.reply(number, text.join('\n\n'));
    }
    await rendersSafely(page, api, number);
    const prose = page.locator('.message .prose');
    expect(await prose.locator('a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual([]);
    expect(await prose.locator('script, img, svg:not(.icon), iframe, form, style, link, meta, base, input').count()).toBe(0);
  }
});
