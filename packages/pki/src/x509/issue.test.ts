import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Authorities, createAuthorities, issueTo, NOT_AFTER, NOT_BEFORE } from '../../testing/authorities.ts';
import { openWorkbench, type Workbench } from '../../testing/openssl.ts';
import { PkiError } from '../error.ts';
import type { KeyAlgorithm } from '../keys/key-pair.ts';
import { parseCertificate } from './certificate.ts';
import { toPem } from './pem.ts';
import { newSerialNumber } from './serial-number.ts';

const ALGORITHMS: readonly KeyAlgorithm[] = ['p256', 'rsa-2048', 'rsa-3072'];

let workbench: Workbench;
let authorities: Authorities;
beforeAll(async () => {
  workbench = openWorkbench();
  authorities = await createAuthorities();
});
afterAll(() => workbench.remove());

function writePem(name: string, certificate: Uint8Array): void {
  workbench.write({ [name]: toPem(certificate, 'CERTIFICATE') });
}

function verify(...args: readonly string[]) {
  // 2026-11-24, so that the verdict does not depend on today.
  return workbench.openssl('verify', '-x509_strict', '-attime', '1795507200', '-CAfile', 'root.pem', ...args);
}

describe('an issued certificate', () => {
  it.each(ALGORITHMS)('of %s is verified by openssl up to the root', async (algorithm) => {
    const { root, issuing, party, tsa, ocsp } = await createAuthorities(algorithm);
    writePem('root.pem', root.certificate);
    writePem('issuing.pem', issuing.certificate);
    writePem('party.pem', party.certificate);
    writePem('tsa.pem', tsa.certificate);
    writePem('ocsp.pem', ocsp.certificate);

    expect(verify('-untrusted', 'issuing.pem', '-purpose', 'smimesign', 'party.pem').output).toContain('party.pem: OK');
    expect(verify('-purpose', 'timestampsign', 'tsa.pem').output).toContain('tsa.pem: OK');
    expect(verify('-untrusted', 'issuing.pem', '-purpose', 'ocsphelper', 'ocsp.pem').output).toContain('ocsp.pem: OK');
  });

  it('does not serve another purpose', () => {
    writePem('root.pem', authorities.root.certificate);
    writePem('issuing.pem', authorities.issuing.certificate);
    writePem('party.pem', authorities.party.certificate);
    writePem('tsa.pem', authorities.tsa.certificate);

    expect(verify('-untrusted', 'issuing.pem', '-purpose', 'timestampsign', 'party.pem').ok).toBe(false);
    expect(verify('-untrusted', 'issuing.pem', '-purpose', 'sslclient', 'party.pem').ok).toBe(false);
    expect(verify('-purpose', 'smimesign', 'tsa.pem').ok).toBe(false);
  });

  it('shows openssl its addresses, its notice and its Chinese names', async () => {
    const { certificate } = await issueTo(
      {
        profile: 'party',
        subject: {
          commonName: '阿卜杜拉·买买提',
          organization: '杭州示例有限公司',
          organizationIdentifier: 'VATCN-91330100MA27XXXX0X',
          country: 'CN',
        },
        crlUrl: 'http://127.0.0.1:8080/trust/crl/issuing.crl',
        ocspUrl: 'http://127.0.0.1:8080/trust/ocsp',
        caIssuersUrl: 'http://127.0.0.1:8080/trust/issuing.cer',
        policyNotice: '沙箱证书,无法律效力',
      },
      authorities.issuing,
    );
    writePem('shown.pem', certificate);

    const { output } = workbench.openssl(
      'x509',
      '-in',
      'shown.pem',
      '-noout',
      '-text',
      '-nameopt',
      'utf8,sep_comma_plus',
    );

    expect(output).toContain('CN=阿卜杜拉·买买提');
    expect(output).toContain('organizationIdentifier=VATCN-91330100MA27XXXX0X');
    expect(output).toContain('URI:http://127.0.0.1:8080/trust/crl/issuing.crl');
    expect(output).toContain('OCSP - URI:http://127.0.0.1:8080/trust/ocsp');
    expect(output).toContain('CA Issuers - URI:http://127.0.0.1:8080/trust/issuing.cer');
    expect(output).toContain('Explicit Text: 沙箱证书,无法律效力');
  });

  it('reads back as it was asked for', async () => {
    const serialNumber = newSerialNumber();
    const { certificate, key } = await issueTo(
      { profile: 'party', subject: { commonName: '王, "小"+明 ', country: 'CN' }, serialNumber },
      authorities.issuing,
    );
    writePem('read.pem', certificate);

    const info = parseCertificate(certificate);

    expect(info).toMatchObject({
      subject: { commonName: '王, "小"+明 ', country: 'CN', text: 'CN=王\\, \\"小\\"\\+明\\ ,C=CN' },
      issuer: { commonName: 'Test Issuing CA' },
      serialNumber: Buffer.from(serialNumber).toString('hex'),
      notBefore: NOT_BEFORE,
      notAfter: NOT_AFTER,
      keyUsage: ['digitalSignature', 'nonRepudiation'],
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.36', '1.3.6.1.5.5.7.3.4'],
      isCa: false,
    });
    expect(Buffer.from(info.publicKey)).toEqual(Buffer.from(key.publicKey));
    const printed = workbench.openssl('x509', '-in', 'read.pem', '-noout', '-fingerprint', '-sha256', '-serial').output;
    expect(printed.replaceAll(':', '').toLowerCase()).toContain(info.fingerprint);
    expect(printed.toLowerCase()).toContain(`serial=${info.serialNumber}`);
  });

  it('can outlive the year 2050', async () => {
    const notAfter = new Date('2056-11-01T00:00:00Z');
    const { certificate } = await issueTo({ profile: 'root', subject: { commonName: 'Long' }, notAfter });
    writePem('long.pem', certificate);

    expect(parseCertificate(certificate).notAfter).toEqual(notAfter);
    expect(workbench.openssl('x509', '-in', 'long.pem', '-noout', '-enddate').output).toContain('2056 GMT');
  });
});

