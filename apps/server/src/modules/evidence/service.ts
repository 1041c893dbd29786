import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { canonicalJson, type EvidenceSubject, type HeadContent, hashEntry, headText } from './chain.ts';
import { isChainIntact } from './chain-check.ts';
import * as store from './store.ts';

export interface NewEvidence {
  readonly appId: string;
  readonly subject: EvidenceSubject;
  /** What happened, in kebab-case: `contract-started`. */
  readonly kind: string;
  /** Facts of the step; personal data only masked or as keyed hashes. */
  readonly content: Readonly<Record<string, unknown>>;
}

export interface EvidenceChain {
  readonly entries: readonly store.HashedEntry[];
  readonly isIntact: boolean;
}

export type Evidence = ReturnType<typeof createEvidence>;

/** Append-only, hash-linked chains (存证), written in the caller's transaction. */
export function createEvidence({ database, secretBox, clock }: EvidenceDependencies) {
  const macOf = (head: HeadContent) => secretBox.keyedHash(headText(head), 'evidence.head');

  return {
    macOf,

    append: (tx: Tx, entry: NewEvidence) => appendAll(tx, [entry]),

    appendAll,

    /** The newest entry's place and hash, e.g. to tie one chain to another; undefined when there is no chain. */
    async headOf(tx: Tx, subject: EvidenceSubject): Promise<{ sequence: number; hash: string } | undefined> {
      const head = await store.lockHead(tx, subject);
      return head && { sequence: head.sequence, hash: Buffer.from(head.hash).toString('hex') };
    },

    /** A subject's chain, and whether it is as it was written. */
    chainOf: (appId: string, subject: EvidenceSubject): Promise<EvidenceChain> =>
      database.transaction(
        async (tx) => {
          const entries = await store.entriesOf(tx, appId, subject);
          return { entries, isIntact: isChainIntact(entries, await store.findHead(tx, appId, subject), macOf) };
        },
        { isolationLevel: 'repeatable read', accessMode: 'read only' },
      ),

    /** A subject's chain from its first entry. */
    entriesOf: (appId: string, subject: EvidenceSubject) => store.entriesOf(database.db, appId, subject),
  };

  /** Several steps of one subject at once; all entries must name the same subject. */
  async function appendAll(tx: Tx, entries: readonly NewEvidence[]): Promise<void> {
    const [first] = entries;
    if (!first) return;
    const { subject } = first;
    const before = await store.lockOrBegin(tx, subject, first.appId);
    // Read under the lock, so that the times of a chain go forward.
    const at = clock.now();
    let last: Pick<HeadContent, 'sequence' | 'hash'> = before;
    const hashed = entries.map(({ appId, kind, content }) => {
      const entry = {
        subject,
        sequence: last.sequence + 1,
        appId,
        kind,
        content: canonicalJson(content),
        at,
        previousHash: last.hash,
      };
      last = { sequence: entry.sequence, hash: hashEntry(entry) };
      return { ...entry, hash: last.hash };
    });
    const head = { ...before, ...last, moved: true };
    await store.saveEntries(tx, hashed, { ...head, mac: macOf(head) });
  }
}

export interface EvidenceDependencies {
  readonly database: Database;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
}
