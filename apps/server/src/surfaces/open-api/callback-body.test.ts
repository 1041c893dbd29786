import { CALLBACK_TYPES, type CallbackType } from '@signet/protocol/callbacks';
import { CALLBACK_FIELDS } from '@signet/protocol/open-api';
import { describe, expect, it } from 'vitest';
import type { Callback, CallbackEvent } from '../../modules/callbacks/index.ts';
import { callbackRenderer } from './callback-body.ts';

const FLOW = { verificationId: 'OPFN1', compliant: true, accountId: 'buyer' };
const CERTIFICATION = { ...FLOW, checkId: null, outcome: 'passed' } as const;

const EVENTS: readonly (readonly [CallbackType, CallbackEvent, Record<string, unknown>])[] = [
  [
    'OPEN_CONTRACT_SIGNED',
    {
      type: 'party-settled',
      data: {
        ...{ contractId: '18', accountId: 'buyer', status: 'declined', refuseReason: '金额有误' },
        signedAt: null,
      },
    },
    { contractId: '18', accountId: 'buyer', signStatus: 'rejected', signTime: null, refuseReason: '金额有误' },
  ],
  [
    'OPEN_CONTRACT_STATUS_CHANGED',
    {
      type: 'contract-status-changed',
      data: { contractId: '18', status: 'completed', closedAt: '2026-11-24T10:00:00.000Z', reason: null },
    },
    { contractId: '18', contractStatus: 'finished', finishTime: '2026-11-24 18:00:00', reason: null },
  ],
  [
    'OPEN_CONTRACT_STATUS_CHANGED',
    {
      type: 'contract-status-changed',
      data: { contractId: '18', status: 'withdrawn', closedAt: '2026-11-24T10:00:00.000Z', reason: '重拟' },
    },
    { contractId: '18', contractStatus: 'revoked', finishTime: null, reason: '重拟' },
  ],
  [
    'OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH',
    {
      type: 'seal-grant-changed',
      data: {
        ...{ accountId: 'acme', sealId: 100_000_000, authorizeCode: 'code', status: 'authorized' },
        ...{ beginAt: '2026-11-24T00:00:00.000Z', endAt: '2027-11-24T00:00:00.000Z' },
      },
    },
    {
      ...{ accountId: 'acme', sealId: 100_000_000, authorizeCode: 'code', authorizeStatus: 'authorized' },
      ...{ beginTime: '2026-11-24 08:00:00', endTime: '2027-11-24 08:00:00' },
    },
  ],
  [
    'OPEN_PSN_CERT_RESULT',
    { type: 'person-verified', data: CERTIFICATION },
    { flowNo: 'OPFN1', serviceId: null, verifyStatus: 'passed', compliant: true, accountId: 'buyer' },
  ],
  [
    'OPEN_CORP_CERT_RESULT',
    { type: 'company-verified', data: { ...CERTIFICATION, checkId: 'C', outcome: 'un_passed', compliant: false } },
    { flowNo: 'OPFN1', serviceId: 'C', verifyStatus: 'un_passed', compliant: false, accountId: 'buyer' },
  ],
  [
    'OPEN_PSN_FACE_RECOGNITION_RESULT',
    { type: 'face-finished', data: { verificationId: 'OPFN1', checkId: 'C', outcome: 'passed' } },
    { flowNo: 'OPFN1', serviceId: 'C', verifyStatus: 'passed' },
  ],
  [
    'OPEN_CORP_AUTHORIZATION_AUDIT_RESULT',
    {
      type: 'authorization-audited',
      data: { verificationId: 'OPFN1', checkId: 'C', auditStatus: 'un_passed', auditRemark: '印章不清晰' },
    },
    { flowNo: 'OPFN1', serviceId: 'C', auditStatus: 'un_passed', auditRemark: '印章不清晰' },
  ],
];

function stored(event: CallbackEvent): Callback {
  return {
    ...{ transactionId: '1897893172027068416', appId: 'app', subject: 'contract:18', businessCode: '订单-1', event },
    ...{ occurredAt: new Date('2026-11-24T10:00:01.000Z'), status: 'pending', tries: 0, reminders: 0 },
    ...{ nextTryAt: null, deliveredAt: null, confirmedAt: null },
  };
}

describe('the body of a callback', () => {
  it.each(EVENTS)('of %s has the published fields', (businessType, event, fields) => {
    const body = callbackRenderer.bodyOf(stored(event));

    const head = { transactionId: '1897893172027068416', businessType, businessCode: '订单-1' };
    expect(body).toEqual({ ...head, eventTime: '2026-11-24 18:00:01', ...fields });
    expect(Object.keys(body).slice(0, 4)).toEqual(['transactionId', 'businessType', 'businessCode', 'eventTime']);
    expect(Object.keys(fields).toSorted()).toEqual(Object.keys(CALLBACK_FIELDS[businessType].shape).toSorted());
    CALLBACK_FIELDS[businessType].parse(fields);
  });

  it('is UTF-8 JSON under its media type', () => {
    const [, event] = EVENTS[0]!;
    const { headers, body } = callbackRenderer.requestFor(stored(event), { secrets: [], at: new Date(0) });

    expect(headers['content-type']).toBe('application/json;charset=UTF-8');
    expect(JSON.parse(body)).toEqual(callbackRenderer.bodyOf(stored(event)));
  });
});

describe('the names of callbacks', () => {
  it('are those that an app can switch on, and lead back to the events', () => {
    expect(callbackRenderer.businessTypes).toEqual(Object.keys(CALLBACK_TYPES));
    for (const [businessType, { type }] of EVENTS) {
      expect(callbackRenderer.businessTypeOf(type)).toBe(businessType);
      expect(callbackRenderer.eventTypesOf(businessType)).toEqual([type]);
    }
  });
});
