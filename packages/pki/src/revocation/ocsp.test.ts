import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Authorities, createAuthorities, NOW } from '../../testing/authorities.ts';
import { openWorkbench, type Workbench } from '../../testing/openssl.ts';
import { decodeDer } from '../asn1/reader.ts';
import type { KeyAlgorithm } from '../keys/key-pair.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { toPem } from '../x509/pem.ts';
import { type CertificateStatus, respondToOcspRequest } from './ocsp.ts';

const ALGORITHMS: readonly KeyAlgorithm[] = ['p256', 'rsa-2048', 'rsa-3072'];

let authorities: Authorities;
let workbench: Workbench;
beforeAll(async () => {
  authorities = await createAuthorities();
  workbench = openWorkbench();
});
afterAll(() => workbench.remove());

function openFolder({ root, issuing, party, tsa }: Authorities): void {
  workbench.write({
    'root.pem': toPem(root.certificate, 'CERTIFICATE'),
    'issuing.pem': toPem(issuing.certificate, 'CERTIFICATE'),
    'party.pem': toPem(party.certificate, 'CERTIFICATE'),
    'tsa.pem': toPem(tsa.certificate, 'CERTIFICATE'),
  });
}

function responder({ ocsp, issuing }: Authorities, statusOf: (serialNumber: string) => CertificateStatus) {
  const times = { thisUpdate: NOW, nextUpdate: new Date('2026-11-25T08:00:00Z') };
  return { responder: ocsp.certificate, key: ocsp.key, issuer: issuing.certificate, statusOf, ...times };
}

function ask(...options: readonly string[]): Uint8Array {
  workbench.openssl('ocsp', '-issuer', 'issuing.pem', ...options, '-reqout', 'request');
  return workbench.read('request');
}

/** With `-reqin request` openssl compares the nonces; with `-cert` or `-serial` it prints the status. */
function judge(response: Uint8Array, ...options: readonly string[]): string {
  workbench.write({ response });
  const trust = ['-CAfile', 'root.pem', '-verify_other', 'issuing.pem', '-attime', '1795507201'];
  const period = ['-validity_period', '1000000000'];
  return workbench.openssl('ocsp', '-issuer', 'issuing.pem', ...options, '-respin', 'response', ...trust, ...period)
    .output;
}

describe('an OCSP response', () => {
  it.each(ALGORITHMS)('of %s is verified by openssl, nonce included', async (algorithm) => {
    const own = await createAuthorities(algorithm);
    openFolder(own);
    const request = ask('-cert', 'party.pem', '-nonce');

    const response = await respondToOcspRequest(
      request,
      responder(own, () => 'good'),
    );

    expect(judge(response, '-reqin', 'request')).toBe('Response verify OK\n');
    expect(judge(response, '-no_nonce', '-cert', 'party.pem')).toContain('party.pem: good');
  });

  it('tells when and why a certificate was revoked', async () => {
    openFolder(authorities);
    const { serialNumber } = parseCertificate(authorities.party.certificate);
    const revoked = { revokedAt: new Date('2026-11-20T10:11:12Z'), reason: 'keyCompromise' } as const;
    const request = ask('-sha256', '-cert', 'party.pem', '-no_nonce');

    const response = await respondToOcspRequest(
      request,
      responder(authorities, (serial) => (serial === serialNumber ? revoked : 'unknown')),
    );

    const output = judge(response, '-no_nonce', '-sha256', '-cert', 'party.pem');
    expect(output).toContain('party.pem: revoked');
    expect(output).toContain('Reason: keyCompromise');
    expect(output).toContain('Revocation Time: Nov 20 10:11:12 2026 GMT');
  });

  it('knows nothing of the certificates of another authority', async () => {
    openFolder(authorities);
    workbench.openssl('ocsp', '-issuer', 'root.pem', '-cert', 'tsa.pem', '-reqout', 'request');
    const request = workbench.read('request');

    const response = await respondToOcspRequest(
      request,
      responder(authorities, () => 'good'),
    );

    workbench.write({ response });
    expect(workbench.openssl('ocsp', '-respin', 'response', '-resp_text', '-noverify').output).toContain(
      'Cert Status: unknown',
    );
  });

  it('answers several questions at once', async () => {
    openFolder(authorities);
    const request = ask('-serial', '0x01', '-serial', '0x02');

    const response = await respondToOcspRequest(
      request,
      responder(authorities, (serial) => (serial === '01' ? 'good' : 'unknown')),
    );

    const output = judge(response, '-no_nonce', '-serial', '0x01', '-serial', '0x02');
    expect(output).toMatch(/0x01: good[\s\S]*0x02: unknown/);
  });

  it('says malformedRequest to bytes that are no request', async () => {
    const response = await respondToOcspRequest(
      Uint8Array.of(0x30, 0x80, 0, 0),
      responder(authorities, () => 'good'),
    );

    workbench.write({ response });
    expect(workbench.openssl('ocsp', '-respin', 'response', '-resp_text').output).toContain('malformedrequest (1)');
  });

  it('answers any bytes without an exception', async () => {
    openFolder(authorities);
    const request = ask('-cert', 'party.pem', '-nonce');
    await fc.assert(
      fc.asyncProperty(fc.nat(request.length - 1), fc.integer({ min: 1, max: 255 }), async (index, mask) => {
        const damaged = Uint8Array.from(request);
        damaged[index] = (damaged[index] ?? 0) ^ mask;
        const response = await respondToOcspRequest(
          damaged,
          responder(authorities, () => 'good'),
        );
        expect(decodeDer(response).tag).toBe(0x30);
      }),
      { numRuns: 500 },
    );
  });
});
