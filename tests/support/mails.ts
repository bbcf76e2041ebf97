import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Backend } from './backend';

/** The newest link to the sign-in page that was mailed to an address, out of the folder of mails. */
export function mailedLink(backend: Backend, email: string, parameter: 'link' | 'invitation'): string | undefined {
  const folder = join(backend.data, 'mail');
  const mails = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const mail = mails.findLast((text) => text.includes(email) && text.includes(`/sign-in?${parameter}`));
  const text = mail?.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  return new RegExp(`/sign-in\\?${parameter}=[\\w-]+`).exec(text ?? '')?.[0];
}
