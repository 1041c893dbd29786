/** Builds the pages of `apps/web` when their sources have changed since the last build; bare Node only. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { ROOT } from './ensure-installed.mjs';

const WEB = join(ROOT, 'apps', 'web');
const OUTPUT = join(WEB, 'dist');
const MARK = '.built-from';
const SOURCES = [
  ...['apps/web/src', 'apps/web/public', 'packages/protocol/src', 'package-lock.json'],
  ...['apps/web/home.html', 'apps/web/sign.html', 'apps/web/grant.html', 'apps/web/console.html'],
  ...['apps/web/verify-person.html', 'apps/web/verify-company.html', 'apps/web/face.html'],
  ...['apps/web/vite.config.ts', 'scripts/build-web.mjs'],
];
const COMPRESSIBLE = /\.(?:js|mjs|css|html|svg|json|wasm)$/;
const LEAST_BYTES = 1_024;
/** Under a test runner the libraries would be built for development, half as large again and slower. */
const PRODUCTION = { ...process.env, NODE_ENV: 'production' };

/** @returns whether the pages are there and fit their sources. */
export function buildWeb() {
  const digest = digestOfSources();
  if (builtFrom(OUTPUT) === digest) return true;

  console.log('Building the pages …');
  const fresh = `${OUTPUT}-${process.pid}`;
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const flags = [
    'build',
    '--config',
    join(WEB, 'vite.config.ts'),
    '--outDir',
    fresh,
    '--emptyOutDir',
    '--logLevel',
    'error',
  ];
  const { status } = spawnSync(process.execPath, [vite, ...flags], { cwd: WEB, stdio: 'inherit', env: PRODUCTION });
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    return false;
  }
  for (const path of filesBelow(fresh)) compress(path);
  writeFileSync(join(fresh, MARK), digest);
  replace(OUTPUT, fresh);
  return true;
}

/** A server that is running goes on with what it serves; two builders at a time do no harm. */
function replace(folder, fresh) {
  const old = `${fresh}-old`;
  mkdirSync(folder, { recursive: true });
  renameSync(folder, old);
  renameSync(fresh, folder);
  rmSync(old, { recursive: true, force: true });
}

function compress(path) {
  const bytes = readFileSync(path);
  if (!COMPRESSIBLE.test(path) || bytes.length < LEAST_BYTES) return;
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
}

function digestOfSources() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const path of filesBelow(join(ROOT, source)))
      hash.update(path.slice(ROOT.length)).update('\0').update(readFileSync(path));
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .toSorted();
}

function builtFrom(folder) {
  const mark = join(folder, MARK);
  return existsSync(mark) ? readFileSync(mark, 'utf8') : undefined;
}
