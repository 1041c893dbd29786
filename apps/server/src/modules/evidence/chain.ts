import { createHash } from 'node:crypto';

/** Whose life an entry belongs to. */
export type EvidenceSubject = `${'contract' | 'user' | 'verification' | 'seal-grant'}:${string}`;

export interface EvidenceEntry {
  readonly subject: string;
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly appId: string;
  readonly kind: string;
  /** Canonical JSON. */
  readonly content: string;
  readonly at: Date;
  readonly previousHash: Uint8Array;
}

/** What stands before the first entry of a chain. */
export const GENESIS_HASH: Uint8Array = new Uint8Array(32);

/** SHA-256 over all fields of the entry; each field has one spelling, so that nobody can move bytes between fields. */
export function hashEntry(entry: EvidenceEntry): Uint8Array {
  const fields = [
    Buffer.from(entry.previousHash).toString('hex'),
    entry.subject,
    entry.sequence,
    entry.appId,
    entry.kind,
    entry.at.toISOString(),
    entry.content,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest();
}

export interface CheckpointContent {
  readonly number: number;
  readonly at: Date;
  readonly previousHash: Uint8Array;
  readonly heads: string;
}

export function hashCheckpoint(checkpoint: CheckpointContent): Uint8Array {
  const fields = [
    Buffer.from(checkpoint.previousHash).toString('hex'),
    checkpoint.number,
    checkpoint.at.toISOString(),
    checkpoint.heads,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest();
}

/** The newest entry of a chain, and what the checkpoints know of it. */
export interface HeadContent {
  readonly subject: string;
  readonly appId: string;
  readonly sequence: number;
  readonly hash: Uint8Array;
  readonly checkpoint: number | null;
  readonly moved: boolean;
}

/** What the MAC of a head is taken over. */
export function headText({ subject, appId, sequence, hash, checkpoint, moved }: HeadContent): string {
  return JSON.stringify([subject, appId, sequence, Buffer.from(hash).toString('hex'), checkpoint, moved]);
}

/** JSON with object keys sorted, so that equal content has equal bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
