import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Authorities, createAuthorities, NOW } from '../../testing/authorities.ts';
import { openWorkbench, type Workbench } from '../../testing/openssl.ts';
import { PkiError } from '../error.ts';
import type { KeyAlgorithm } from '../keys/key-pair.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { toPem } from '../x509/pem.ts';
import { createCrl } from './crl.ts';
import { decodeCrl, revocationTime } from './crl-reader.ts';

const ALGORITHMS: readonly KeyAlgorithm[] = ['p256', 'rsa-2048', 'rsa-3072'];
const TIMES = { number: 7, thisUpdate: NOW, nextUpdate: new Date('2026-12-01T00:00:00Z') };

let authorities: Authorities;
let workbench: Workbench;
beforeAll(async () => {
  authorities = await createAuthorities();
  workbench = openWorkbench();
});
afterAll(() => workbench.remove());

describe('a CRL', () => {
  it.each(ALGORITHMS)('of %s is verified by openssl', async (algorithm) => {
    const { issuing } = await createAuthorities(algorithm);

    const crl = await createCrl({ ...TIMES, issuer: issuing.certificate, key: issuing.key, revoked: [] });

    workbench.write({ crl, 'issuer.pem': toPem(issuing.certificate, 'CERTIFICATE') });
    const { output } = workbench.openssl(
      'crl',
      '-inform',
      'DER',
      '-in',
      'crl',
      '-CAfile',
      'issuer.pem',
      '-noout',
      '-text',
    );
    expect(output).toContain('verify OK');
    expect(output).toContain('No Revoked Certificates');
    expect(output).toMatch(/X509v3 CRL Number:\s+7/);
  });

  it('makes openssl refuse the certificate it lists', async () => {
    const { root, issuing, party } = authorities;
    const { serialNumber } = parseCertificate(party.certificate);
    const at = new Date('2026-11-24T07:00:00Z');
    const list = { ...TIMES, issuer: issuing.certificate, key: issuing.key };
    const empty = await createCrl({ ...list, revoked: [] });
    const full = await createCrl({ ...list, revoked: [{ serialNumber, at, reason: 'keyCompromise' }] });
    workbench.write({
      'root.pem': toPem(root.certificate, 'CERTIFICATE'),
      'issuing.pem': toPem(issuing.certificate, 'CERTIFICATE'),
      'party.pem': toPem(party.certificate, 'CERTIFICATE'),
      'empty.pem': toPem(empty, 'X509 CRL'),
      'full.pem': toPem(full, 'X509 CRL'),
    });

    const check = ['verify', '-crl_check', '-attime', '1795510000', '-CAfile', 'root.pem', '-untrusted', 'issuing.pem'];

    expect(workbench.openssl(...check, '-CRLfile', 'empty.pem', 'party.pem').output).toContain('party.pem: OK');
    expect(workbench.openssl(...check, '-CRLfile', 'full.pem', 'party.pem').output).toContain('certificate revoked');
    expect(workbench.openssl('crl', '-in', 'full.pem', '-noout', '-text').output).toContain('Key Compromise');
  });

  it('carries two hundred thousand entries', async () => {
    const { issuing } = authorities;
    const revoked = Array.from({ length: 200_000 }, (_, index) => ({
      serialNumber: (index + 1).toString(16).padStart(32, '4'),
      at: NOW,
    }));

    const crl = decodeCrl(await createCrl({ ...TIMES, issuer: issuing.certificate, key: issuing.key, revoked }));

    expect(revocationTime(crl, Buffer.from(revoked.at(-1)!.serialNumber, 'hex'))).toEqual(
      new Date('2026-11-24T08:00:00Z'),
    );
    expect(revocationTime(crl, Buffer.from('01', 'hex'))).toBeUndefined();
  });

  it('is not made with a serial number that is no hex, or with another key', async () => {
    const { issuing, party } = authorities;
    const list = { ...TIMES, issuer: issuing.certificate, key: issuing.key };

    await expect(createCrl({ ...list, revoked: [{ serialNumber: 'x', at: NOW }] })).rejects.toThrow(PkiError);
    await expect(createCrl({ ...list, key: party.key, revoked: [] })).rejects.toMatchObject({ code: 'KEY_MISMATCH' });
    await expect(createCrl({ ...list, nextUpdate: NOW, revoked: [] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('damaged is decoded or refused, and never breaks anything else', async () => {
    const { issuing } = authorities;
    const revoked = [{ serialNumber: '01', at: NOW, reason: 'superseded' as const }];
    const crl = await createCrl({ ...TIMES, issuer: issuing.certificate, key: issuing.key, revoked });
    fc.assert(
      fc.property(fc.nat(crl.length - 1), fc.integer({ min: 1, max: 255 }), (index, mask) => {
        const damaged = Uint8Array.from(crl);
        damaged[index] = (damaged[index] ?? 0) ^ mask;
        try {
          revocationTime(decodeCrl(damaged), Uint8Array.of(1));
        } catch (error) {
          expect(error).toBeInstanceOf(PkiError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
