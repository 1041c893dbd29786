/** What pdfsig says of a file in which not every party has signed yet. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NOT_SIGNED = 'signature form field is not signed';

/** Every fault as a sentence; none when there are `count` valid signatures in fields of different names. */
export function pdfsigFaults(pdf: Uint8Array, count: number): string[] {
  const signatures = blocksOf(pdf).filter((block) => !block.includes(NOT_SIGNED));
  const names = new Set(signatures.map((block) => /Signature Field Name: (.*)/.exec(block)?.[1]));
  const valid = signatures.filter((block) => block.includes('Signature is Valid'));
  const whole = signatures.filter((block) => block.includes('Total document signed'));
  const faults: string[] = [];
  if (names.size !== count) faults.push(`pdfsig sees ${names.size} signed fields instead of ${count}`);
  if (valid.length !== count) faults.push(`pdfsig accepts ${valid.length} of ${count} signatures`);
  if (whole.length !== 1) faults.push(`pdfsig sees ${whole.length} signatures over the whole document`);
  return faults;
}

function blocksOf(pdf: Uint8Array): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'signet-pdfsig-'));
  try {
    const path = join(folder, 'file.pdf');
    writeFileSync(path, pdf);
    const output = execFileSync('pdfsig', ['-nocert', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return output.split(/^Signature #\d+:/m).slice(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
