/** Bodies that are too large: refused early, without filling disk or memory, and so that the caller hears about it. */
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { call, callJson, FORM, get, send, signedHeaders, upload, type WireApp } from './wire-client.ts';

const LIST = '/api/open/contract/list';
const UPLOAD = '/api/open/file/upload';
const MB = 1 << 20;
const MULTIPART = 'multipart/form-data; boundary=b';
const HEAD = Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n');

let platform: TestPlatform;
let app: WireApp;

beforeAll(async () => {
  platform = await startTestPlatform();
  app = { ...platform.app, url: platform.url };
});
afterAll(() => platform.close());

const chunk = new Uint8Array(MB);
function* megabytes(count: number, head?: Uint8Array): Generator<Uint8Array> {
  if (head) yield head;
  for (let i = 0; i < count; i += 1) yield chunk;
}

const headersFor = (target: string, type: string, headers: Record<string, string>) =>
  signedHeaders(app, { method: 'POST', target, headers: { 'Content-Type': type, ...headers } });

/** The largest that the folder of uploads has been while something was under way. */
async function watchIncoming<Result>(work: Promise<Result>): Promise<{ result: Result; mostBytes: number }> {
  let mostBytes = 0;
  const look = async (): Promise<void> => {
    mostBytes = Math.max(mostBytes, await incomingBytes());
  };
  const timer = setInterval(() => void look(), 20);
  try {
    return { result: await work, mostBytes };
  } finally {
    clearInterval(timer);
  }
}

async function incomingBytes(): Promise<number> {
  const folder = join(platform.dataFolder, 'incoming');
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The status for a caller of the plainest kind: writes everything, and only then starts to read. Rejects when writing fails. */
async function statusAfterSendingAll(headers: Record<string, string>, body: Iterable<Uint8Array>): Promise<number> {
  const socket = connect(Number(new URL(platform.url).port), '127.0.0.1');
  const write = (bytes: Uint8Array | string) =>
    new Promise<void>((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve())));
  socket.pause().on('error', () => undefined);
  try {
    const lines = Object.entries({ Host: 'signet', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    await write(`POST ${LIST} HTTP/1.1\r\n${lines.join('')}\r\n`);
    const isChunked = 'Transfer-Encoding' in headers;
    for (const bytes of body) {
      if (isChunked) await write(`${bytes.length.toString(16)}\r\n`);
      await write(bytes);
      if (isChunked) await write('\r\n');
    }
    if (isChunked) await write('0\r\n\r\n');
    const [answer] = (await once(socket.resume(), 'data')) as [Buffer];
    return Number(/^HTTP\/1\.1 (\d+)/.exec(answer.toString())?.[1]);
  } finally {
    socket.destroy();
  }
}

describe('a caller that writes everything before it reads', () => {
  const length = { 'Content-Length': `${40 * MB}` };

  it.each([
    ['with its length told', length],
    ['with its length told, on a connection for this call only', { ...length, Connection: 'close' }],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }],
    ['in chunks, on a connection for this call only', { 'Transfer-Encoding': 'chunked', Connection: 'close' }],
  ])('hears 413 about 40 MB %s', async (_, headers) => {
    const signed = headersFor(LIST, 'application/json', {});

    expect(await statusAfterSendingAll({ ...signed, ...headers }, megabytes(40))).toBe(413);
  });

  it('hears 401 about a signature that does not hold', async () => {
    const signed = { ...headersFor(LIST, 'application/json', {}), 'X-Ca-Signature': 'x', Connection: 'close' };

    expect(await statusAfterSendingAll({ ...signed, 'Content-Length': `${10 * MB}` }, megabytes(10))).toBe(401);
  });
});

describe('a JSON body over 15 MB', () => {
  it('answers 413 to a caller that listens only after it has sent everything', async () => {
    const answer = await callJson(app, '/open/contract/list', 'x'.repeat(40 * MB));

    expect(answer.status).toBe(413);
    expect(answer.body).toMatchObject({ code: '413', success: false, result: null });
    expect(answer.headers['x-ca-error-code']).toBe('BODY_TOO_LARGE');
  });

  it('answers 413 also when its length is not told', async () => {
    const headers = headersFor(LIST, 'application/json', {});

    const answer = await send(platform.url, { method: 'POST', target: LIST, headers, body: megabytes(40) });

    expect(answer.status).toBe(413);
  });

  it('is refused where a file may come in base64, too', async () => {
    const headers = headersFor(UPLOAD, 'application/json', {});

    expect((await send(platform.url, { method: 'POST', target: UPLOAD, headers, body: megabytes(40) })).status).toBe(
      413,
    );
  });
});

