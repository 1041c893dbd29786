import { describe, expect, it } from 'vitest';
import type { RequestedPlacement } from './contract.ts';
import { checkStartRequest } from './start-checks.ts';
import type { RequestedField, RequestedParty, StartRequest } from './start-request.ts';

const NOW = new Date('2026-11-24T08:00:00Z');
const MODES = new Set(['CODE_SMS'] as const);

const placement: RequestedPlacement = { style: 'single-page', dateFormat: null, page: 1, x: 100, y: 100, size: null };
const field = (more: Partial<RequestedField> = {}): RequestedField => ({
  fileCode: 'FC_1',
  placement,
  authorizeCode: null,
  sealId: null,
  ...more,
});
const party = (accountId: string, more: Partial<RequestedParty> = {}): RequestedParty => ({
  accountId,
  sequenceNumber: 1,
  agentAccountId: null,
  intentModes: ['CODE_SMS'],
  noticeTypes: 0,
  signDeadlineAt: null,
  fields: [field()],
  ...more,
});
const request = (more: Partial<StartRequest> = {}): StartRequest => ({
  name: null,
  businessCode: null,
  files: [{ fileId: '1', fileCode: 'FC_1', order: 1, name: null }],
  attachments: [],
  initiatorAccountId: 'a',
  parties: [party('a'), party('b')],
  sequential: true,
  signDeadlineAt: null,
  options: {},
  ...more,
});
const check = (more: Partial<StartRequest>) => () => checkStartRequest(request(more), MODES, NOW);

describe('the checks of a contract start', () => {
  it('accepts two parties with one place each', () => {
    expect(check({})).not.toThrow();
  });

  it.each<[string, Partial<StartRequest>, string]>([
    ['the same account twice', { parties: [party('a'), party('a')] }, 'oc_40003'],
    [
      'the same file twice',
      {
        files: [
          { fileId: '1', fileCode: 'FC_1', order: 1, name: null },
          { fileId: '2', fileCode: 'FC_1', order: 2, name: null },
        ],
      },
      'oc_40014',
    ],
    ['a file that is also an attachment', { attachments: [{ fileCode: 'FC_1', order: 1 }] }, 'oc_40014'],
    ['two equal places of one party', { parties: [party('a', { fields: [field(), field()] })] }, 'oc_40016'],
    [
      'silent and ordinary places of one party',
      {
        parties: [party('a', { fields: [field(), field({ authorizeCode: 'G1', placement: { ...placement, x: 5 } })] })],
      },
      'oc_40027',
    ],
    ['a deadline in the past', { signDeadlineAt: new Date('2026-11-24T08:00:00Z') }, 'oc_40002'],
    ['a deadline after more than twelve months', { signDeadlineAt: new Date('2027-11-24T08:00:01Z') }, 'oc_40001'],
    ['an own deadline in the past', { parties: [party('a', { signDeadlineAt: new Date(0) })] }, 'oc_40002'],
    ['a willingness mode that is not available', { parties: [party('a', { intentModes: ['FACE'] })] }, 'oc_40503'],
  ])('refuses %s', (_, more, code) => {
    expect(check(more)).toThrow(expect.objectContaining({ code }));
  });

  it('accepts a deadline of exactly twelve months', () => {
    expect(check({ signDeadlineAt: new Date('2027-11-24T08:00:00Z') })).not.toThrow();
  });

  it('names every wrong field at once', () => {
    const broken = party('a', {
      fields: [field({ fileCode: 'FC_9' }), field({ placement: { ...placement, page: 0, x: null } })],
    });

    expect(check({ parties: [broken] })).toThrow(
      expect.objectContaining({
        msg:
          '参数错误. signers[0].signFields[0].fileCode: 不在docs中; ' +
          'signers[0].signFields[1].signFieldPosition.positionPage: 必填; ' +
          'signers[0].signFields[1].signFieldPosition.positionX: 必填',
      }),
    );
  });
});
