import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Finding, fault, ok } from './doctor-finding.ts';

const OLDEST_NODE = '20.19';
const FONTS = [
  ['@expo-google-fonts/noto-sans-sc', '700Bold/NotoSansSC_700Bold.ttf'],
  ['@expo-google-fonts/noto-serif-sc', '700Bold/NotoSerifSC_700Bold.ttf'],
] as const;

/** What the machine and the program's own files must offer. */
export function* systemFindings(): Generator<Finding> {
  yield checkNode();
  yield checkFonts();
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  const isNewEnough = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  if (isNewEnough) return ok('Node.js', process.versions.node);
  return fault('Node.js', `${process.versions.node} is too old.`, `install Node ${OLDEST_NODE} or newer.`);
}

function checkFonts(): Finding {
  const missing = FONTS.filter(([name, file]) => !isInstalled(name, file)).map(([name]) => name);
  if (missing.length === 0) return ok('Fonts', 'present');
  return fault('Fonts', `${missing.join(', ')} is missing: no seal can be drawn.`, 'run npm ci.');
}

function isInstalled(name: string, file: string): boolean {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    return existsSync(join(folder, file));
  } catch {
    return false;
  }
}
