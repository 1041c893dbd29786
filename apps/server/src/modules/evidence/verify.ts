import { z } from 'zod';
import type { Database, Db } from '../../kernel/database.ts';
import { GENESIS_HASH, hashCheckpoint } from './chain.ts';
import { BEFORE_THE_FIRST, type EntryFault, entryFaults, equal, isHashOf, type Link } from './chain-check.ts';
import type { CheckpointSigner } from './ports.ts';
import type { Evidence } from './service.ts';
import * as store from './store.ts';

/** One fault of the evidence, for an operator to read. */
export interface EvidenceProblem {
  readonly code:
    | EntryFault
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
  readonly evidence: Pick<Evidence, 'macOf'>;
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

/** Finds every changed, removed or inserted row (`npx signet verify-evidence`). One snapshot, since the server may run on. */
export function verifyEvidence(dependencies: VerifyDependencies): Promise<EvidenceVerification> {
  return dependencies.database.transaction((tx) => verifySnapshot({ ...dependencies, db: tx }), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

type Snapshot = Omit<VerifyDependencies, 'database'> & { readonly db: Db };

async function verifySnapshot(snapshot: Snapshot): Promise<EvidenceVerification> {
  const entries = await verifyEntries(snapshot);
  const heads = await verifyHeads(snapshot, entries.lastBySubject);
  const checkpoints = await verifyCheckpoints(snapshot, heads.newestCheckpoint);
  const unchained = await store.subjectsWithoutChain(snapshot.db, snapshot.subjectTables);
  return {
    entries: entries.count,
    chains: entries.lastBySubject.size,
    checkpoints: checkpoints.count,
    problems: [
      ...entries.problems,
      ...heads.problems,
      ...checkpoints.problems,
      ...unchained.map((subject) => ({ code: 'CHAIN_MISSING' as const, subject })),
    ],
  };
}

async function verifyEntries({ db }: Snapshot) {
  const problems: EvidenceProblem[] = [];
  const lastBySubject = new Map<string, Link>();
  let count = 0;
  for await (const entry of store.allEntries(db)) {
    count++;
    const { subject, sequence } = entry;
    const last = lastBySubject.get(subject) ?? BEFORE_THE_FIRST;
    for (const code of entryFaults(entry, last)) {
      problems.push({ code, subject, sequence: code === 'ENTRY_MISSING' ? last.sequence + 1 : sequence });
    }
    lastBySubject.set(subject, { sequence, hash: entry.hash });
  }
  return { count, lastBySubject, problems };
}

async function verifyHeads({ db, evidence }: Snapshot, lastBySubject: ReadonlyMap<string, Link>) {
  const problems: EvidenceProblem[] = [];
  const seen = new Set<string>();
  let newestCheckpoint = 0;
  for await (const head of store.allHeads(db)) {
    const { subject, sequence } = head;
    seen.add(subject);
    newestCheckpoint = Math.max(newestCheckpoint, head.checkpoint ?? 0);
    const last = lastBySubject.get(subject);
    const isLast = last?.sequence === sequence && equal(last.hash, head.hash);
    if (!last || last.sequence < sequence) problems.push({ code: 'CHAIN_CUT', subject, sequence });
    else if (!isLast || !equal(evidence.macOf(head), head.mac)) {
      problems.push({ code: 'HEAD_CHANGED', subject, sequence });
    }
  }
  const headless = [...lastBySubject.keys()].filter((subject) => !seen.has(subject));
  problems.push(...headless.map((subject) => ({ code: 'HEAD_MISSING' as const, subject })));
  return { newestCheckpoint, problems };
}

/** `newestKnown`: the highest number that a chain names, which tells that the last checkpoints are gone. */
async function verifyCheckpoints({ db, signer }: Snapshot, newestKnown: number) {
  const problems: EvidenceProblem[] = [];
  const missing = (number: number) => problems.push({ code: 'CHECKPOINT_MISSING', subject: `checkpoint:${number}` });
  let count = 0;
  let last = { number: 0, hash: GENESIS_HASH };
  for await (const checkpoint of store.allCheckpoints(db)) {
    count++;
    const subject = `checkpoint:${checkpoint.number}`;
    const isNext = checkpoint.number === last.number + 1;
    if (!isNext) missing(last.number + 1);
    const isChained = !isNext || equal(checkpoint.previousHash, last.hash);
    const isIntact = isHashOf(checkpoint.hash, checkpoint, hashCheckpoint);
    if (!isChained || !isIntact) problems.push({ code: 'CHECKPOINT_CHANGED', subject });
    if (!(await signer.verify(checkpoint.hash, checkpoint.signature, checkpoint.certificate))) {
      problems.push({ code: 'CHECKPOINT_SIGNATURE', subject });
    }
    problems.push(...(await contradictions(db, checkpoint.heads)));
    last = checkpoint;
  }
  if (newestKnown > last.number) missing(last.number + 1);
  return { count, problems };
}

async function contradictions(db: Db, headsJson: string): Promise<EvidenceProblem[]> {
  const heads = parseHeads(headsJson);
  const hashes = await store.entryHashes(
    db,
    heads.map(([subject, sequence]) => [subject, sequence] as const),
  );
  return heads
    .filter(([subject, , hash]) => hashes.get(subject) !== hash)
    .map(([subject, sequence]) => ({ code: 'CHECKPOINT_CONTRADICTED' as const, subject, sequence }));
}

const headsSchema = z.array(z.tuple([z.string(), z.int32(), z.string()]));

/** Empty when unreadable: the checkpoint's own hash already reports the change. */
function parseHeads(json: string): z.infer<typeof headsSchema> {
  try {
    return headsSchema.parse(JSON.parse(json));
  } catch {
    return [];
  }
}
