import { describe, expect, it } from 'vitest';
import { AUTHORITY_KINDS, AUTHORITY_ROLES, authorityName, POLICY_NOTICES, validityFrom } from './authority.ts';
import { PARTY_YEARS } from './party.ts';

const issued = AUTHORITY_ROLES.flatMap((role) => {
  const { issuer, years } = AUTHORITY_KINDS[role];
  return issuer ? [{ what: role as string, issuer, years }] : [];
});

describe('the lifetimes of certificates', () => {
  it.each([...issued, { what: 'party', issuer: 'issuing-ca' as const, years: PARTY_YEARS }])(
    'let no $what outlive its $issuer',
    ({ issuer, years }) => {
      expect(years * 366).toBeLessThanOrEqual(AUTHORITY_KINDS[issuer].renewDaysAhead);
    },
  );

  it('begin a little before now and end on a whole second', () => {
    const { notBefore, notAfter } = validityFrom(new Date('2028-02-29T12:00:00.123Z'), 1);

    expect(notBefore.toISOString()).toBe('2028-02-29T11:50:00.123Z');
    expect(notAfter.toISOString()).toBe('2029-03-01T12:00:00.000Z');
  });
});

describe('the names of certificates', () => {
  it('warn in a sandbox that they have no legal effect', () => {
    expect(authorityName('root', 'sandbox', '0A1B2C3D')).toEqual({
      commonName: 'Signet Root CA 0A1B2C3D',
      organization: 'Signet Sandbox 沙箱',
      organizationalUnit: '沙箱证书 无法律效力 / Sandbox – no legal effect',
    });
    expect(POLICY_NOTICES.sandbox).toContain('无法律效力');
  });

  it('claim no license in production', () => {
    expect(authorityName('tsa', 'production', '0A1B2C3D')).toEqual({
      commonName: 'Signet Timestamp Authority 0A1B2C3D',
      organization: 'Signet',
    });
    expect(POLICY_NOTICES.production).toContain('not by a licensed certification service');
  });
});
