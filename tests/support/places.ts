import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export const root = join(__dirname, '..', '..');
/** The built portal; CASEMENT_SITE names another than that of `cargo xtask build`. */
export const site = process.env.CASEMENT_SITE ?? join(root, 'dist');

/** The backend as built, the release build where there is one; or what CASEMENT_BACKEND names. */
export function backendProgram(): string {
  const named = process.env.CASEMENT_BACKEND;
  const built = ['release', 'debug'].map((profile) => join(root, 'target', profile, 'casement-backend'));
  const found = (named ? [named] : built).find((path) => existsSync(path));
  if (!found) {
    throw new Error('The backend is not built: run `cargo xtask build` first.');
  }
  return found;
}

/** The system's browser: Playwright's own download is not needed. */
export function chromium(): string | undefined {
  if (process.env.CHROMIUM) {
    return process.env.CHROMIUM;
  }
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