describe('a certificate is not issued', () => {
  it.each([
    ['for a country of three letters', { subject: { commonName: 'x', country: 'CHN' } }, 'INVALID_INPUT'],
    ['for an empty name', { subject: { commonName: '' } }, 'INVALID_INPUT'],
    ['for a name with a control character', { subject: { commonName: 'a\nb' } }, 'INVALID_INPUT'],
    ['with a negative serial number', { serialNumber: Uint8Array.of(0x80) }, 'INVALID_INPUT'],
    ['with a serial number of zero', { serialNumber: Uint8Array.of(0, 0) }, 'INVALID_INPUT'],
    ['that ends before it begins', { notAfter: NOT_BEFORE }, 'INVALID_INPUT'],
    ['with an address that is not ASCII', { crlUrl: 'http://例子/' }, 'INVALID_INPUT'],
    ['with a notice over 200 characters', { policyNotice: '字'.repeat(201) }, 'INVALID_INPUT'],
    ['for a key that is none', { publicKey: Uint8Array.of(0x30, 0) }, 'UNSUPPORTED'],
  ])('%s', async (_, request, code) => {
    const asked = issueTo({ profile: 'party', subject: { commonName: 'x' }, ...request }, authorities.issuing);

    await expect(asked).rejects.toMatchObject({ name: 'PkiError', code });
  });

  it('by a party, or with a key that is not the issuer’s', async () => {
    const request = { profile: 'party', subject: { commonName: 'x' } } as const;
    const { issuing, party, root } = authorities;

    await expect(issueTo(request, party)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(issueTo(request, { ...issuing, key: root.key })).rejects.toMatchObject({ code: 'KEY_MISMATCH' });
    await expect(issueTo(request)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('a damaged certificate', () => {
  it('decodes or is refused, and never breaks anything else', () => {
    const original = authorities.party.certificate;
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 }), (index, mask) => {
        const damaged = Uint8Array.from(original);
        damaged[index] = (damaged[index] ?? 0) ^ mask;
        try {
          expect(parseCertificate(damaged).fingerprint).not.toBe(parseCertificate(original).fingerprint);
        } catch (error) {
          expect(error).toBeInstanceOf(PkiError);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['cut off', (der: Uint8Array) => der.slice(0, -1)],
    ['followed by a byte', (der: Uint8Array) => Uint8Array.of(...der, 0)],
    ['empty', () => new Uint8Array()],
  ])('is refused when %s', (_, damage) => {
    expect(() => parseCertificate(damage(authorities.party.certificate))).toThrow(PkiError);
  });
});

describe('serial numbers', () => {
  it('are 16 octets, positive and different', () => {
    const serials = Array.from({ length: 500 }, () => newSerialNumber());

    expect(new Set(serials.map((octets) => Buffer.from(octets).toString('hex'))).size).toBe(500);
    expect(serials.every((octets) => octets.length === 16 && octets[0]! >= 0x40 && octets[0]! < 0x80)).toBe(true);
  });
});
