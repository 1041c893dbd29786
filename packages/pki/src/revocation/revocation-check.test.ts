import { beforeAll, describe, expect, it } from 'vitest';
import { type Authorities, createAuthorities, DIGEST, issueTo, NOW } from '../../testing/authorities.ts';
import { signTimestamped } from '../../testing/signing.ts';
import { verifyDetached } from '../cms/verify-detached.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { createCrl, type RevokedCertificate } from './crl.ts';

const HOUR = 3_600_000;

let authorities: Authorities;
beforeAll(async () => {
  authorities = await createAuthorities();
});

async function problemsOf(cms: Uint8Array, { crls }: { readonly crls: readonly Uint8Array[] }) {
  const { problems } = await verifyDetached(cms, DIGEST, { trustAnchors: [authorities.root.certificate], crls });
  return problems.map(({ code }) => code);
}

describe('revocation lists', () => {
  const later = (hours: number) => new Date(NOW.getTime() + hours * HOUR);
  const listing = (revoked: readonly RevokedCertificate[], hours = 24) =>
    createCrl({
      issuer: authorities.issuing.certificate,
      key: authorities.issuing.key,
      number: 1,
      thisUpdate: later(-1),
      nextUpdate: later(hours),
      revoked,
    });
  const serial = () => parseCertificate(authorities.party.certificate).serialNumber;

  it('make a signature invalid from the revocation on, not before', async () => {
    const cms = await signTimestamped(authorities);

    expect(await problemsOf(cms, { crls: [await listing([])] })).toEqual([]);
    expect(await problemsOf(cms, { crls: [await listing([{ serialNumber: serial(), at: later(1) }])] })).toEqual([]);
    expect(await problemsOf(cms, { crls: [await listing([{ serialNumber: serial(), at: later(-1) }])] })).toEqual([
      'CERTIFICATE_REVOKED',
    ]);
  });

  it('that are stale, of someone else, or forged prove nothing', async () => {
    const cms = await signTimestamped(authorities);
    const { root } = authorities;
    const impostor = await issueTo({ profile: 'root', subject: { commonName: 'Test Issuing CA' } });
    const times = { number: 1, thisUpdate: later(-1), nextUpdate: later(24), revoked: [] };
    const other = await createCrl({ ...times, issuer: root.certificate, key: root.key });
    const forged = await createCrl({ ...times, issuer: impostor.certificate, key: impostor.key });

    expect(await problemsOf(cms, { crls: [await listing([], -0.5)] })).toEqual(['REVOCATION_UNKNOWN']);
    expect(await problemsOf(cms, { crls: [other] })).toEqual(['REVOCATION_UNKNOWN']);
    expect(await problemsOf(cms, { crls: [forged] })).toEqual(['REVOCATION_UNKNOWN']);
  });

  it('of the root can revoke the timestamp authority', async () => {
    const { root, tsa } = authorities;
    const revoked = [{ serialNumber: parseCertificate(tsa.certificate).serialNumber, at: later(-1) }];
    const times = { number: 1, thisUpdate: later(-1), nextUpdate: later(24) };
    const rootList = await createCrl({ ...times, issuer: root.certificate, key: root.key, revoked });

    const codes = await problemsOf(await signTimestamped(authorities), { crls: [await listing([]), rootList] });

    expect(codes).toContain('TIMESTAMP_INVALID');
  });
});
