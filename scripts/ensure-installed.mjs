/** Makes a fresh clone runnable: the right Node, and `npm ci` when what is installed is not what the lock file says. Bare Node only. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const OLDEST_NODE = [20, 19];
const LOCK = join(ROOT, 'package-lock.json');
const INSTALLED_LOCK = join(ROOT, 'node_modules', '.package-lock.json');
const MARK = join(ROOT, 'node_modules', '.installed-from');

export function ensureInstalled() {
  checkNode();
  const digest = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  if (isInstalled(digest)) return;

  console.log('Installing the dependencies of package-lock.json (npm ci) …');
  // The programs of all root commands, also where NODE_ENV=production would leave the development ones out.
  const flags = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync(...npmCommand(flags), { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0)
    fail('npm ci failed. It needs the npm registry (or a mirror set with "npm config set registry URL").');
  writeFileSync(MARK, digest);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  fail(
    `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join('.')} or newer (https://nodejs.org).`,
  );
}

/** The mark counts; without one, what somebody installed by hand after the lock file was written counts too. */
function isInstalled(digest) {
  if (!existsSync(INSTALLED_LOCK)) return false;
  if (existsSync(MARK) && statSync(MARK).mtimeMs >= statSync(INSTALLED_LOCK).mtimeMs) {
    return readFileSync(MARK, 'utf8') === digest;
  }
  return statSync(INSTALLED_LOCK).mtimeMs >= statSync(LOCK).mtimeMs;
}

/** The npm that runs us, if one does, else the one on the path. */
function npmCommand(flags) {
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js') ? [process.execPath, [npm, ...flags]] : ['npm', flags];
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
