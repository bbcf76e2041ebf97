import { defineConfig } from '@playwright/test';
import { accessSync, constants, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The system's browser: Playwright's own download is not needed. */
function chromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // not in this folder
      }
    }
  }
  return undefined;
}

const root = join(__dirname, '..');
const port = Number(process.env.CASEMENT_TEST_PORT ?? 8097);
const baseURL = process.env.CASEMENT_URL ?? `http://127.0.0.1:${port}`;
// Workers load this file again: the data folder is made once, by the first.
process.env.CASEMENT_TEST_DATA ??= mkdtempSync(join(tmpdir(), 'casement-journeys-'));

export default defineConfig({
  testDir: __dirname,
  testMatch: '**/*.spec.ts',
  outputDir: join(__dirname, 'results', 'artifacts'),
  // One backend and one set of demo data serve every spec.
  fullyParallel: false,
  workers: Number(process.env.CASEMENT_TEST_WORKERS ?? 2),
  forbidOnly: !!process.env.CI,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: join(__dirname, 'results', 'journeys.json') }]],
  use: {
    baseURL,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium(),
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [{ name: 'chromium', use: { viewport: { width: 1280, height: 800 } } }],
  // With CASEMENT_URL the specs run against a backend that is already there.
  webServer: process.env.CASEMENT_URL
    ? undefined
    : {
        command: [
          `"${join(root, 'target', 'release', 'casement-backend')}" serve --demo`,
          `--port ${port} --data "${process.env.CASEMENT_TEST_DATA}"`,
          `--site "${join(root, 'dist')}"`,
        ].join(' '),
        cwd: root,
        url: `${baseURL}/healthz`,
        timeout: 120_000,
        reuseExistingServer: false,
        stdout: 'pipe',
        stderr: 'pipe',
      },
});
