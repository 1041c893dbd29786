/** Format, lint and types: everything a machine can say before a reviewer has to. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, ROOT } from './ensure-installed.mjs';

const CHECKS = [
  ['@biomejs/biome/bin/biome', 'check'],
  ['typescript/bin/tsc', '--noEmit', '-p', '.'],
  ['typescript/bin/tsc', '--noEmit', '-p', 'apps/web'],
  // Its types come with its own packages, which are optional.
  ...(existsSync(join(ROOT, 'apps', 'ocr', 'node_modules'))
    ? [['typescript/bin/tsc', '--noEmit', '-p', 'apps/ocr']]
    : []),
];

ensureInstalled();
const failed = CHECKS.filter(([program, ...flags]) => {
  const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', program), ...flags], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  return status !== 0;
});
process.exit(failed.length === 0 ? 0 : 1);
