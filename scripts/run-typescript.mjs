/** Runs a TypeScript program in this very process, so that signals, exit code and terminal are its own. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, ROOT } from './ensure-installed.mjs';

export async function runTypeScript(path) {
  ensureInstalled();
  const { register } = await import('tsx/esm/api');
  register();
  await import(pathToFileURL(join(ROOT, path)).href);
}
