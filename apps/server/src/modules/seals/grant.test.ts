import { describe, expect, it } from 'vitest';
import {
  authorize,
  cancel,
  chooseGrant,
  decidePeriod,
  type GrantedSeal,
  obstacleTo,
  type SealGrant,
  statusOf,
} from './grant.ts';

const at = (text: string) => new Date(`${text}+08:00`);
const NOW = at('2026-11-24T10:00:00');

const GRANT: SealGrant = {
  authorizeCode: 'code-1',
  appId: 'app-1',
  sealId: 100_000_001,
  ownerId: 'owner-1',
  beginAt: at('2026-11-01T00:00:00'),
  endAt: at('2026-11-30T23:59:59'),
  state: 'authorized',
  businessCode: null,
  pendingUntil: null,
  pageOpenedAt: null,
  authorizedAt: at('2026-11-01T00:00:00'),
  cancelledAt: null,
  createdAt: at('2026-11-01T00:00:00'),
};
const granted = (change: Partial<SealGrant> = {}, sealStatus: GrantedSeal['sealStatus'] = 'enabled'): GrantedSeal => ({
  grant: { ...GRANT, ...change },
  sealStatus,
});
const use = { ownerId: 'owner-1', at: NOW };

describe('using a grant', () => {
  it.each<[string, GrantedSeal, object, string | undefined]>([
    ['inside its time', granted(), {}, undefined],
    ['at its first moment', granted(), { at: GRANT.beginAt }, undefined],
    ['at its last moment', granted(), { at: GRANT.endAt }, undefined],
    ['for the asked seal', granted(), { sealId: 100_000_001 }, undefined],
    ['for another seal', granted(), { sealId: 100_000_002 }, 'SEAL_GRANT_NOT_FOUND'],
    ['for another account', granted(), { ownerId: 'owner-2' }, 'SEAL_GRANT_OF_ANOTHER_ACCOUNT'],
    ['before it begins', granted(), { at: at('2026-10-31T23:59:59') }, 'SEAL_GRANT_NOT_STARTED'],
    ['before it is authorized', granted({ state: 'pending' }), {}, 'SEAL_GRANT_PENDING'],
    ['when its owner never answered', granted({ state: 'pending', pendingUntil: NOW }), {}, 'SEAL_GRANT_EXPIRED'],
    ['after its end', granted(), { at: at('2026-12-01T00:00:00') }, 'SEAL_GRANT_EXPIRED'],
    ['when cancelled', granted({ state: 'cancelled' }), {}, 'SEAL_GRANT_CANCELLED'],
    [
      'when cancelled and over',
      granted({ state: 'cancelled' }),
      { at: at('2027-01-01T00:00:00') },
      'SEAL_GRANT_CANCELLED',
    ],
    ['with a disabled seal', granted({}, 'disabled'), {}, 'SEAL_NOT_USABLE'],
    ['with a revoked seal', granted({}, 'revoked'), {}, 'SEAL_NOT_USABLE'],
  ])('%s', (_, grantedSeal, change, obstacle) => {
    expect(obstacleTo(grantedSeal, { ...use, ...change })).toBe(obstacle);
  });

  it('chooses the usable grant that lasts longest', () => {
    const grants = [
      granted({ authorizeCode: 'short' }),
      granted({ authorizeCode: 'long', endAt: at('2027-01-01T00:00:00') }),
      granted({ authorizeCode: 'cancelled', endAt: at('2027-06-01T00:00:00'), state: 'cancelled' }),
    ];

    expect(chooseGrant(grants, use).authorizeCode).toBe('long');
  });

  it('lets the newest grant say why none allows the use', () => {
    const grants = [
      granted({ state: 'cancelled' }),
      granted({ endAt: at('2026-11-20T00:00:00'), createdAt: at('2026-11-10T00:00:00') }),
    ];

    expect(() => chooseGrant(grants, use)).toThrow(expect.objectContaining({ error: 'SEAL_GRANT_EXPIRED' }));
    expect(() => chooseGrant([], use)).toThrow(expect.objectContaining({ error: 'SEAL_GRANT_NOT_FOUND' }));
  });
});

