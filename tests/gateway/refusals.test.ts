/** What is no call of the open API: every refusal comes in the envelope and leaves the connection usable. */
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { call, send, type WireApp } from './wire-client.ts';

const ENVELOPE =
  /^\{"result":null,"code":"\d{3}","msg":"[^"]+","logKey":"[0-9a-f]{8}","ts":"\d{13}","success":false\}$/;
const LIST = '/api/open/contract/list';

let platform: TestPlatform;
let app: WireApp;

beforeAll(async () => {
  platform = await startTestPlatform();
  app = { ...platform.app, url: platform.url };
});
afterAll(() => platform.close());

/** What comes back for bytes that no HTTP client would send. */
function rawBytes(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(Number(new URL(platform.url).port), '127.0.0.1', () => socket.write(text, 'latin1'));
    socket
      .on('data', (chunk) => (received += chunk))
      .on('close', () => resolve(received))
      .on('error', reject);
  });
}

describe('an unknown path', () => {
  it.each([
    ['/api/open/nothing'],
    ['/api/open/psnGet/'],
    ['/api//open/psnGet'],
    ['/api/open/PSNGET'],
    ['/api/open/psnGet;v=1'],
    ['/api/open/%zz'],
    ['/api/open/%C3%28'],
    ['/api/open/%00'],
    ['/api/open/psnGet%2f..'],
    ['/api/../etc/passwd'],
    ['/files/%zz'],
    ['/%'],
    [`/api/open/${'x'.repeat(300)}`],
  ])('%s answers 404', async (target) => {
    const answer = await send(platform.url, { method: 'GET', target });

    expect(answer.status).toBe(404);
    expect(answer.text).toMatch(ENVELOPE);
    expect(answer.headers['x-ca-error-code']).toBe('NO_SUCH_API');
  });

  it.each([
    ['JSON that is none', 'application/json', '{'],
    ['a type that nobody reads', 'application/xml', '<a/>'],
    ['a type that is none', 'nonsense', 'x'],
    ['two megabytes', 'application/json', `"${'x'.repeat(2 << 20)}"`],
  ])('answers 404 whatever the body: %s', async (_, type, body) => {
    const answer = await send(platform.url, {
      method: 'POST',
      target: '/api/open/nothing',
      headers: { 'Content-Type': type },
      body,
    });

    expect(answer.status).toBe(404);
  });
});

describe('another method', () => {
  it.each([['PUT'], ['PATCH'], ['DELETE'], ['OPTIONS'], ['POST']])(
    '%s of a query answers 405 and names the right one',
    async (method) => {
      const answer = await send(platform.url, { method, target: '/api/open/psnGet?accountId=1', body: '{' });

      expect(answer.status).toBe(405);
      expect(answer.text).toMatch(ENVELOPE);
      expect(answer.headers).toMatchObject({ allow: 'GET', 'x-ca-error-code': 'METHOD_NOT_ALLOWED' });
    },
  );

  it('HEAD is refused without a body', async () => {
    const answer = await send(platform.url, { method: 'HEAD', target: '/api/open/psnGet' });

    expect([answer.status, answer.text]).toEqual([405, '']);
  });

  it.each([['PROPFIND'], ['TRACE'], ['PURGE']])('%s does no harm', async (method) => {
    const answer = await send(platform.url, { method, target: LIST });

    expect([404, 405]).toContain(answer.status);
    expect(answer.text).toMatch(ENVELOPE);
  });
});

describe('what is no HTTP request', () => {
  it.each([
    ['another protocol', 'HELO example.com\r\n\r\n', 400],
    ['a header without a name', `GET ${LIST} HTTP/1.1\r\nHost: x\r\n: x\r\n\r\n`, 400],
    ['two lengths', `POST ${LIST} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 400],
    [
      'a length beside chunks',
      `POST ${LIST} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    ['endless headers', `GET ${LIST} HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
  ])('%s is answered in the envelope', async (_, text, status) => {
    const answer = await rawBytes(text);

    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer.split('\r\n\r\n')[1]).toMatch(ENVELOPE);
  });
});

describe('a path', () => {
  it('with needless escapes is served, signed as it is sent', async () => {
    expect((await call(app, { target: '/api/open/contract/%6Cist' })).body.code).toBe('200');
  });

  it('with an escaped slash is another one', async () => {
    expect((await call(app, { target: '/api/open/contract%2Flist' })).status).toBe(404);
  });
});
