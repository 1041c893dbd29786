/** The gateway as a stranger meets it: what it accepts, and how it refuses. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { type RawApp, type RawRequest, rawCall } from './raw-client.ts';

let platform: TestPlatform;
let app: RawApp;
let strictApp: RawApp;

beforeAll(async () => {
  platform = await startTestPlatform();
  app = { ...platform.app, url: platform.url };
  strictApp = { ...(await platform.createApp({ strict: true })), url: platform.url };
});
afterAll(() => platform.close());

const registry = (headers: RawRequest['headers'] = {}): RawRequest => ({
  path: '/open/sandbox/registry',
  query: { keyword: '张三', pageSize: '1' },
  headers,
});
const unlisted = { 'X-Ca-Signature-Headers': undefined, 'X-Ca-Nonce': undefined, 'X-Ca-Timestamp': undefined };

describe('a signed request', () => {
  it.each([
    ['with signed timestamp and nonce', {}],
    ['with the key alone', unlisted],
    ['that accepts anything', { Accept: '*/*' }],
    ['with a Date', { Date: 'Tue, 24 Nov 2026 08:00:00 GMT' }],
  ])('passes %s', async (_, headers) => {
    expect((await rawCall(app, registry(headers))).body.code).toBe('200');
  });

  it('passes as a form, whose parameters are signed', async () => {
    const answer = await rawCall(app, { path: '/open/contract/list', form: { pageNum: '1', contractStatus: '' } });

    expect(answer.body).toMatchObject({ code: '200', result: { list: [], total: 0 } });
  });
});

describe('a refused request', () => {
  it('shows the string to sign of the server when the signature is wrong', async () => {
    const answer = await rawCall({ ...app, appSecret: 'not-the-secret' }, registry(unlisted));

    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: '401', success: false, result: null });
    expect(answer.headers.get('x-ca-error-message')).toBe(
      `Invalid Signature, Server StringToSign:GET#application/json####X-Ca-Key:${app.appKey}#/api/open/sandbox/registry?keyword=%E5%BC%A0%E4%B8%89&pageSize=1`,
    );
  });

  it.each([
    ['an unknown key', 401, { 'X-Ca-Key': 'nobody' }],
    ['a stale timestamp', 401, { 'X-Ca-Timestamp': `${Date.now() - 16 * 60_000}` }],
    ['a timestamp from the future', 401, { 'X-Ca-Timestamp': `${Date.now() + 16 * 60_000}` }],
    ['a missing key', 400, { 'X-Ca-Key': undefined }],
  ])('names %s', async (_, status, headers) => {
    const answer = await rawCall(app, registry(headers));

    expect(answer.status).toBe(status);
    expect(answer.body.code).toBe(`${status}`);
    expect(answer.headers.get('x-ca-error-code')).toMatch(/^[A-Z_]+$/);
  });

  it('is not replayed', async () => {
    const nonce = { 'X-Ca-Nonce': randomUUID() };

    const first = await rawCall(app, registry(nonce));
    const second = await rawCall(app, registry(nonce));

    expect([first.status, second.status]).toEqual([200, 401]);
  });

  it('does not use up its nonce by a wrong signature', async () => {
    const nonce = { 'X-Ca-Nonce': randomUUID() };

    const forged = await rawCall({ ...app, appSecret: 'not-the-secret' }, registry(nonce));
    const genuine = await rawCall(app, registry(nonce));

    expect([forged.status, genuine.status]).toEqual([401, 200]);
  });

  it('is found when its body was changed on the way', async () => {
    const answer = await rawCall(app, {
      path: '/open/contract/list',
      json: { pageNum: 1 },
      tamper: { body: '{"pageNum":2}' },
    });

    expect(answer.status).toBe(401);
  });

  it('is found when a parameter was changed on the way', async () => {
    const answer = await rawCall(app, {
      ...registry(),
      tamper: { headers: { 'X-Ca-Timestamp': `${Date.now() - 5}` } },
    });

    expect(answer.status).toBe(401);
  });

  it('is told about an unknown path', async () => {
    expect((await rawCall(app, { path: '/open/nothing' })).body.code).toBe('404');
  });
});

describe('an app in strict mode', () => {
  it('accepts what carries timestamp, nonce and digest', async () => {
    expect((await rawCall(strictApp, registry())).body.code).toBe('200');
    expect((await rawCall(strictApp, { path: '/open/contract/list', json: {} })).body.code).toBe('200');
  });

  it.each([
    ['X-Ca-Timestamp', { 'X-Ca-Timestamp': undefined, 'X-Ca-Signature-Headers': 'X-Ca-Key,X-Ca-Nonce' }],
    ['X-Ca-Nonce', { 'X-Ca-Nonce': undefined, 'X-Ca-Signature-Headers': 'X-Ca-Key,X-Ca-Timestamp' }],
    ['Content-MD5', { 'Content-MD5': undefined }],
  ])('names a missing %s and the switch', async (name, headers) => {
    const answer = await rawCall(strictApp, { path: '/open/contract/list', json: {}, headers });

    expect(answer.status).toBe(401);
    expect(answer.headers.get('x-ca-error-message')).toContain(name);
    expect(answer.headers.get('x-ca-error-message')).toContain('strict');
  });
});
