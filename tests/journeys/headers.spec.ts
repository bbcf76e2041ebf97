import { readdirSync } from 'node:fs';
import { get as httpGet, type IncomingHttpHeaders } from 'node:http';
import { extname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { expect, test as base } from '@playwright/test';

import { Backend } from '../support/backend';
import { root, site } from '../support/places';

const test = base.extend<object, { backend: Backend }>({
  backend: [
    async ({}, use) => {
      const backend = await Backend.start();
      await use(backend);
      await backend.discard();
    },
    { scope: 'worker' },
  ],
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** An answer as it came over the wire, not unpacked. */
function get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    httpGet(url, { headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
      );
    }).on('error', reject);
  });
}

/** Files that keep their names: those of `public/`, and the languages. */
const fixed = new Set([
  'index.html',
  ...readdirSync(join(root, 'public')),
  ...readdirSync(join(site, 'locales')).map((name) => `locales/${name}`),
]);

/** All others, which the build named after their content. */
const hashed = readdirSync(site, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => extname(name) !== '' && !/\.(br|gz)$/.test(name) && !fixed.has(name));

test('the build has a hashed script, module and style sheet', () => {
  const kinds = new Set(hashed.map((name) => extname(name)));
  expect([...kinds].toSorted()).toEqual(['.css', '.js', '.wasm']);
  expect(hashed.filter((name) => !/[-_.][0-9a-f]{8,}[-_.]/.test(name))).toEqual([]);
});

const PAGES = ['/', '/cases'];

for (const path of [...PAGES, '/boot.js', '/favicon.svg', '/api/v1/portal', '/api/v1/session', '/api/v1/nothing']) {
  test(`${path} carries every security header`, async ({ backend }) => {
    const { headers } = await get(backend.url + path);
    const policy = String(headers['content-security-policy']);
    const directives = new Map(policy.split(';').map((part) => {
      const [name = '', ...values] = part.trim().split(/\s+/);
      return [name, values];
    }));
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).not.toContain('http:');
    expect(policy).not.toContain('*');
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
    if (PAGES.includes(path)) {
      expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
      expect(directives.get('style-src')).toEqual(["'self'"]);
      expect(directives.get('frame-src')).toEqual(['blob:']);
      expect(directives.get('base-uri')).toEqual(["'none'"]);
      expect(directives.get('form-action')).toEqual(["'self'"]);
    } else {
      // What is no page may load nothing.
      expect(directives.size).toBe(2);
    }
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    // What means something on pages alone stands there alone: each answer of the first load counts.
    const ofPages = ['referrer-policy', 'cross-origin-opener-policy'].map((name) => headers[name]);
    expect(ofPages).toEqual(PAGES.includes(path) ? ['same-origin', 'same-origin'] : [undefined, undefined]);
  });
}

for (const name of hashed) {
  test(`${name.replace(/-[0-9a-f]+/, '-…')} never changes and comes compressed`, async ({ backend }) => {
    const plain = await get(`${backend.url}/${name}`);
    expect(plain.status).toBe(200);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['cache-control']).toContain('immutable');
    expect(plain.headers['cache-control']).toContain('max-age=31536000');
    const brotli = await get(`${backend.url}/${name}`, { 'accept-encoding': 'gzip, br' });
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(brotli.headers.vary?.toLowerCase()).toContain('accept-encoding');
    expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
    const gzip = await get(`${backend.url}/${name}`, { 'accept-encoding': 'gzip' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
  });
}

test('a language is asked for anew each time, and comes compressed', async ({ backend }) => {
  const answer = await get(`${backend.url}/locales/de.json`, { 'accept-encoding': 'br' });
  expect(answer.headers['cache-control']).toBe('no-cache');
  expect(answer.headers['content-encoding']).toBe('br');
  expect(JSON.parse(brotliDecompressSync(answer.body).toString()).tag).toBe('de');
});

test('the types of files are named', async ({ backend }) => {
  const types: Record<string, RegExp> = {
    '.wasm': /^application\/wasm$/,
    '.js': /^text\/javascript/,
    '.css': /^text\/css/,
    '.svg': /^image\/svg\+xml/,
  };
  for (const name of [...hashed, 'boot.js', 'favicon.svg']) {
    const { headers } = await get(`${backend.url}/${name}`);
    expect(headers['content-type'], name).toMatch(types[extname(name)]!);
  }
});

test('every page is index.html, asked for anew each time', async ({ backend }) => {
  const index = await get(`${backend.url}/`);
  expect(index.headers['content-type']).toMatch(/^text\/html/);
  for (const path of ['/', '/index.html', '/cases', '/cases/CS-000123', '/cases/new/problem?step=review', '/nowhere']) {
    const page = await get(backend.url + path);
    expect(page.status, path).toBe(200);
    expect(page.headers['cache-control'], path).toBe('no-cache');
    expect(page.body.equals(index.body), path).toBe(true);
    expect(page.headers['permissions-policy'], path).toContain('camera=()');
  }
  const html = index.body.toString();
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
  expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
  const again = await get(`${backend.url}/`, { 'if-none-match': String(index.headers.etag) });
  expect(again.status).toBe(304);
  // What a 304 says of a page holds for the page from then on.
  expect(again.headers['content-security-policy']).toBe(index.headers['content-security-policy']);
});

test('a file that is not there is 404, and not a page', async ({ backend }) => {
  const names = ['/casement-0000000000000000.js', '/casement-0000000000000000_bg.wasm', '/missing.css', '/a/b.png'];
  for (const name of names) {
    const { status, headers } = await get(backend.url + name);
    expect(status, name).toBe(404);
    expect(headers['cache-control'], name).not.toContain('immutable');
  }
});

test('nothing outside the site is served', async ({ backend }) => {
  for (const path of ['/..%2fCargo.toml', '/%2e%2e/Cargo.toml', '/..%5cCargo.toml', '/./../Cargo.toml']) {
    const { body, status } = await get(backend.url + path);
    expect(body.toString(), path).not.toContain('[workspace]');
    expect(status, path).not.toBe(500);
  }
});

test('answers of the API are not kept by caches', async ({ backend, request }) => {
  const answer = await request.get(`${backend.url}/api/v1/session`);
  expect(answer.headers()['cache-control']).toMatch(/no-store|no-cache|private/);
  expect(answer.headers()['x-request-id']).toBeTruthy();
});

test('the session cookie is out of reach of scripts and other sites', async ({ backend, request }) => {
  const answer = await request.post(`${backend.url}/api/v1/session`, {
    data: { email: 'customer@acme.example', password: 'casement-demo' },
  });
  const cookie = answer.headers()['set-cookie'] ?? '';
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=(Lax|Strict)/i);
  expect(cookie).toMatch(/Path=\//i);
});

test('what is unchanged is not sent again', async ({ backend }) => {
  for (const path of ['/cases', '/boot.js']) {
    const { headers } = await get(backend.url + path, { 'accept-encoding': 'br' });
    expect(headers.etag, path).toBeTruthy();
    const again = await get(backend.url + path, { 'accept-encoding': 'br', 'if-none-match': headers.etag! });
    expect([again.status, again.body.length], path).toEqual([304, 0]);
  }
});
