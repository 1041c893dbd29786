import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Authorities,
  createAuthorities,
  DIGEST,
  DOCUMENT,
  NOW,
  sha256,
  timestampAuthority,
} from '../../testing/authorities.ts';
import { openWorkbench, type Workbench } from '../../testing/openssl.ts';
import { decodeDer } from '../asn1/reader.ts';
import { explicit, integer, octetString, oid, sequence } from '../asn1/writer.ts';
import { PkiError } from '../error.ts';
import type { KeyAlgorithm } from '../keys/key-pair.ts';
import { toPem } from '../x509/pem.ts';
import { newSerialNumber } from '../x509/serial-number.ts';
import { createTimestampRequest } from './request.ts';
import { respondToTimestampRequest, timestampToken } from './response.ts';
import { issueTimestampToken, readTimestampToken } from './token.ts';
import { verifyTimestampToken } from './verify-token.ts';

const ALGORITHMS: readonly KeyAlgorithm[] = ['p256', 'rsa-2048', 'rsa-3072'];

let authorities: Authorities;
let workbench: Workbench;
beforeAll(async () => {
  authorities = await createAuthorities();
  workbench = openWorkbench();
  workbench.write({ document: DOCUMENT, 'root.pem': toPem(authorities.root.certificate, 'CERTIFICATE') });
});
afterAll(() => workbench.remove());

function opensslVerify(...args: readonly string[]) {
  return workbench.openssl('ts', '-verify', '-attime', '1795507200', '-CAfile', 'root.pem', ...args).output;
}

describe('a timestamp response', () => {
  it.each(ALGORITHMS)('of %s is accepted by openssl, as is its token', async (algorithm) => {
    const own = await createAuthorities(algorithm);
    const request = createTimestampRequest({ digest: DIGEST, nonce: newSerialNumber() });

    const response = await respondToTimestampRequest(request, own.timestampAuthority);

    const root = toPem(own.root.certificate, 'CERTIFICATE');
    workbench.write({ request, response, token: timestampToken(response), 'own.pem': root });
    const verify = ['ts', '-verify', '-attime', '1795507200', '-CAfile', 'own.pem'];
    expect(workbench.openssl(...verify, '-in', 'response', '-queryfile', 'request').output).toContain(
      'Verification: OK',
    );
    expect(workbench.openssl(...verify, '-in', 'token', '-token_in', '-data', 'document').output).toContain(
      'Verification: OK',
    );
  });

  it.each([
    ['with everything', ['-sha256', '-cert']],
    ['without a certificate', ['-sha256']],
    ['over SHA-512', ['-sha512', '-cert']],
    ['without a nonce', ['-sha256', '-no_nonce', '-cert']],
  ])('answers a request of openssl %s', async (_, options) => {
    const request = workbench.openssl('ts', '-query', '-data', 'document', ...options).bytes;

    const response = await respondToTimestampRequest(request, authorities.timestampAuthority);

    const tsa = toPem(authorities.tsa.certificate, 'CERTIFICATE');
    workbench.write({ request, response, 'tsa.pem': tsa });
    expect(opensslVerify('-in', 'response', '-queryfile', 'request', '-untrusted', 'tsa.pem')).toContain(
      'Verification: OK',
    );
  });

  it('repeats a nonce as it came, a negative one too', async () => {
    const imprint = sequence(sequence(oid('2.16.840.1.101.3.4.2.1')), octetString(DIGEST));
    const request = sequence(integer(1), imprint, Uint8Array.of(0x02, 0x02, 0x80, 0x01));

    const response = await respondToTimestampRequest(request, authorities.timestampAuthority);

    expect(readTimestampToken.bind(null, timestampToken(response))).toThrow(
      expect.objectContaining({ code: 'CERTIFICATE_MISSING' }),
    );
    workbench.write({ response });
    expect(workbench.openssl('ts', '-reply', '-in', 'response', '-text').output).toContain('Nonce: 0x-7FFF');
  });

  it('says what it was told', async () => {
    const token = await issueTimestampToken({ digest: DIGEST, tsa: authorities.timestampAuthority });

    const info = readTimestampToken(token);

    expect(info).toEqual({
      time: NOW,
      digest: DIGEST,
      policy: authorities.timestampAuthority.policyOid,
      serialNumber: Buffer.from(authorities.timestampAuthority.serialNumber).toString('hex'),
      certificate: authorities.tsa.certificate,
    });
    workbench.write({ token });
    const { output } = workbench.openssl('ts', '-reply', '-in', 'token', '-token_in', '-token_out', '-text');
    expect(output).toContain('Time stamp: Nov 24 08:00:00.123 2026 GMT');
    expect(output).toContain('Accuracy: 0x01 seconds, 0x01F4 millis');
  });
});

