import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { canonicalJson, type EvidenceSubject, type HeadContent, hashEntry, headText } from './chain.ts';
import { isChainIntact } from './chain-check.ts';
import { chainBox, type Facts, findChainBox, openPersonal, placeOf, sealPersonal, shred } from './personal.ts';
import * as store from './store.ts';

export interface NewEvidence {
  readonly appId: string;
  readonly subject: EvidenceSubject;
  /** What happened, in kebab-case: `contract-started`. */
  readonly kind: string;
  /** Facts of the step; of persons only keyed hashes. */
  readonly content: Facts;
  /** What can be read of a person, masked; sealed, so that it can be made unreadable. */
  readonly personal?: Facts | undefined;
}

export interface ReadableEntry extends store.HashedEntry {
  /** Undefined when the entry says nothing of a person, or when the person was forgotten. */
  readonly personal: Facts | undefined;
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

    /** A subject's chain from its first entry, with what can still be read of its person. */
    async entriesOf(appId: string, subject: EvidenceSubject): Promise<ReadableEntry[]> {
      const entries = await store.entriesOf(database.db, appId, subject);
      const box = await findChainBox(secretBox, database.db, { subject, appId });
      return entries.map((entry) => ({ ...entry, personal: openPersonal(box, placeOf(entry), entry.content) }));
    },

    /** What these chains say of a person cannot be read any more; they stay as they are. */
    shred: (tx: Tx, subjects: readonly EvidenceSubject[]): Promise<void> => shred(tx, subjects),
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
    const isPersonal = entries.some(({ personal }) => personal !== undefined);
    const box = isPersonal
      ? await chainBox(secretBox, tx, { subject, appId: first.appId, isNew: before.sequence === 0 })
      : undefined;
    const hashed = entries.map(({ appId, kind, content, personal }) => {
      const sequence = last.sequence + 1;
      const stored = box && personal ? sealPersonal(box, placeOf({ subject, sequence }), content, personal) : content;
      const entry = { subject, sequence, appId, kind, content: canonicalJson(stored), at, previousHash: last.hash };
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
