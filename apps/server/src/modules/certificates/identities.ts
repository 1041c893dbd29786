/** Each party signs with its own key and certificate: issued at first use, reused while it holds, renewed before its end. */
import {
  issueCertificate,
  type KeyAlgorithm,
  newSerialNumber,
  parseCertificate,
  type SigningKey,
  softwareSigningKey,
} from '@signet/pki';
import { newId19 } from '../../kernel/ids.ts';
import { RecentMap } from '../../kernel/recent-map.ts';
import type { Authorities, AuthoritiesOptions } from './authorities.ts';
import { POLICY_NOTICES, validityFrom } from './authority.ts';
import { addDays } from './calendar.ts';
import type { KeyPool } from './key-pool.ts';
import { type Holder, identityText, PARTY_RENEW_DAYS_AHEAD, PARTY_YEARS, partyName } from './party.ts';
import * as store from './store.ts';
import { trustAddresses } from './trust-addresses.ts';

/** What a party signs with. */
export interface PartyIdentity {
  readonly certificateId: string;
  readonly serialNumber: string;
  readonly certificate: Uint8Array;
  /** From the issuing CA upwards, without the root. */
  readonly chain: Uint8Array[];
  readonly key: SigningKey;
  readonly notAfter: Date;
}

export interface IdentitiesOptions extends AuthoritiesOptions {
  readonly authorities: Authorities;
  readonly keys: KeyPool;
  readonly partyKeyAlgorithm: KeyAlgorithm;
}

export interface Identities {
  of(holder: Holder): Promise<PartyIdentity>;
  forget(appId: string, userId: string): void;
}

/** Whose keys are to be destroyed. */
export interface ForgottenHolder {
  readonly appId: string;
  readonly userId: string;
  /** Something was signed: whoever checks it needs the certificate, which stands in the file anyway. */
  readonly hasSigned: boolean;
}

interface Opened {
  readonly identity: PartyIdentity;
  readonly subjectHash: Uint8Array;
  /** When the table is asked again: another server may have revoked the certificate. */
  readonly checkAgainAt: number;
}

interface Search {
  readonly holder: Holder;
  readonly subjectHash: Uint8Array;
  readonly now: Date;
}

const OPENED_KEYS = 1000;
const TRUSTED_FOR_MS = 60_000;

export function createIdentities(options: IdentitiesOptions): Identities {
  const opened = new RecentMap<string, Opened>(OPENED_KEYS);
  const running = new Map<string, Promise<PartyIdentity>>();

  async function findOrIssue(search: Search): Promise<PartyIdentity> {
    const { appId, userId } = search.holder;
    const key = holderKey(appId, userId);
    const row = (await findUsable(options.db.db, search)) ?? (await issue(options, search));
    const known = opened.get(key)?.identity;
    const identity = known?.certificateId === row.id ? known : openIdentity(options, row);

    const checkAgainAt = search.now.getTime() + TRUSTED_FOR_MS;
    opened.set(key, { identity, subjectHash: search.subjectHash, checkAgainAt });
    return identity;
  }

  return {
    async of(holder) {
      const search = { holder, subjectHash: subjectHashOf(options, holder), now: options.clock.now() };
      const known = opened.get(holderKey(holder.appId, holder.userId));
      if (known && isCurrent(known, search)) return known.identity;

      const runningKey = `${holderKey(holder.appId, holder.userId)}:${Buffer.from(search.subjectHash).toString('hex')}`;
      const already = running.get(runningKey);
      if (already) return already;

      const work = findOrIssue(search).finally(() => running.delete(runningKey));
      running.set(runningKey, work);
      return work;
    },
    forget: (appId, userId) => opened.delete(holderKey(appId, userId)),
  };
}

function isCurrent({ identity, subjectHash, checkAgainAt }: Opened, search: Search): boolean {
  return (
    search.now.getTime() < checkAgainAt &&
    identity.notAfter > usableUntil(search.now) &&
    Buffer.compare(subjectHash, search.subjectHash) === 0
  );
}