describe('a timestamp request is rejected', () => {
  const sha1 = sequence(sequence(oid('1.3.14.3.2.26')), octetString(new Uint8Array(20)));
  const short = sequence(sequence(oid('2.16.840.1.101.3.4.2.1')), octetString(new Uint8Array(20)));
  const good = sequence(sequence(oid('2.16.840.1.101.3.4.2.1')), octetString(new Uint8Array(32)));
  const wanted = explicit(0, sequence(oid('1.2.3'), octetString(new Uint8Array())));

  it.each([
    ['over SHA-1', sequence(integer(1), sha1), 'badAlg'],
    ['with a digest of the wrong length', sequence(integer(1), short), 'badAlg'],
    ['of another version', sequence(integer(2), good), 'badDataFormat'],
    ['under another policy', sequence(integer(1), good, oid('1.2.3.4')), 'unacceptedPolicy'],
    ['with an extension', sequence(integer(1), good, wanted), 'unacceptedExtension'],
    ['of no bytes', new Uint8Array(), 'badDataFormat'],
    ['followed by a byte', Uint8Array.of(...sequence(integer(1), good), 0), 'badDataFormat'],
  ])('%s', async (_, request, failure) => {
    const response = await respondToTimestampRequest(request, authorities.timestampAuthority);

    expect(() => timestampToken(response)).toThrow(
      expect.objectContaining({ code: 'TIMESTAMP_REJECTED', message: expect.stringContaining(failure) }),
    );
    workbench.write({ response });
    expect(workbench.openssl('ts', '-reply', '-in', 'response', '-text').output).toContain('Status: Rejected.');
  });

  it('or answered, for any bytes, without an exception', async () => {
    const request = createTimestampRequest({ digest: DIGEST, nonce: newSerialNumber() });
    await fc.assert(
      fc.asyncProperty(fc.nat(request.length - 1), fc.integer({ min: 1, max: 255 }), async (index, mask) => {
        const damaged = Uint8Array.from(request);
        damaged[index] = (damaged[index] ?? 0) ^ mask;
        const response = await respondToTimestampRequest(damaged, authorities.timestampAuthority);
        expect(decodeDer(response).tag).toBe(0x30);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a timestamp token', () => {
  const trust = () => ({ trustAnchors: [authorities.root.certificate] });
  const codes = (verdict: { problems: readonly { code: string }[] }) => verdict.problems.map(({ code }) => code);

  it('is valid for its digest and its nonce only', async () => {
    const nonce = newSerialNumber();
    const request = createTimestampRequest({ digest: DIGEST, nonce });
    const token = timestampToken(await respondToTimestampRequest(request, authorities.timestampAuthority));

    expect(codes(await verifyTimestampToken(token, DIGEST, { ...trust(), nonce }))).toEqual([]);
    expect(codes(await verifyTimestampToken(token, sha256(DIGEST), trust()))).toEqual(['DIGEST_MISMATCH']);
    expect(codes(await verifyTimestampToken(token, DIGEST, { ...trust(), nonce: newSerialNumber() }))).toEqual([
      'NONCE_MISMATCH',
    ]);
  });

  it('made by openssl is valid for us too', async () => {
    const pair = workbench.openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048');
    workbench.write({ 'ts.key': pair.bytes, serial: '01', 'ts.cnf': OPENSSL_TSA, 'ext.cnf': TSA_EXTENSIONS });
    workbench.openssl(
      'req',
      '-x509',
      '-key',
      'ts.key',
      '-subj',
      '/CN=openssl TSA',
      '-days',
      '36500',
      '-out',
      'ts.pem',
      '-config',
      'ext.cnf',
    );
    const request = createTimestampRequest({ digest: DIGEST });
    workbench.write({ request });

    const reply = workbench.openssl('ts', '-reply', '-queryfile', 'request', '-config', 'ts.cnf', '-out', 'reply');
    const token = workbench.openssl('ts', '-reply', '-in', 'reply', '-token_out').bytes;
    const anchor = workbench.openssl('x509', '-in', 'ts.pem', '-outform', 'DER').bytes;

    expect(reply.ok).toBe(true);
    expect(codes(await verifyTimestampToken(token, DIGEST, { trustAnchors: [anchor] }))).toEqual([]);
  });

  it('of a certificate with more purposes than timestamping is not valid', async () => {
    const { ocsp, issuing } = authorities;
    const tsa = { ...timestampAuthority(ocsp), chain: [issuing.certificate] };
    const token = await issueTimestampToken({ digest: DIGEST, tsa });

    expect(codes(await verifyTimestampToken(token, DIGEST, trust()))).toEqual(['EXTENDED_KEY_USAGE_INVALID']);
  });

  it('is not read from other bytes', () => {
    expect(() => readTimestampToken(Uint8Array.of(0x30, 0))).toThrow(PkiError);
    expect(() => timestampToken(Uint8Array.of(0x30, 0))).toThrow(PkiError);
  });
});

const OPENSSL_TSA = `
[tsa]
default_tsa = own
[own]
serial = serial
crypto_device = builtin
signer_cert = ts.pem
signer_key = ts.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1, millisecs:500
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

const TSA_EXTENSIONS = `
[req]
distinguished_name = name
x509_extensions = own
[name]
[own]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
`;
