/** A small world of authorities: root, issuing CA, timestamp authority, OCSP responder and one party. */
import { createHash } from 'node:crypto';
import {
  type CertificateRequest,
  generateKeyPair,
  issueCertificate,
  type KeyAlgorithm,
  newSerialNumber,
  type SigningKey,
  softwareSigningKey,
  type TimestampAuthority,
} from '../src/index.ts';

export const NOW = new Date('2026-11-24T08:00:00.123Z');
export const NOT_BEFORE = new Date('2026-11-01T00:00:00Z');
export const NOT_AFTER = new Date('2036-11-01T00:00:00Z');
export const DOCUMENT = Buffer.from('房屋租赁合同 – the bytes that are signed');
export const DIGEST = sha256(DOCUMENT);

export interface Holder {
  readonly certificate: Uint8Array;
  readonly key: SigningKey;
}

export interface Authorities {
  readonly root: Holder;
  readonly issuing: Holder;
  readonly tsa: Holder;
  readonly ocsp: Holder;
  readonly party: Holder;
  readonly timestampAuthority: TimestampAuthority;
}

export async function createAuthorities(algorithm: KeyAlgorithm = 'p256'): Promise<Authorities> {
  const root = await issueTo(
    { profile: 'root', subject: { commonName: 'Test Root', country: 'CN' } },
    undefined,
    algorithm,
  );
  const issuing = await issueTo({ profile: 'issuing-ca', subject: { commonName: 'Test Issuing CA' } }, root, algorithm);
  const tsa = await issueTo({ profile: 'tsa', subject: { commonName: 'Test TSA' } }, root, algorithm);
  const ocsp = await issueTo({ profile: 'ocsp-responder', subject: { commonName: 'Test OCSP' } }, issuing, algorithm);
  const subject = { commonName: '王小明', organization: '杭州示例有限公司', country: 'CN', serialNumber: 'P-0001' };
  const party = await issueTo({ profile: 'party', subject }, issuing, algorithm);
  return { root, issuing, tsa, ocsp, party, timestampAuthority: timestampAuthority(tsa) };
}

/** Issues with sensible defaults; without an issuer it is self-signed. */
export async function issueTo(
  request: Partial<CertificateRequest> & Pick<CertificateRequest, 'profile' | 'subject'>,
  issuer?: Holder,
  algorithm: KeyAlgorithm = 'p256',
): Promise<Holder> {
  const pair = await generateKeyPair(algorithm);
  const key = softwareSigningKey(pair.privateKey);
  const certificate = await issueCertificate({
    publicKey: pair.publicKey,
    issuerKey: issuer?.key ?? key,
    ...(issuer ? { issuer: { certificate: issuer.certificate } } : {}),
    serialNumber: newSerialNumber(),
    notBefore: NOT_BEFORE,
    notAfter: NOT_AFTER,
    ...request,
  });
  return { certificate, key };
}

export function timestampAuthority(tsa: Holder, time: Date = NOW): TimestampAuthority {
  return {
    certificate: tsa.certificate,
    chain: [],
    key: tsa.key,
    policyOid: '2.25.329800735698586629295641978511506172918',
    serialNumber: newSerialNumber(),
    time,
    accuracyMillis: 1500,
  };
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(bytes).digest());
}
