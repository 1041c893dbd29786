import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contentMd5, verifySignature } from '@signet/protocol/request-signature';
import { failureEnvelope, successEnvelope } from '@signet/protocol/response';
import { afterEach, describe, expect, it } from 'vitest';
import { createSignetClient, SignetApiError, type SignetClientOptions, SignetConnectionError } from './index.ts';

const app = { appKey: '203900001', appSecret: 'qd-test-secret-0001' };
const stamp = { logKey: '56faf695', at: new Date(1731665282313) };
const created = successEnvelope({ accountId: '3321', sealId: '100000000' }, stamp);
const person = {
  accountId: '3321',
  informPhone: '13800000000',
  psnName: '张三',
  psnIDCardType: 'CRED_PSN_CH_IDCARD',
  psnIDCardNum: '110101199003078857',
} as const;

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}
interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** Drop the connection instead of answering. */
  readonly hangUp?: boolean;
  readonly never?: boolean;
}

const running: Server[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

/** A platform that gives these answers one after the other, the last one for ever. */
async function platform(answers: readonly Answer[], options: Partial<SignetClientOptions> = {}) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const answer = answers[Math.min(received.length, answers.length - 1)] ?? {};
    received.push({ method, url, headers, body: Buffer.concat(chunks) });
    if (answer.hangUp) return request.socket.destroy();
    if (answer.never) return undefined;
    response.writeHead(answer.status ?? 200, answer.headers);
    return response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  running.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { received, baseUrl, client: createSignetClient({ baseUrl, ...app, ...options }) };
}

function signatureHolds({ method, url, headers }: Received): boolean {
  const { pathname, searchParams } = new URL(url, 'http://signet.test');
  const signedHeaders = String(headers['x-ca-signature-headers']).split(',');
  const flat = headers as Record<string, string | undefined>;
  return verifySignature(
    { method, path: pathname, parameters: [...searchParams], headers: flat, signedHeaders },
    String(headers['x-ca-signature']),
    { secrets: [app.appSecret], pathWithoutApi: false },
  );
}

describe('a call that succeeds', () => {
  it('answers the result of a signed POST', async () => {
    const { client, received } = await platform([{ body: created }]);

    const result = await client.persons.create(person);

    expect(result).toEqual({ accountId: '3321', sealId: '100000000' });
    expect(received[0]).toMatchObject({ method: 'POST', url: '/api/open/psnCreate' });
    expect(signatureHolds(received[0]!)).toBe(true);
    expect(received[0]?.headers['content-md5']).toBe(contentMd5(received[0]!.body));
    expect(JSON.parse(received[0]!.body.toString())).toEqual(person);
  });

  it('answers the result of a signed GET with Chinese values', async () => {
    const { client, received } = await platform([{ body: successEnvelope({ list: [], total: 0 }, stamp) }]);

    await client.sandbox.registry({ keyword: '张三 & 李四', pageSize: 5 });

    expect(signatureHolds(received[0]!)).toBe(true);
    expect(new URL(received[0]!.url, 'http://signet.test').searchParams.get('keyword')).toBe('张三 & 李四');
  });

  it('uploads bytes as a signed multipart body', async () => {
    const { client, received } = await platform([{ body: successEnvelope({ fileCode: 'FC_1' }, stamp) }]);
    const file = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x00, 0xff]);

    await client.files.upload({ file, fileName: '租赁合同.pdf' });

    expect(signatureHolds(received[0]!)).toBe(true);
    expect(received[0]!.body.includes(Buffer.from(file))).toBe(true);
  });

  it.each([['/'], ['/api'], ['/api/']])('takes a base address that ends in %s', async (ending) => {
    const { baseUrl, received } = await platform([{ body: created }]);

    await createSignetClient({ baseUrl: `${baseUrl}${ending}`, ...app }).persons.create(person);

    expect(received[0]?.url).toBe('/api/open/psnCreate');
  });

  it('fetches the bytes behind a download address', async () => {
    const { client, baseUrl } = await platform([{ body: '%PDF-1.7' }]);

    expect(Buffer.from(await client.fetchFile(`${baseUrl}/download/x`)).toString()).toBe('%PDF-1.7');
  });
});

