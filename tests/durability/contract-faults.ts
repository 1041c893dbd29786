/** What must hold for a contract at any moment, also right after a server was killed. */
import { createHash } from 'node:crypto';
import type { SignetClient } from '@signet/sdk';
import { judgeByQpdf } from '../journeys/outside-judges.ts';
import { pdfsigFaults } from './pdfsig.ts';
import type { Platform } from './platform.ts';

export interface ContractView {
  readonly platform: Platform;
  readonly client: SignetClient;
  readonly contractId: string;
}

interface Revision {
  readonly revision: number;
  readonly file_code: string;
  readonly total_size: string;
  readonly sha256: Buffer;
  readonly party_id: string | null;
}

/** Every fault as a sentence; none when each party has either signed all files or none, and every file is what it should be. */
export async function contractFaults(view: ContractView): Promise<string[]> {
  const { platform, client, contractId } = view;
  const revisions = await platform.query<Revision>(
    'select * from file_revisions where contract_id = $1 order by file_code, revision',
    [contractId],
  );
  const parties = await partiesOf(platform, contractId);
  const signed = parties.filter(({ status }) => status === 'signed').map(({ id }) => id);
  const { docs } = await client.contracts.download({ contractId, current: true });
  const faults: string[] = [];
  for (const { fileCode, fileUrl } of docs) {
    const bytes = await client.fetchFile(fileUrl);
    const own = revisions.filter((each) => each.file_code === fileCode);
    faults.push(...revisionFaults(own, bytes, signed), ...(await judgesFaults(client, bytes, signed.length)));
  }
  return faults;
}

export async function partiesOf(platform: Platform, contractId: string) {
  return platform.query<{ id: string; account_id: string; status: string }>(
    'select id, account_id, status from contract_parties where contract_id = $1',
    [contractId],
  );
}

/** Numbers without a gap, each an exact prefix of the next, one signature for each party that has signed and no other. */
function revisionFaults(revisions: readonly Revision[], bytes: Uint8Array, signed: readonly string[]): string[] {
  const faults: string[] = [];
  revisions.forEach(({ revision, total_size, sha256 }, i) => {
    if (revision !== i) faults.push(`revision ${i} is missing`);
    const prefix = createHash('sha256')
      .update(bytes.subarray(0, Number(total_size)))
      .digest();
    if (!prefix.equals(sha256)) faults.push(`revision ${revision} is no prefix of the file`);
  });
  if (Number(revisions.at(-1)?.total_size) !== bytes.length) faults.push('the file is longer than its newest revision');
  const signers = revisions.flatMap(({ party_id }) => party_id ?? []).toSorted();
  if (signers.join() !== signed.toSorted().join()) {
    faults.push(`${signers.length} signatures are stored, ${signed.length} parties have signed`);
  }
  return faults;
}

async function judgesFaults(client: SignetClient, bytes: Uint8Array, signatures: number): Promise<string[]> {
  const faults: string[] = [];
  const own = await client.files.verify({ file: bytes });
  if (own.signatures.length !== signatures) faults.push(`we see ${own.signatures.length} of ${signatures} signatures`);
  if (signatures === 0) return faults;
  if (!own.valid) faults.push(`we refuse the file: ${own.problems.join()}`);
  faults.push(...pdfsigFaults(bytes, signatures));
  const complaint = judgeByQpdf(bytes);
  return complaint ? [...faults, `qpdf: ${complaint}`] : faults;
}
