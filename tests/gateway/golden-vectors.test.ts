/** The documented signatures against a running server, at the moment they were made. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../apps/server/src/kernel/testing/manual-clock.ts';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { send } from './wire-client.ts';

const TIMESTAMP = '1731665282313';
const CA = {
  'X-Ca-Key': '203900001',
  'X-Ca-Nonce': '4f1c2b9e-7a11-4f0e-9d8e-0c5c1b2a3d4e',
  'X-Ca-Timestamp': TIMESTAMP,
  'X-Ca-Signature-Headers': 'X-Ca-Key,X-Ca-Nonce,X-Ca-Timestamp',
};
const BODY =
  '{"psnName":"张三","psnIDCardType":"CRED_PSN_CH_IDCARD","psnIDCardNum":"110101199003078857","psnMobile":"13800000000"}';

const clock = new ManualClock(new Date(Number(TIMESTAMP)));
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform({ clock });
  await platform.modules.apps.ensure('203900001', 'qd-test-secret-0001', { name: 'golden', selfCertification: true });
});
afterAll(() => platform.close());

describe('a documented request', () => {
  it.each([
    ['psnGet?accountId=1120', 'RakWusYoOpqopt3b5dRzaWu/f3+U6b5VMzPxaRw2Q0c='],
    [
      'contract/signer?accountId=3321&businessCode&contractId=1897893172027068416',
      'JaOqLrMjYnXH00jXj7naghn5VhsmejAJONhqeANKgGE=',
    ],
    [
      'contract/signer?contractId=1897893172027068416&businessCode=&accountId=3321',
      'GFgVveNGTsA2GqA8raShFjgfODu44hPBWCFRpISxA5I=',
    ],
  ])('GET %s passes with its printed signature', async (path, signature) => {
    await platform.database.db.execute('delete from used_nonces');

    const answer = await send(platform.url, {
      method: 'GET',
      target: `/api/open/${path}`,
      headers: { ...CA, Accept: 'application/json', 'X-Ca-Signature': signature },
    });

    // Past the gateway: these accounts and contracts are nobody's.
    expect(answer.status).toBe(200);
    expect(answer.body.code).toMatch(/^oc_/);
  });

  it('POST passes with its printed digest and signature', async () => {
    await platform.database.db.execute('delete from used_nonces');

    const answer = await send(platform.url, {
      method: 'POST',
      target: '/api/open/psnCert/3element',
      headers: {
        ...CA,
        Accept: 'application/json',
        'Content-Type': 'application/json',
        'Content-MD5': '2V0hekHVP5W9so2K+tmfhQ==',
        'X-Ca-Signature': 'kUwRfovq1OfSz77p0FYB8Zt+0k+C/Vfi77aXTYZWlAc=',
      },
      body: BODY,
    });

    expect(answer.body).toMatchObject({ code: '200', ts: TIMESTAMP, result: { verifyStatus: 'passed' } });
  });

  it('GET passes with the key alone signed', async () => {
    const answer = await send(platform.url, {
      method: 'GET',
      target: '/api/open/psnGet?accountId=1120',
      headers: {
        Accept: '*/*',
        'X-Ca-Key': '203900001',
        'X-Ca-Signature': 'ouv8V048b+xBJ2h5kXD/4LKfC1jXWquPoEAeUprB0/c=',
      },
    });

    expect(answer.body.code).toBe('oc_10502');
  });

  it('is stale fifteen minutes later', async () => {
    const late = new ManualClock(new Date(Number(TIMESTAMP) + 15 * 60_000 + 1));
    clock.set(late.now());

    const answer = await send(platform.url, {
      method: 'GET',
      target: '/api/open/psnGet?accountId=1120',
      headers: { ...CA, Accept: 'application/json', 'X-Ca-Signature': 'RakWusYoOpqopt3b5dRzaWu/f3+U6b5VMzPxaRw2Q0c=' },
    });

    expect(answer.status).toBe(401);
    expect(answer.headers['x-ca-error-code']).toBe('STALE_TIMESTAMP');
  });
});
