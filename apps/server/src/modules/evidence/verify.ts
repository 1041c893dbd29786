import type { Database } from '../../kernel/database.ts';
import { GENESIS_HASH, hashCheckpoint, hashEntry } from './chain.ts';
import type { CheckpointSigner } from './ports.ts';
import type { Evidence } from './service.ts';
import * as store from './store.ts';

/** One fault of the evidence, for an operator to read. */
export interface EvidenceProblem {
  readonly code:
    | 'ENTRY_MISSING'
    | 'ENTRY_CHANGED'
    | 'ENTRY_UNCHAINED'
    | 'HEAD_MISSING'
    | 'HEAD_CHANGED'
    | 'CHAIN_CUT'
    | 'CHAIN_MISSING'
    | 'CHECKPOINT_CHANGED'
    | 'CHECKPOINT_MISSING'
    | 'CHECKPOINT_SIGNATURE'
    | 'CHECKPOINT_CONTRADICTED';
  /** The chain, or `checkpoint:<number>`. */
  readonly subject: string;
  readonly sequence?: number;
}

export interface VerifyDependencies {
  readonly database: Database;
  readonly evidence: Evidence;
  readonly signer: CheckpointSigner;
  /** Where subjects come from, to find those whose whole chain is gone. */
  readonly subjectTables: readonly store.SubjectTable[];
}

export interface EvidenceVerification {
  readonly entries: number;
  readonly chains: number;
  readonly checkpoints: number;
  readonly problems: readonly EvidenceProblem[];
}

/** Finds every changed, removed or inserted row (`npx signet verify-evidence`). */
export async function verifyEvidence(dependencies: VerifyDependencies): Promise<EvidenceVerification> {
  const { db } = dependencies.database;
  const problems: EvidenceProblem[] = [];
  const { entries, lastBySubject } = await verifyEntries(dependencies, problems);
  await verifyHeads(dependencies, lastBySubject, problems);
  const checkpoints = await verifyCheckpoints(dependencies, problems);
  for (const subject of await store.subjectsWithoutChain(db, dependencies.subjectTables)) {
    problems.push({ code: 'CHAIN_MISSING', subject });
  }
  return { entries, chains: lastBySubject.size, checkpoints, problems };
}

type Last = { readonly sequence: number; readonly hash: Uint8Array };

async function verifyEntries({ database }: VerifyDependencies, problems: EvidenceProblem[]) {
  const lastBySubject = new Map<string, Last>();
  let entries = 0;
  for await (const entry of store.allEntries(database.db)) {
    entries++;
    const { subject, sequence } = entry;
    const last = lastBySubject.get(subject) ?? { sequence: 0, hash: GENESIS_HASH };
    if (sequence !== last.sequence + 1) problems.push({ code: 'ENTRY_MISSING', subject, sequence: last.sequence + 1 });
    else if (!equal(entry.previousHash, last.hash)) problems.push({ code: 'ENTRY_UNCHAINED', subject, sequence });
    if (!equal(hashEntry(entry), entry.hash)) problems.push({ code: 'ENTRY_CHANGED', subject, sequence });
    lastBySubject.set(subject, { sequence, hash: entry.hash });
  }
  return { entries, lastBySubject };
}

async function verifyHeads(
  { database, evidence }: VerifyDependencies,
  lastBySubject: ReadonlyMap<string, Last>,
  problems: EvidenceProblem[],
): Promise<void> {
  const seen = new Set<string>();
  for await (const head of store.allHeads(database.db)) {
    const { subject, sequence } = head;
    seen.add(subject);
    const last = lastBySubject.get(subject);
    if (!equal(evidence.macOf(head), head.mac)) problems.push({ code: 'HEAD_CHANGED', subject, sequence });
    if (!last || last.sequence < sequence) problems.push({ code: 'CHAIN_CUT', subject, sequence });
    else if (last.sequence !== sequence || !equal(last.hash, head.hash)) {
      problems.push({ code: 'HEAD_CHANGED', subject, sequence });
    }
  }
  for (const subject of lastBySubject.keys()) {
    if (!seen.has(subject)) problems.push({ code: 'HEAD_MISSING', subject });
  }
}

async function verifyCheckpoints({ database, signer }: VerifyDependencies, problems: EvidenceProblem[]) {
  let count = 0;
  let last = { number: 0, hash: GENESIS_HASH };
  for await (const checkpoint of store.allCheckpoints(database.db)) {
    count++;
    const subject = `checkpoint:${checkpoint.number}`;
    if (checkpoint.number !== last.number + 1) {
      problems.push({ code: 'CHECKPOINT_MISSING', subject: `checkpoint:${last.number + 1}` });
    } else if (!equal(checkpoint.previousHash, last.hash)) problems.push({ code: 'CHECKPOINT_CHANGED', subject });
    if (!equal(hashCheckpoint(checkpoint), checkpoint.hash)) problems.push({ code: 'CHECKPOINT_CHANGED', subject });
    if (!(await signer.verify(checkpoint.hash, checkpoint.signature, checkpoint.certificate))) {
      problems.push({ code: 'CHECKPOINT_SIGNATURE', subject });
    }
    problems.push(...(await contradictions(database, checkpoint.heads)));
    last = { number: checkpoint.number, hash: checkpoint.hash };
  }
  return count;
}

async function contradictions(database: Database, headsJson: string): Promise<EvidenceProblem[]> {
  const heads = parseHeads(headsJson);
  const hashes = await store.entryHashes(
    database.db,
    heads.map(([subject, sequence]) => [subject, sequence] as const),
  );
  return heads
    .filter(([subject, , hash]) => hashes.get(subject) !== hash)
    .map(([subject, sequence]) => ({ code: 'CHECKPOINT_CONTRADICTED' as const, subject, sequence }));
}

function parseHeads(json: string): [subject: string, sequence: number, hash: string][] {
  try {
    return JSON.parse(json);
  } catch {
    return []; // The checkpoint's own hash already reports the change.
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
