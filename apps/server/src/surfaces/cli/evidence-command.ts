import { Command } from 'commander';
import { verifyEvidence } from '../../modules/evidence/index.ts';
import { print } from './output.ts';
import { withModules } from './session.ts';

const SUBJECT_TABLES = [
  { kind: 'contract', table: 'contracts', column: 'id' },
  { kind: 'user', table: 'users', column: 'id' },
  { kind: 'verification', table: 'verifications', column: 'id' },
  { kind: 'seal-grant', table: 'seal_grants', column: 'authorize_code' },
];

/** `signet verify-evidence`: exit code 1 when a row was changed, removed or inserted. */
export function evidenceCommand(): Command {
  return new Command('verify-evidence').description('check every chain of evidence and every checkpoint').action(() =>
    withModules(async ({ evidence, certificates }, { database }) => {
      const signer = certificates.checkpointSigner;
      const found = await verifyEvidence({ database, evidence, signer, subjectTables: SUBJECT_TABLES });
      for (const { code, subject, sequence } of found.problems)
        print(`${code}  ${subject}  ${sequence ?? ''}`.trimEnd());
      print(`${found.chains} chains, ${found.entries} entries, ${found.checkpoints} checkpoints`);
      print(found.problems.length === 0 ? 'The evidence is complete.' : `${found.problems.length} problems found.`);
      if (found.problems.length > 0) process.exitCode = 1;
    }),
  );
}