describe('a call that is refused', () => {
  it('throws code, msg and logKey of a business refusal', async () => {
    const refusal = failureEnvelope({ code: 'oc_10501', msg: '用户账号已存在' }, stamp);
    const { client } = await platform([{ body: refusal }]);

    const error = await client.persons.create(person).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(SignetApiError);
    expect(error).toMatchObject({ code: 'oc_10501', msg: '用户账号已存在', logKey: '56faf695', httpStatus: 200 });
  });

  it('lays both strings to sign side by side when the signature is refused', async () => {
    const server = 'GET#application/json####X-Ca-Key:203900001#/api/open/psnGet?accountId=1';
    const { client } = await platform([
      {
        status: 401,
        headers: { 'X-Ca-Error-Message': `Invalid Signature, Server StringToSign:${server}` },
        body: failureEnvelope({ code: '401', msg: 'Invalid Signature' }, stamp),
      },
    ]);

    const error = await client.persons.get({ accountId: '1' }).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ httpStatus: 401, signatureMismatch: { server } });
    expect(String(error)).toContain('differ at character');
  });

  it('says so when something else than the platform answers', async () => {
    const { client } = await platform([{ status: 404, body: '<html>nginx</html>' }]);

    const error = await client.persons.get({ accountId: '1' }).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(SignetConnectionError);
    expect(error).toMatchObject({ httpStatus: 404 });
  });
});

describe('trying again', () => {
  it.each([
    ['a lost connection', { hangUp: true }],
    ['a 500', { status: 500, body: failureEnvelope({ code: '500', msg: '服务繁忙,请重试.' }, stamp) }],
    ['a 502 of a proxy', { status: 502, body: 'Bad Gateway' }],
    ['a 429', { status: 429, headers: { 'Retry-After': '0' }, body: failureEnvelope({ code: '429', msg: '' }, stamp) }],
  ])('repeats a GET after %s, signed anew', async (_, failure: Answer) => {
    const { client, received } = await platform([failure, { body: successEnvelope({ accountId: '1' }, stamp) }]);

    await client.persons.get({ accountId: '1' });

    expect(received).toHaveLength(2);
    expect(received[0]?.headers['x-ca-nonce']).not.toBe(received[1]?.headers['x-ca-nonce']);
    expect(signatureHolds(received[1]!)).toBe(true);
  });

  it('never repeats a POST without an idempotency key', async () => {
    const { client, received } = await platform([{ status: 502, body: '' }, { body: created }]);

    await expect(client.persons.create(person)).rejects.toBeInstanceOf(SignetConnectionError);
    expect(received).toHaveLength(1);
  });

  it('repeats a POST under its idempotency key', async () => {
    const { client, received } = await platform([{ hangUp: true }, { body: created }]);

    await client.persons.create(person, { idempotencyKey: 'order-1' });

    expect(received.map(({ headers }) => headers['idempotency-key'])).toEqual(['order-1', 'order-1']);
  });

  it('waits as long as Retry-After asks', async () => {
    const refusal = {
      status: 429,
      headers: { 'Retry-After': '1' },
      body: failureEnvelope({ code: '429', msg: '' }, stamp),
    };
    const { client } = await platform([refusal, { body: successEnvelope({ accountId: '1' }, stamp) }]);
    const start = performance.now();

    await client.persons.get({ accountId: '1' });

    expect(performance.now() - start).toBeGreaterThan(950);
  });

  it('hands the refusal over when the pause asked for is too long', async () => {
    const refusal = {
      status: 429,
      headers: { 'Retry-After': '3600' },
      body: failureEnvelope({ code: '429', msg: '' }, stamp),
    };
    const { client, received } = await platform([refusal]);

    await expect(client.persons.get({ accountId: '1' })).rejects.toMatchObject({ code: '429' });
    expect(received).toHaveLength(1);
  });

  it('gives up after the retries it was given', async () => {
    const { client, received } = await platform([{ hangUp: true }], { retries: 1 });

    await expect(client.persons.get({ accountId: '1' })).rejects.toBeInstanceOf(SignetConnectionError);
    expect(received).toHaveLength(2);
  });

  it('never repeats a business refusal', async () => {
    const { client, received } = await platform([{ body: failureEnvelope({ code: 'oc_10502', msg: '' }, stamp) }]);

    await expect(client.persons.get({ accountId: '1' })).rejects.toMatchObject({ code: 'oc_10502' });
    expect(received).toHaveLength(1);
  });
});

describe('time limits', () => {
  it('gives up on an answer that does not come', async () => {
    const { client } = await platform([{ never: true }], { timeoutMs: 100, retries: 0 });

    await expect(client.persons.get({ accountId: '1' })).rejects.toThrow('no answer within 100 ms');
  });

  it('stops at once when the caller aborts', async () => {
    const { client, received } = await platform([{ never: true }]);

    await expect(client.persons.get({ accountId: '1' }, { signal: AbortSignal.timeout(100) })).rejects.toThrow();
    expect(received).toHaveLength(1);
  });
});
