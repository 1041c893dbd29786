/** 防重放: one request is carried out once, whichever server it reaches. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../apps/server/src/kernel/testing/manual-clock.ts';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { type SecondServer, startSecondServer } from './second-server.ts';
import { call, send, signedHeaders, type WireApp } from './wire-client.ts';

const TARGET = '/api/open/contract/list';
const START = new Date('2026-11-24T08:00:00+08:00');
const MINUTE = 60_000;

const clock = new ManualClock(START);
let platform: TestPlatform;
let second: SecondServer;
let app: WireApp;
let elsewhere: WireApp;

beforeAll(async () => {
  platform = await startTestPlatform({ clock });
  second = await startSecondServer(platform.databaseUrl, { clock });
  app = { ...platform.app, url: platform.url };
  elsewhere = { ...app, url: second.url };
});
afterAll(async () => {
  await second.close();
  await platform.close();
});

const at = (ms: number) => ({ 'X-Ca-Timestamp': `${clock.now().getTime() + ms}` });
const request = (headers: Record<string, string> = {}) => ({ target: TARGET, headers: { ...at(0), ...headers } });

describe('a timestamp', () => {
  it.each([[-15 * MINUTE], [15 * MINUTE], [0]])('%i ms away is good', async (ms) => {
    expect((await call(app, request(at(ms)))).status).toBe(200);
  });

  it.each([
    ['older than 15 minutes', { 'X-Ca-Timestamp': `${START.getTime() - 15 * MINUTE - 1}` }],
    ['more than 15 minutes ahead', { 'X-Ca-Timestamp': `${START.getTime() + 15 * MINUTE + 1}` }],
    ['in seconds', { 'X-Ca-Timestamp': `${START.getTime() / 1000}` }],
    ['that is no number', { 'X-Ca-Timestamp': 'yesterday' }],
    ['that is infinite', { 'X-Ca-Timestamp': 'Infinity' }],
  ])('%s is refused, and the answer tells the time of the server', async (_, headers) => {
    const answer = await call(app, request(headers));

    expect(answer.status).toBe(401);
    expect(answer.headers['x-ca-error-code']).toBe('STALE_TIMESTAMP');
    expect(answer.headers['x-ca-error-message']).toContain(`${START.getTime()}`);
  });
});

describe('a nonce', () => {
  it('is good once', async () => {
    const nonce = { 'X-Ca-Nonce': randomUUID() };

    const first = await call(app, request(nonce));
    const again = await call(app, request(nonce));

    expect([first.status, again.status]).toEqual([200, 401]);
    expect(again.headers['x-ca-error-code']).toBe('NONCE_USED');
  });

  it('is good once when twenty requests bring it to two servers at the same moment', async () => {
    const nonce = { 'X-Ca-Nonce': randomUUID() };

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => call(i % 2 ? app : elsewhere, request(nonce))),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(401)]);
  });

  it('used at one server is used at the other', async () => {
    const nonce = { 'X-Ca-Nonce': randomUUID() };

    const here = await call(app, request(nonce));
    const there = await call(elsewhere, request(nonce));

    expect([here.status, there.status]).toEqual([200, 401]);
  });

  it('is not used up by a forged request', async () => {
    const nonce = { 'X-Ca-Nonce': randomUUID() };

    const forged = await call({ ...app, appSecret: 'guess' }, request(nonce));
    const tampered = await call(app, { ...request(nonce), body: '{}', tamper: { body: '[]' } });
    const genuine = await call(app, request(nonce));

    expect([forged.status, tampered.status, genuine.status]).toEqual([401, 401, 200]);
  });

  it('belongs to its app', async () => {
    const other = { ...(await platform.createApp()), url: platform.url };
    const nonce = { 'X-Ca-Nonce': randomUUID() };

    expect((await call(app, request(nonce))).status).toBe(200);
    expect((await call(other, request(nonce))).status).toBe(200);
  });

  it('longer than 128 characters is refused by name', async () => {
    const answer = await call(app, request({ 'X-Ca-Nonce': 'n'.repeat(129) }));

    expect(answer.status).toBe(401);
    expect(answer.headers['x-ca-error-message']).toContain('128');
  });

  it('protects a request for as long as its timestamp is good, also when the caller runs ahead', async () => {
    const headers = signedHeaders(app, { method: 'GET', ...request(at(14 * MINUTE)) });
    const message = { method: 'GET', target: TARGET, headers };

    const first = await send(platform.url, message);
    clock.advance({ minutes: 28 });
    const replayed = await send(platform.url, message);

    expect(first.status).toBe(200);
    expect(replayed.status).toBe(401);
  });

  it('may come back once its time is over', async () => {
    const nonce = { 'X-Ca-Nonce': randomUUID() };

    const first = await call(app, request(nonce));
    clock.advance({ minutes: 15, ms: 1 });
    const later = await call(app, request(nonce));

    expect([first.status, later.status]).toEqual([200, 200]);
  });
});
