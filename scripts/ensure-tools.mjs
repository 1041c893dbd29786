/** The programs that judge our bytes in the tests: installed where we may, named where we may not. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Without a required one the run fails; the tests of another count as skipped. */
const TOOLS = [
  { name: 'bash', debianPackage: 'bash', isRequired: true, isThere: () => runs('bash', '--version') },
  { name: 'openssl', debianPackage: 'openssl', isRequired: true, isThere: () => runs('openssl', 'version') },
  { name: 'pdfsig', debianPackage: 'poppler-utils', isRequired: true, isThere: () => runs('pdfsig', '-v') },
  { name: 'qpdf', debianPackage: 'qpdf', isRequired: true, isThere: () => runs('qpdf', '--version') },
  { name: 'python3', debianPackage: 'python3', isRequired: true, isThere: () => runs('python3', '--version') },
  { name: 'chromium', debianPackage: 'chromium', isRequired: true, isThere: () => existsSync('/usr/bin/chromium') },
  {
    // Without it the pictures of the pages show their Chinese in whatever face there is.
    name: 'Noto CJK fonts',
    debianPackage: 'fonts-noto-cjk',
    isRequired: false,
    isThere: () => existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
  },
  {
    name: 'python3-endesive',
    debianPackage: 'python3-endesive',
    isRequired: false,
    isThere: () => runs('/usr/bin/python3', '-c', 'import endesive') || runs('python3', '-c', 'import endesive'),
  },
  { name: 'mutool', debianPackage: 'mupdf-tools', isRequired: false, isThere: () => runs('mutool', '-v') },
  {
    name: 'poppler-data',
    debianPackage: 'poppler-data',
    isRequired: false,
    isThere: () => existsSync('/usr/share/poppler/cMap'),
  },
];

/** @returns the names of required tools that are still missing. */
export function ensureTools() {
  const missing = findMissing();
  if (missing.length > 0 && mayInstall()) install(missing);

  const remaining = missing.length > 0 ? findMissing() : [];
  if (remaining.length > 0) {
    const packages = remaining.map((tool) => tool.debianPackage).join(' ');
    console.error(`Missing: ${remaining.map((tool) => tool.name).join(', ')}.`);
    console.error(`On Debian or Ubuntu: sudo apt-get install -y ${packages}`);
  }
  return remaining.filter((tool) => tool.isRequired).map((tool) => tool.name);
}

function findMissing() {
  return TOOLS.filter((tool) => !tool.isThere());
}

function mayInstall() {
  return process.getuid?.() === 0 && runs('apt-get', '--version');
}

function install(missing) {
  const packages = missing.map((tool) => tool.debianPackage);
  console.log(`Installing system packages for the tests: ${packages.join(' ')} …`);
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };

  spawnSync('apt-get', ['update', '-qq'], options);
  const flags = ['install', '-y', '-qq', '--no-install-recommends'];
  if (spawnSync('apt-get', [...flags, ...packages], options).status === 0) return;
  // One unknown name must not keep the others out.
  for (const name of packages) spawnSync('apt-get', [...flags, name], options);
}

function runs(program, ...flags) {
  return spawnSync(program, flags, { stdio: 'ignore' }).status === 0;
}
