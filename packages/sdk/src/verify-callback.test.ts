import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SignetCallbackError } from './errors.ts';
import { type CallbackRequest, verifyCallback } from './verify-callback.ts';

const KEY = Buffer.from('a key of thirty-two bytes, no more');
const SECRET = `whsec_${KEY.toString('base64')}`;
const NOW = Date.parse('2026-11-24T10:00:00Z');
const TIMESTAMP = String(NOW / 1_000);
const BODY = JSON.stringify({
  ...{ transactionId: '1897893172027068416', businessType: 'OPEN_CONTRACT_STATUS_CHANGED', businessCode: '订单-1' },
  ...{ eventTime: '2026-11-24 18:00:00', contractId: '1', contractStatus: 'finished', finishTime: null, reason: null },
});

function signatureOf(body = BODY, { id = '1897893172027068416', timestamp = TIMESTAMP, key = KEY } = {}): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function request(change: Partial<CallbackRequest> = {}, headers: Record<string, string> = {}): CallbackRequest {
  const sent = {
    'webhook-id': '1897893172027068416',
    'webhook-timestamp': TIMESTAMP,
    'webhook-signature': signatureOf(),
  };
  return { secret: SECRET, headers: { ...sent, ...headers }, body: BODY, now: NOW, ...change };
}

function problemOf(wrong: CallbackRequest): string {
  try {
    verifyCallback(wrong);
    return 'none';
  } catch (error) {
    if (error instanceof SignetCallbackError) return error.problem;
    throw error;
  }
}

describe('verifyCallback', () => {
  it('answers the content of a callback that is whole and fresh', () => {
    const callback = verifyCallback(request());

    expect(callback).toEqual(JSON.parse(BODY));
    expect(callback.businessType === 'OPEN_CONTRACT_STATUS_CHANGED' && callback.contractStatus).toBe('finished');
  });

  it('takes bytes, and headers as fetch, Node and gateways write them', () => {
    const { headers } = request();
    const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]));

    expect(verifyCallback(request({ body: Buffer.from(BODY) })).businessCode).toBe('订单-1');
    expect(verifyCallback(request({ headers: new Headers(headers as Record<string, string>) })).businessCode).toBe(
      '订单-1',
    );
    expect(verifyCallback({ ...request(), headers: upper }).businessCode).toBe('订单-1');
  });

  it('accepts one good signature among several, and one good secret among several', () => {
    const old = { key: Buffer.from('an older key of thirty-two bytes') };
    const both = `${signatureOf(BODY, old)} v2,abc ${signatureOf()}`;

    expect(verifyCallback(request({}, { 'webhook-signature': both })).transactionId).toBe('1897893172027068416');
    expect(verifyCallback(request({ secret: ['whsec_AAAA', SECRET] })).transactionId).toBe('1897893172027068416');
  });

  it.each([
    ['a changed body', request({ body: BODY.replace('finished', 'rejected') })],
    ['a body that was parsed and written again', request({ body: JSON.stringify(JSON.parse(BODY), null, 1) })],
    ['another secret', request({ secret: 'whsec_AAAA' })],
    ['no secret', request({ secret: [] })],
    ['another number', request({}, { 'webhook-id': '1' })],
    ['another time', request({}, { 'webhook-timestamp': String(NOW / 1_000 + 1) })],
    ['a signature of another version', request({}, { 'webhook-signature': signatureOf().replace('v1,', 'v2,') })],
    ['a cut signature', request({}, { 'webhook-signature': signatureOf().slice(0, -4) })],
  ])('refuses %s by its signature', (_, wrong) => {
    expect(problemOf(wrong)).toBe('signature');
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('refuses a request without %s', (name) => {
    expect(problemOf(request({}, { [name]: '' }))).toBe('header');
  });

  it.each([
    [300, undefined, 'none'],
    [-300, undefined, 'none'],
    [301, undefined, 'timestamp'],
    [-301, undefined, 'timestamp'],
    [11, 10, 'timestamp'],
    [3_000, 3_600, 'none'],
  ])('of %i seconds away with a tolerance of %s: the problem is %s', (seconds, toleranceSeconds, problem) => {
    const tolerance = toleranceSeconds === undefined ? {} : { toleranceSeconds };

    expect(problemOf(request({ now: NOW + seconds * 1_000, ...tolerance }))).toBe(problem);
  });

  it('asks the clock when it is told no time', () => {
    const { now: _, ...unknown } = request();

    expect(problemOf(unknown)).toBe('timestamp');
  });

  it.each(['soon', '1e9', '', '-5'].map((timestamp) => [timestamp]))('refuses the timestamp "%s"', (timestamp) => {
    const headers = { 'webhook-timestamp': timestamp, 'webhook-signature': signatureOf(BODY, { timestamp }) };

    expect(['timestamp', 'header']).toContain(problemOf(request({}, headers)));
  });

  it.each(['no json', '[]', 'null', '{"transactionId":"1"}', BODY.replace('1897893172027068416', '2')])(
    'refuses the signed body %s',
    (body) => {
      expect(problemOf(request({ body }, { 'webhook-signature': signatureOf(body) }))).toBe('body');
    },
  );
});
