/** What is known of a number: messages that went to it and codes. Waiting ones are not sent any more. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../kernel/database.ts';
import { hashPhone, type MessagingParts } from './messages.ts';
import { smsCodes, smsMessages } from './schema.ts';

export async function countMessages(parts: MessagingParts, appId: string, phones: readonly string[]): Promise<number> {
  const { db } = parts.database;
  const hashes = phones.map((phone) => hashPhone(parts, phone));
  return db.$count(smsMessages, and(eq(smsMessages.appId, appId), inArray(smsMessages.phoneHash, hashes)));
}

export async function erasePhones(
  parts: MessagingParts,
  tx: Tx,
  { appId, phones }: { readonly appId: string; readonly phones: readonly string[] },
): Promise<void> {
  const hashes = phones.map((phone) => hashPhone(parts, phone));
  await tx.delete(smsMessages).where(and(eq(smsMessages.appId, appId), inArray(smsMessages.phoneHash, hashes)));
  await tx.delete(smsCodes).where(and(eq(smsCodes.appId, appId), inArray(smsCodes.phoneHash, hashes)));
}
