/**
 * What can be read of a person in an entry: sealed under a key of the chain's own before the entry is hashed. Throwing the key away
 * (crypto-shredding) makes it unreadable, while the entry and its hash stay as they are.
 */
import { and, eq, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import { newKey } from '../../kernel/ids.ts';
import { createSecretBox, type SecretBox } from '../../kernel/secret-box.ts';
import { canonicalJson } from './chain.ts';
import { evidenceKeys } from './schema.ts';

/** The name under which the box stands in an entry's content. */
const FIELD = 'personal';

export type Facts = Readonly<Record<string, unknown>>;

export interface ChainKey {
  readonly subject: string;
  readonly appId: string;
}

/** The chain's key, made at its first use; the caller holds the lock of the chain, and knows when it is a new one. */
export async function chainBox(
  secretBox: SecretBox,
  tx: Tx,
  { subject, appId, isNew }: ChainKey & { readonly isNew: boolean },
): Promise<SecretBox> {
  const known = isNew ? undefined : await findChainBox(secretBox, tx, { subject, appId });
  if (known) return known;
  const key = newKey();
  await tx.insert(evidenceKeys).values({ subject, appId, key: secretBox.seal(key, chainKeyContext(subject)) });
  return createSecretBox(key);
}

export async function findChainBox(
  secretBox: SecretBox,
  db: Db,
  { subject, appId }: ChainKey,
): Promise<SecretBox | undefined> {
  const [row] = await db
    .select({ key: evidenceKeys.key })
    .from(evidenceKeys)
    .where(and(eq(evidenceKeys.subject, subject), eq(evidenceKeys.appId, appId)));
  return row && createSecretBox(secretBox.open(row.key, chainKeyContext(subject)));
}

/** From now on nobody can read what these chains say of a person. */
export async function shred(tx: Tx, subjects: readonly string[]): Promise<void> {
  await tx.delete(evidenceKeys).where(inArray(evidenceKeys.subject, [...subjects]));
}

export function sealPersonal(box: SecretBox, place: string, content: Facts, personal: Facts): Facts {
  return { ...content, [FIELD]: Buffer.from(box.seal(canonicalJson(personal), place)).toString('base64') };
}

/** Undefined where an entry says nothing of a person, or where its key is gone. */
export function openPersonal(box: SecretBox | undefined, place: string, content: string): Facts | undefined {
  const sealed = (JSON.parse(content) as Facts)[FIELD];
  if (!box || typeof sealed !== 'string') return undefined;
  return JSON.parse(box.openText(Buffer.from(sealed, 'base64'), place)) as Facts;
}

/** A box belongs to one entry. */
export function placeOf({ subject, sequence }: { readonly subject: string; readonly sequence: number }): string {
  return `evidence_entries.personal:${subject}:${sequence}`;
}

export function chainKeyContext(subject: string): string {
  return `evidence_keys.key:${subject}`;
}
