import type { RevocationReason } from '@signet/pki';
import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, max, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import { type AuthorityRole, authorities, certificates, crls } from './schema.ts';

export type AuthorityRow = typeof authorities.$inferSelect;
export type CertificateRow = typeof certificates.$inferSelect;
export type CrlRow = typeof crls.$inferSelect;

export type RevokedRow = Pick<CertificateRow, 'serialNumber' | 'revokedAt' | 'revocationReason'>;

// Two-part advisory locks: the first part is the module's, ASCII `cert`.
const LOCK_SPACE = 0x63657274;
const AUTHORITIES_LOCK = 1;
const CRL_LOCK = 2;

export async function lockAuthorities(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK_SPACE}, ${AUTHORITIES_LOCK})`);
}

export async function lockCrls(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCK_SPACE}, ${CRL_LOCK})`);
}

/** One holder's first use at a time: there is no row yet that could be locked. */
export async function lockHolder(tx: Tx, appId: string, holder: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`certificate:${appId}:${holder}`}, 0))`);
}

export async function listAuthorities(db: Db | Tx): Promise<AuthorityRow[]> {
  return db.select().from(authorities).orderBy(asc(authorities.role));
}

export async function saveAuthority(tx: Tx, row: AuthorityRow): Promise<void> {
  const { role, ...values } = row;
  await tx.insert(authorities).values(row).onConflictDoUpdate({ target: authorities.role, set: values });
}

/** The holder's newest certificate that names this subject, is not revoked and lasts beyond `until`. */
export async function findUsable(
  db: Db | Tx,
  query: { appId: string; holder: string; subjectHash: Uint8Array; until: Date },
): Promise<CertificateRow | undefined> {
  const [row] = await db
    .select()
    .from(certificates)
    .where(
      and(
        eq(certificates.appId, query.appId),
        eq(certificates.holder, query.holder),
        eq(certificates.subjectHash, query.subjectHash),
        gt(certificates.notAfter, query.until),
        isNull(certificates.revokedAt),
        isNotNull(certificates.privateKey),
      ),
    )
    .orderBy(desc(certificates.notAfter), desc(certificates.id))
    .limit(1);
  return row;
}

export async function insertCertificate(tx: Tx, row: CertificateRow): Promise<void> {
  await tx.insert(certificates).values(row);
}

export async function lockCertificate(
  tx: Tx,
  appId: string,
  serialNumber: string,
): Promise<CertificateRow | undefined> {
  const [row] = await tx
    .select()
    .from(certificates)
    .where(and(eq(certificates.appId, appId), eq(certificates.serialNumber, serialNumber)))
    .for('update');
  return row;
}

export async function saveRevocation(
  tx: Tx,
  id: string,
  revocation: { revokedAt: Date; revocationReason: RevocationReason },
): Promise<void> {
  await tx.update(certificates).set(revocation).where(eq(certificates.id, id));
}

/** Keys are destroyed; certificates stay where something was signed with them, and those that were revoked. */
export async function eraseHolder(
  tx: Tx,
  { appId, holder, keepsCertificates }: { appId: string; holder: string; keepsCertificates: boolean },
): Promise<void> {
  const ofHolder = and(eq(certificates.appId, appId), eq(certificates.holder, holder));
  if (!keepsCertificates) await tx.delete(certificates).where(and(ofHolder, isNull(certificates.revokedAt)));
  await tx.update(certificates).set({ privateKey: null }).where(ofHolder);
}

export async function countRevoked(db: Db | Tx): Promise<number> {
  const [row] = await db.select({ revoked: count() }).from(certificates).where(isNotNull(certificates.revokedAt));
  return row?.revoked ?? 0;
}

export async function listRevoked(db: Db | Tx): Promise<RevokedRow[]> {
  return db
    .select(REVOCATION_COLUMNS)
    .from(certificates)
    .where(isNotNull(certificates.revokedAt))
    .orderBy(asc(certificates.revokedAt), asc(certificates.serialNumber));
}

/** What is known of these serial numbers, whichever app they belong to: the answer of OCSP is public. */
export async function listStatus(db: Db | Tx, serialNumbers: readonly string[]): Promise<RevokedRow[]> {
  return db
    .select(REVOCATION_COLUMNS)
    .from(certificates)
    .where(inArray(certificates.serialNumber, [...serialNumbers]));
}

const REVOCATION_COLUMNS = {
  serialNumber: certificates.serialNumber,
  revokedAt: certificates.revokedAt,
  revocationReason: certificates.revocationReason,
};

export async function findNewestCrl(db: Db | Tx, issuer: AuthorityRole): Promise<CrlRow | undefined> {
  const [row] = await db.select().from(crls).where(eq(crls.issuer, issuer)).orderBy(desc(crls.number)).limit(1);
  return row;
}

export async function findHighestCrlNumber(db: Db | Tx): Promise<number> {
  const [row] = await db.select({ highest: max(crls.number) }).from(crls);
  return row?.highest ?? 0;
}

export async function insertCrl(tx: Tx, row: CrlRow): Promise<void> {
  await tx.insert(crls).values(row);
}
