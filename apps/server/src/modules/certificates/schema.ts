import type { RevocationReason } from '@signet/pki';
import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';

export type AuthorityRole = 'root' | 'issuing-ca' | 'tsa' | 'ocsp-responder' | 'checkpoint';

/** The installation's own keys and certificates, made at first start. */
export const authorities = pgTable('authorities', {
  role: text('role').$type<AuthorityRole>().primaryKey(),
  /** PKCS#8 in a secret box. */
  privateKey: bytea('private_key').notNull(),
  certificate: bytea('certificate').notNull(),
  notAfter: instant('not_after').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** A party's own key and certificate. `holder` is the user's id. */
export const certificates = pgTable(
  'certificates',
  {
    id: text('id').primaryKey(),
    appId: text('app_id').notNull(),
    holder: text('holder').notNull(),
    algorithm: text('algorithm').$type<'p256' | 'rsa-2048' | 'rsa-3072'>().notNull(),
    /** Null once its holder was forgotten: nothing can be signed with it any more. */
    privateKey: bytea('private_key'),
    certificate: bytea('certificate').notNull(),
    serialNumber: text('serial_number').notNull().unique(),
    /** Hash of the subject the certificate names; a renamed holder gets a new one. */
    subjectHash: bytea('subject_hash').notNull(),
    notBefore: instant('not_before').notNull(),
    notAfter: instant('not_after').notNull(),
    revokedAt: instant('revoked_at'),
    revocationReason: text('revocation_reason').$type<RevocationReason>(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('certificates_holder').on(table.holder, table.notAfter),
    // Counted at every answer of the CRL: few rows among very many.
    index('certificates_revoked').on(table.revokedAt).where(sql`${table.revokedAt} is not null`),
  ],
);

/** Every CRL we published, so that numbers only grow. */
export const crls = pgTable(
  'crls',
  {
    number: bigint('number', { mode: 'number' }).primaryKey(),
    issuer: text('issuer').$type<AuthorityRole>().notNull(),
    der: bytea('der').notNull(),
    thisUpdate: instant('this_update').notNull(),
    nextUpdate: instant('next_update').notNull(),
    entries: integer('entries').notNull(),
  },
  (table) => [uniqueIndex('crls_issuer_number').on(table.issuer, table.number)],
);
