/** A second opinion: poppler's `pdfsig`, when it is installed. */
import { spawnSync } from 'node:child_process';

export interface OutsideOpinion {
  /** One line per signature: who, and what pdfsig says. */
  readonly signatures: readonly { readonly signer: string; readonly valid: boolean; readonly total: boolean }[];
}

/** Undefined when the tool is not installed. */
export function askPdfsig(path: string): OutsideOpinion | undefined {
  const run = spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8' });
  if (run.error) return undefined;
  const blocks = run.stdout.split(/^Signature #\d+:/m).slice(1);
  const signatures = blocks.map((block) => ({
    signer: /Signer Certificate Common Name: (.*)/.exec(block)?.[1] ?? '',
    valid: block.includes('Signature is Valid'),
    total: block.includes('Total document signed'),
  }));
  return { signatures };
}
