/** Whether entries are as they were written, and stand in the order in which they were written. */
import { type EvidenceEntry, GENESIS_HASH, type HeadContent, hashEntry } from './chain.ts';

export type EntryFault = 'ENTRY_MISSING' | 'ENTRY_UNCHAINED' | 'ENTRY_CHANGED';

export interface Link {
  readonly sequence: number;
  readonly hash: Uint8Array;
}

type HashedEntry = EvidenceEntry & Link;

/** What every chain goes on from. */
export const BEFORE_THE_FIRST: Link = { sequence: 0, hash: GENESIS_HASH };

export function entryFaults(entry: HashedEntry, last: Link): EntryFault[] {
  const faults: EntryFault[] = [];
  if (entry.sequence !== last.sequence + 1) faults.push('ENTRY_MISSING');
  else if (!equal(entry.previousHash, last.hash)) faults.push('ENTRY_UNCHAINED');
  if (!isHashOf(entry.hash, entry, hashEntry)) faults.push('ENTRY_CHANGED');
  return faults;
}

/** A whole chain against its head, which is under a MAC that the database alone cannot make. */
export function isChainIntact(
  entries: readonly HashedEntry[],
  head: (HeadContent & { readonly mac: Uint8Array }) | undefined,
  macOf: (head: HeadContent) => Uint8Array,
): boolean {
  const last = entries.at(-1);
  if (!head || !last) return false;
  const isHead = head.sequence === last.sequence && equal(head.hash, last.hash) && equal(macOf(head), head.mac);
  return isHead && entries.every((entry, i) => entryFaults(entry, entries[i - 1] ?? BEFORE_THE_FIRST).length === 0);
}

/** False also for a row that no longer has a spelling, e.g. a time of infinity. */
export function isHashOf<Row extends { readonly at: Date }>(
  hash: Uint8Array,
  row: Row,
  hashRow: (row: Row) => Uint8Array,
): boolean {
  return !Number.isNaN(row.at.getTime()) && equal(hashRow(row), hash);
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
