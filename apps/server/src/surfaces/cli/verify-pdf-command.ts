import { readFile } from 'node:fs/promises';
import type { VerificationReport } from '@signet/pdf';
import { Command } from 'commander';
import { toShanghai } from '../../kernel/time.ts';
import { CommandError, print } from './output.ts';
import { withModules } from './session.ts';

/** `signet verify-pdf FILE`: exit code 1 unless every signature holds and nothing else was done to the file. */
export function verifyPdfCommand(): Command {
  return new Command('verify-pdf')
    .argument('<file>')
    .description("check a signed PDF against this installation's own roots")
    .action(async (path: string) => {
      const file = await readFile(path).catch(() => undefined);
      if (!file) throw new CommandError(`${path} cannot be read.`);
      await withModules(async ({ verification }) => printReport(await verification.check(file)));
    });
}

function printReport(report: VerificationReport): void {
  for (const signature of report.signatures) print(describe(signature));
  for (const problem of report.problems) print(`${problem.code}: ${problem.detail}`);
  print(report.valid ? 'The document is as it was signed.' : 'The document must not be trusted.');
  if (!report.valid) process.exitCode = 1;
}

function describe(signature: VerificationReport['signatures'][number]): string {
  const time = signature.timestamp ? toShanghai(signature.timestamp.time) : 'no timestamp';
  const verdict = signature.valid ? 'valid  ' : 'INVALID';
  const problems = signature.problems.map((problem) => problem.code).join(', ');
  return [verdict, signature.level, time, signature.claimedName ?? '', problems].join('  ').trimEnd();
}