function findUsable(db: Parameters<typeof store.findUsable>[0], { holder, subjectHash, now }: Search) {
  return store.findUsable(db, {
    appId: holder.appId,
    holder: holder.userId,
    subjectHash,
    until: usableUntil(now),
  });
}

/** The certificate is made outside the transaction and thrown away when another call was first. */
async function issue(options: IdentitiesOptions, search: Search): Promise<store.CertificateRow> {
  const { appId, userId } = search.holder;
  const candidate = await makeCertificate(options, search);

  return options.db.transaction(async (tx) => {
    await store.lockHolder(tx, appId, userId);
    const found = await findUsable(tx, search);
    if (found) return found;

    await store.insertCertificate(tx, candidate);
    return candidate;
  });
}

async function makeCertificate(
  options: IdentitiesOptions,
  { holder, subjectHash, now }: Search,
): Promise<store.CertificateRow> {
  const { mode, secretBox, publicUrl, partyKeyAlgorithm } = options;
  const issuer = await options.authorities.ready('issuing-ca');
  const pair = await options.keys.take();
  const id = newId19();
  const serialNumber = newSerialNumber();
  const validity = validityFrom(now, PARTY_YEARS);
  const certificate = await issueCertificate({
    profile: 'party',
    subject: partyName(holder, opaqueIdOf(options, holder), mode),
    publicKey: pair.publicKey,
    issuer: { certificate: issuer.certificate },
    issuerKey: issuer.key,
    serialNumber,
    ...validity,
    ...trustAddresses(publicUrl, 'issuing-ca'),
    policyNotice: POLICY_NOTICES[mode],
  });
  return {
    id,
    appId: holder.appId,
    holder: holder.userId,
    algorithm: partyKeyAlgorithm,
    privateKey: secretBox.seal(pair.privateKey, partyKeyContext(id)),
    certificate,
    serialNumber: Buffer.from(serialNumber).toString('hex'),
    subjectHash,
    ...validity,
    revokedAt: null,
    revocationReason: null,
    createdAt: now,
  };
}

function openIdentity({ secretBox, authorities }: IdentitiesOptions, row: store.CertificateRow): PartyIdentity {
  if (!row.privateKey) throw new Error('a certificate without its key was found to sign with');
  const key = softwareSigningKey(secretBox.open(row.privateKey, partyKeyContext(row.id)));
  if (Buffer.compare(parseCertificate(row.certificate).publicKey, key.publicKey) !== 0) {
    throw new Error('a party key does not belong to its certificate');
  }
  return {
    certificateId: row.id,
    serialNumber: row.serialNumber,
    certificate: row.certificate,
    chain: [authorities.current('issuing-ca').certificate],
    key,
    notAfter: row.notAfter,
  };
}

/** Everything a certificate depends on: when any of it changes, the holder gets a new one. */
function subjectHashOf(options: IdentitiesOptions, holder: Holder): Uint8Array {
  const { secretBox, mode, publicUrl, partyKeyAlgorithm } = options;
  const { crlUrl } = trustAddresses(publicUrl, 'issuing-ca');
  const facts = [identityText(holder), holder.kind, holder.name, mode, crlUrl, partyKeyAlgorithm];
  return secretBox.keyedHash(JSON.stringify(facts), 'certificates.subject_hash');
}

function opaqueIdOf({ secretBox }: IdentitiesOptions, holder: Holder): string {
  const hash = secretBox.keyedHash(identityText(holder), 'certificates.person');
  return Buffer.from(hash).toString('hex').slice(0, 32);
}

function usableUntil(now: Date): Date {
  return addDays(now, PARTY_RENEW_DAYS_AHEAD);
}

function holderKey(appId: string, userId: string): string {
  return `${appId}:${userId}`;
}

export function partyKeyContext(certificateId: string): string {
  return `certificates.private_key:${certificateId}`;
}