describe('the status of a grant', () => {
  it.each<[Partial<SealGrant>, string]>([
    [{}, 'authorized'],
    [{ state: 'pending' }, 'pending'],
    [{ state: 'pending', pendingUntil: at('2026-11-24T10:00:01') }, 'pending'],
    [{ state: 'pending', pendingUntil: NOW }, 'expired'],
    [{ state: 'authorized', pendingUntil: NOW }, 'authorized'],
    [{ state: 'cancelled' }, 'cancelled'],
    [{ endAt: at('2026-11-24T09:59:59') }, 'expired'],
    [{ state: 'pending', endAt: at('2026-11-24T09:59:59') }, 'expired'],
    [{ state: 'cancelled', endAt: at('2026-11-24T09:59:59') }, 'cancelled'],
  ])('%o is %s', (change, status) => {
    expect(statusOf({ ...GRANT, ...change }, NOW)).toBe(status);
  });
});

describe('the owner says yes', () => {
  it('to a grant that waits for it', () => {
    const grant = authorize(granted({ state: 'pending', authorizedAt: null }), NOW);

    expect(grant).toEqual({ ...GRANT, authorizedAt: NOW });
  });

  it('again, which changes nothing', () => {
    const given = granted();

    expect(authorize(given, NOW)).toBe(given.grant);
  });

  it.each<[string, GrantedSeal, string]>([
    ['is cancelled', granted({ state: 'cancelled' }), 'SEAL_GRANT_CANCELLED'],
    ['has waited too long', granted({ state: 'pending', pendingUntil: NOW }), 'SEAL_GRANT_EXPIRED'],
    ['is over before it began', granted({ state: 'pending', endAt: at('2026-11-24T09:59:59') }), 'SEAL_GRANT_EXPIRED'],
    ['is about a seal out of use', granted({ state: 'pending' }, 'disabled'), 'SEAL_NOT_USABLE'],
  ])('in vain when the grant %s', (_, grantedSeal, error) => {
    expect(() => authorize(grantedSeal, NOW)).toThrow(expect.objectContaining({ error }));
  });
});

describe('taking a grant back', () => {
  it.each(['pending', 'authorized'] as const)('ends a grant that is %s', (state) => {
    expect(cancel({ ...GRANT, state }, NOW)).toEqual({ ...GRANT, state: 'cancelled', cancelledAt: NOW });
  });

  it('twice keeps the first time', () => {
    const cancelled = cancel(GRANT, at('2026-11-20T00:00:00'));

    expect(cancel(cancelled, NOW)).toBe(cancelled);
  });
});

describe('the period of a grant', () => {
  it.each<[string, { beginAt?: Date; endAt?: Date }, string, string]>([
    ['twelve months from now by default', {}, '2026-11-24T10:00:00', '2027-11-24T10:00:00'],
    [
      'twelve months from its begin',
      { beginAt: at('2027-01-01T00:00:00') },
      '2027-01-01T00:00:00',
      '2028-01-01T00:00:00',
    ],
    [
      'a leap day ends on the 28th',
      { beginAt: at('2028-02-29T08:00:00') },
      '2028-02-29T08:00:00',
      '2029-02-28T08:00:00',
    ],
    ['an end of its own', { endAt: at('2026-12-24T23:59:59') }, '2026-11-24T10:00:00', '2026-12-24T23:59:59'],
    [
      'whole days from a date to the same date a year later',
      { beginAt: at('2026-11-24T00:00:00'), endAt: at('2027-11-24T23:59:59.999') },
      '2026-11-24T00:00:00',
      '2027-11-24T23:59:59.999',
    ],
  ])('%s', (_, asked, beginAt, endAt) => {
    expect(decidePeriod(asked, NOW)).toEqual({ beginAt: at(beginAt), endAt: at(endAt) });
  });

  it.each<[string, { beginAt?: Date; endAt?: Date }]>([
    ['ends before it begins', { beginAt: at('2027-02-01T00:00:00'), endAt: at('2027-01-01T00:00:00') }],
    ['is over already', { beginAt: at('2026-01-01T00:00:00'), endAt: at('2026-11-24T09:00:00') }],
    ['is longer than twelve months', { endAt: at('2027-11-25T00:00:00') }],
  ])('is refused when it %s', (_, asked) => {
    expect(() => decidePeriod(asked, NOW)).toThrow(expect.objectContaining({ error: 'SEAL_GRANT_PERIOD_INVALID' }));
  });
});
