import { defineConfig } from '@playwright/test';
import { join } from 'node:path';

import { chromium } from './support/places';

export default defineConfig({
  testDir: __dirname,
  outputDir: join(__dirname, 'results', 'artifacts'),
  // Loads the demo data once; each worker starts its own backend on a copy.
  globalSetup: join(__dirname, 'support', 'global-setup.ts'),
  // A worker has its backend for itself, so any test may run beside any other.
  fullyParallel: true,
  workers: Number(process.env.CASEMENT_TEST_WORKERS ?? 2),
  forbidOnly: !!process.env.CI,
  // A machine that is busy with something else must not decide.
  retries: process.env.CI ? 2 : 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: join(__dirname, 'results', 'journeys.json') }]],
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1280, height: 800 },
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
  projects: [
    { name: 'journeys', testMatch: 'journeys/**/*.spec.ts' },
    // Pictures for the documentation, only when asked for: CASEMENT_SCREENS=folder.
    ...(process.env.CASEMENT_SCREENS ? [{ name: 'screens', testMatch: 'screens/**/*.spec.ts' }] : []),
  ],
});
