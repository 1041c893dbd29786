import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PdfsigVerdict {
  readonly signers: readonly string[];
  readonly fieldNames: readonly string[];
  readonly allValid: boolean;
  readonly lastCoversTotal: boolean;
}

export function judgeByPdfsig(pdf: Uint8Array): PdfsigVerdict {
  return withFile(pdf, (path) => {
    const output = execFileSync('pdfsig', ['-nocert', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const blocks = output.split(/^Signature #\d+:/m).slice(1);
    const all = (pattern: RegExp) => blocks.map((block) => pattern.exec(block)?.[1] ?? '');
    return {
      signers: all(/Signer Certificate Common Name: (.*)/),
      fieldNames: all(/Signature Field Name: (.*)/),
      allValid: blocks.every((block) => block.includes('Signature is Valid')),
      lastCoversTotal: blocks.filter((block) => block.includes('Total document signed')).length === 1,
    };
  });
}

/** Empty when the file is clean. */
export function judgeByQpdf(pdf: Uint8Array): string {
  return withFile(pdf, (path) => {
    const { status, stderr, stdout } = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' });
    return status === 0 ? '' : `${stdout}${stderr}`;
  });
}

function withFile<Verdict>(pdf: Uint8Array, judge: (path: string) => Verdict): Verdict {
  const folder = mkdtempSync(join(tmpdir(), 'signet-judge-'));
  try {
    const path = join(folder, 'file.pdf');
    writeFileSync(path, pdf);
    return judge(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
