import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { Backend, TEMPLATE } from './backend';
import { site } from './places';

/** Loads the demo data once; every worker's backend gets a copy. */
export default async function setup(): Promise<() => void> {
  if (!existsSync(join(site, 'index.html'))) {
    throw new Error('The portal is not built: run `cargo xtask build` first.');
  }
  const template = await Backend.makeTemplate();
  process.env[TEMPLATE] = template;
  return () => rmSync(template, { recursive: true, force: true });
}
