/** The member that reads pictures: installed for the tests where the registry answers, else its tests count as skipped. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './ensure-installed.mjs';

const MEMBER = join(ROOT, 'apps', 'ocr');
const INSTALLED_LOCK = join(MEMBER, 'node_modules', '.package-lock.json');
const PATIENCE_MS = 300_000;

export function ensureOcr() {
  if (isCurrent()) return;
  console.log('Installing what reads pictures (npm run ocr:install) …');
  const npm = process.env.npm_execpath;
  const flags = ['ci', '--prefix', MEMBER, '--loglevel=error'];
  const [program, args] = npm?.endsWith('.js') ? [process.execPath, [npm, ...flags]] : ['npm', flags];
  const { status } = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit', timeout: PATIENCE_MS });
  if (status !== 0) console.log('It could not be installed: the tests that read pictures are skipped.');
}

function isCurrent() {
  if (!existsSync(INSTALLED_LOCK)) return false;
  return statSync(INSTALLED_LOCK).mtimeMs >= statSync(join(MEMBER, 'package-lock.json')).mtimeMs;
}
