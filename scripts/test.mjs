/** All tests, or those whose path is given; ends with the line `N passed, N failed, N skipped` whatever happens. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, ROOT } from './ensure-installed.mjs';
import { ensureOcr } from './ensure-ocr.mjs';
import { ensureTools } from './ensure-tools.mjs';

const RESULTS = join(ROOT, '.cache', `test-results-${process.pid}.json`);

ensureInstalled();
ensureOcr();
const missing = ensureTools();
const status = missing.length > 0 ? 1 : runTests();
const counts = readCounts();

// A fault outside any test (a failed setup, a missing tool, an unhandled rejection) must not read as success.
if (status !== 0 && counts.failed === 0) counts.failed = 1;
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 ? 1 : status);

function runTests() {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`];
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  return run.status ?? 1;
}

function readCounts() {
  try {
    const results = JSON.parse(readFileSync(RESULTS, 'utf8'));
    rmSync(RESULTS);
    // A file that could not be loaded holds no test, but it failed.
    const unloaded = results.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    return {
      passed: results.numPassedTests,
      failed: results.numFailedTests + unloaded.length,
      skipped: results.numPendingTests + results.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
