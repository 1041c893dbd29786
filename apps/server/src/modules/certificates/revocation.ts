/** Withdraws certificates, and says which: CRL (RFC 5280 §5) and OCSP (RFC 6960). */
import { type CertificateStatus, createCrl, type RevocationReason, respondToOcspRequest } from '@signet/pki';
import type { Authorities, AuthoritiesOptions } from './authorities.ts';
import { addDays } from './calendar.ts';
import type { Identities } from './identities.ts';
import * as store from './store.ts';

/** Reasons that end a party's certificate for good (a certificate on hold could come back, and ours never do). */
export type PartyRevocationReason = Extract<
  RevocationReason,
  'unspecified' | 'keyCompromise' | 'affiliationChanged' | 'superseded' | 'cessationOfOperation' | 'privilegeWithdrawn'
>;

export type CrlIssuer = 'root' | 'issuing-ca';

export interface Revocation {
  /** Revokes once and for all: a second call changes nothing. False when the app has no such certificate. */
  revoke(appId: string, serialNumber: string, reason: PartyRevocationReason): Promise<boolean>;
  /** The current list of an issuer, published anew when a revocation is missing from it or its end is near. */
  crl(issuer?: CrlIssuer): Promise<Uint8Array>;
  /** The answer to an OCSPRequest; bytes that are none get the status malformedRequest. */
  ocsp(request: Uint8Array): Promise<Uint8Array>;
}

const CRL_DAYS = 7;
const CRL_RENEW_DAYS_AHEAD = 3;
const OCSP_ANSWER_MS = 3600_000;
const MAX_ROUNDS = 10;

export function createRevocation(
  options: AuthoritiesOptions & { readonly authorities: Authorities; readonly identities: Identities },
): Revocation {
  return {
    revoke: (appId, serialNumber, reason) => revoke(options, appId, { serialNumber, reason }),
    crl: (issuer = 'issuing-ca') => currentCrl(options, issuer),
    ocsp: (request) => answerOcsp(options, request),
  };
}

type RevocationOptions = Parameters<typeof createRevocation>[0];

async function revoke(
  { db, clock, identities }: RevocationOptions,
  appId: string,
  { serialNumber, reason }: { serialNumber: string; reason: PartyRevocationReason },
): Promise<boolean> {
  const holder = await db.transaction(async (tx) => {
    const row = await store.lockCertificate(tx, appId, serialNumber);
    if (row && !row.revokedAt) {
      await store.saveRevocation(tx, row.id, { revokedAt: clock.now(), revocationReason: reason });
    }
    return row?.holder;
  });
  if (holder === undefined) return false;

  identities.forget(appId, holder);
  return true;
}

/**
 * A list is complete when it has as many entries as the table: revocations are never undone, and a time would miss one that
 * was committed after the list it belongs to. Entries stay after their certificate's end: signatures outlive it.
 */
async function currentCrl(options: RevocationOptions, issuer: CrlIssuer): Promise<Uint8Array> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    // Read before the look for a fresh list, so that one published in between is met as a taken number and not doubled.
    const number = (await store.findHighestCrlNumber(options.db.db)) + 1;
    const newest = await store.findNewestCrl(options.db.db, issuer);
    if (newest && (await isFresh(options, newest))) return newest.der;

    const published = await publishCrl(options, issuer, number);
    if (published) return published;
  }
  throw new Error('the revocation list changed at every attempt to publish it');
}

async function isFresh({ db, clock }: RevocationOptions, crl: store.CrlRow): Promise<boolean> {
  const isLasting = crl.nextUpdate > addDays(clock.now(), CRL_RENEW_DAYS_AHEAD);
  // The root has issued only the installation's own certificates, none of which can be revoked.
  return isLasting && (crl.issuer === 'root' || (await store.countRevoked(db.db)) === crl.entries);
}

/** Undefined when another server published in between. */
async function publishCrl(
  options: RevocationOptions,
  issuer: CrlIssuer,
  number: number,
): Promise<Uint8Array | undefined> {
  const { db, clock, authorities } = options;
  const { certificate, key } = await authorities.ready(issuer);
  const revoked = issuer === 'root' ? [] : await store.listRevoked(db.db);
  const thisUpdate = clock.now();
  const nextUpdate = addDays(thisUpdate, CRL_DAYS);
  const der = await createCrl({
    issuer: certificate,
    key,
    number,
    thisUpdate,
    nextUpdate,
    revoked: revoked.flatMap(({ serialNumber, revokedAt, revocationReason }) =>
      revokedAt ? [{ serialNumber, at: revokedAt, reason: revocationReason ?? 'unspecified' }] : [],
    ),
  });

  return db.transaction(async (tx) => {
    await store.lockCrls(tx);
    if ((await store.findHighestCrlNumber(tx)) >= number) return undefined;

    await store.insertCrl(tx, { number, issuer, der, thisUpdate, nextUpdate, entries: revoked.length });
    return der;
  });
}

async function answerOcsp({ db, clock, authorities }: RevocationOptions, request: Uint8Array): Promise<Uint8Array> {
  const responder = await authorities.ready('ocsp-responder');
  const thisUpdate = clock.now();
  return respondToOcspRequest(request, {
    responder: responder.certificate,
    key: responder.key,
    issuer: authorities.current('issuing-ca').certificate,
    statusOf: statusLookup((serialNumbers) => store.listStatus(db.db, serialNumbers)),
    thisUpdate,
    nextUpdate: new Date(thisUpdate.getTime() + OCSP_ANSWER_MS),
  });
}

/** One query for all certificates of a request, since anyone may ask for a hundred at once. */
function statusLookup(
  load: (serialNumbers: string[]) => Promise<store.RevokedRow[]>,
): (serialNumber: string) => Promise<CertificateStatus> {
  const asked: string[] = [];
  let rows: Promise<Map<string, store.RevokedRow>> | undefined;

  return async (serialNumber) => {
    asked.push(serialNumber);
    rows ??= Promise.resolve()
      .then(() => load(asked))
      .then((found) => new Map(found.map((row) => [row.serialNumber, row])));
    return toStatus((await rows).get(serialNumber));
  };
}

function toStatus(row: store.RevokedRow | undefined): CertificateStatus {
  if (!row) return 'unknown';
  if (!row.revokedAt) return 'good';
  return { revokedAt: row.revokedAt, reason: row.revocationReason ?? 'unspecified' };
}