describe('a form over 256 kB', () => {
  const headers = () => ({ 'X-Ca-Key': app.appKey, 'X-Ca-Signature': 'x', 'Content-Type': FORM });

  it('answers 413 before its signature is computed', async () => {
    const body = 'a&'.repeat(MB);

    expect((await send(platform.url, { method: 'POST', target: LIST, headers: headers(), body })).status).toBe(413);
  });

  it('answers 413 also when its length is not told', async () => {
    const answer = await send(platform.url, { method: 'POST', target: LIST, headers: headers(), body: megabytes(3) });

    expect(answer.status).toBe(413);
  });
});

describe('an upload of 200 MB', () => {
  it('answers 413 by its length, and nothing of it reaches the disk or stays in memory', async () => {
    const length = { 'Content-Length': `${HEAD.length + 200 * MB}` };
    const headers = headersFor(UPLOAD, MULTIPART, length);
    const before = process.memoryUsage.rss();

    const { result, mostBytes } = await watchIncoming(
      send(platform.url, { method: 'POST', target: UPLOAD, headers, body: megabytes(200, HEAD) }),
    );

    expect(result.status).toBe(413);
    expect(result.headers['x-ca-error-message']).toContain('at most');
    expect(mostBytes).toBe(0);
    expect(process.memoryUsage.rss() - before).toBeLessThan(150 * MB);
  });

  it('answers 413 when its length is not told, having written no more than the limit, and leaves nothing', async () => {
    const headers = headersFor(UPLOAD, MULTIPART, {});

    const { result, mostBytes } = await watchIncoming(
      send(platform.url, { method: 'POST', target: UPLOAD, headers, body: megabytes(200, HEAD) }),
    );

    expect(result.status).toBe(413);
    expect(mostBytes).toBeLessThanOrEqual(100 * MB);
    expect(await incomingBytes()).toBe(0);
  });

  it('is refused to a stranger before anything is read', async () => {
    const headers = { 'Content-Type': MULTIPART, 'X-Ca-Key': 'nobody', 'X-Ca-Signature': 'x' };

    const { result, mostBytes } = await watchIncoming(
      send(platform.url, { method: 'POST', target: UPLOAD, headers, body: megabytes(50, HEAD) }),
    );

    expect(result.status).toBe(401);
    expect(mostBytes).toBe(0);
  });

  it('leaves the server ready for the next call', async () => {
    expect((await get(app, '/open/contract/list')).body.code).toBe('200');
    expect((await upload(app, Buffer.from('text'))).body.code).toBe('oc_30005');
  });
});

describe('a broken multipart body', () => {
  it.each([
    ['without a boundary', 'multipart/form-data', '--b\r\n\r\n--b--'],
    ['cut off in the middle', MULTIPART, `${HEAD}`],
    ['with another boundary', MULTIPART, '--c\r\n\r\nx\r\n--c--\r\n'],
    ['with a part that has no headers', MULTIPART, '--b\r\nx\r\n--b--\r\n'],
    [
      'with a field that would change a prototype',
      MULTIPART,
      '--b\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\nx\r\n--b--\r\n',
    ],
    [
      'with a thousand fields',
      MULTIPART,
      `${'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'.repeat(1_000)}--b--\r\n`,
    ],
    ['of nothing', MULTIPART, ''],
  ])('%s is the caller’s fault', async (_, type, body) => {
    const answer = await call(app, { target: UPLOAD, type, body });

    expect(answer.body.code).toMatch(/^4/);
    expect(answer.body.success).toBe(false);
    expect(await incomingBytes()).toBe(0);
  });

  it('is refused where no file is taken', async () => {
    const answer = await call(app, { target: LIST, type: MULTIPART, body: '--b--' });

    expect(answer.status).toBe(400);
    expect(answer.headers['x-ca-error-message']).toContain('multipart is for uploads');
  });

  it('of a caller that hangs up leaves nothing behind', async () => {
    const headers = headersFor(UPLOAD, MULTIPART, { 'Content-Length': `${50 * MB}` });

    await expect(send(platform.url, { method: 'POST', target: UPLOAD, headers, body: thenHangUp() })).rejects.toThrow();

    await expect.poll(incomingBytes).toBe(0);
  });

  function* thenHangUp(): Generator<Uint8Array> {
    yield* megabytes(5, HEAD);
    throw new Error('gone');
  }
});
