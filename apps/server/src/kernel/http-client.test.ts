import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient, type HttpClientOptions } from './http-client.ts';
import { createNetworkPolicy } from './network-policy.ts';

let server: Server;
let port: number;
let requests: { method: string; path: string; body: string; headers: IncomingMessage['headers'] }[];
let answer: (response: ServerResponse) => void;
let clients: HttpClient[];

beforeEach(async () => {
  requests = [];
  clients = [];
  answer = (response) => response.end('hello');
  server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    requests.push({ method: request.method ?? '', path: request.url ?? '', body, headers: request.headers });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function client(options: Partial<HttpClientOptions> = {}): HttpClient {
  const made = createHttpClient({ allow: [], ...options });
  clients.push(made);
  return made;
}

const local = () => client({ allow: ['127.0.0.0/8', '::1'] });

describe('outgoing requests', () => {
  it.each([
    ...[
      '127.0.0.1',
      '127.1',
      '127.0.1',
      '127.255.255.254',
      '2130706433',
      '0x7f000001',
      '0x7f.1',
      '0177.0.0.1',
      '017700000001',
    ],
    ...['0', '0.0.0.0', 'localhost', 'LOCALHOST', '１２７.0.0.1', '127。0。0。1', '%31%32%37.0.0.1'],
    ...[
      '[::1]',
      '[0:0:0:0:0:0:0:1]',
      '[::]',
      '[::127.0.0.1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[64:ff9b::7f00:1]',
    ],
  ])('never reach this machine as %s', async (host) => {
    const sending = client().send({ url: `http://${host}:${port}/` });

    await expect(sending).rejects.toMatchObject({ reason: 'address-refused' });
    expect(requests).toEqual([]);
  });

  it('never reach a private address that a public name resolves to', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];

    const sending = client({ resolve }).send({ url: `http://innocent.example:${port}/` });

    await expect(sending).rejects.toMatchObject({ reason: 'address-refused' });
    expect(requests).toEqual([]);
  });

  it('never reach the private one among several addresses', async () => {
    const resolve = async () => [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ];

    await expect(client({ resolve }).send({ url: `http://a.example:${port}/` })).rejects.toMatchObject({
      reason: 'address-refused',
    });
    expect(requests).toEqual([]);
  });

  it('never reach the private address that a name turns to after its first answer', async () => {
    const answers = ['127.0.0.1', '10.0.0.1'];
    const resolve = async () => [{ address: answers.shift() ?? '', family: 4 }];
    const rebinding = client({ allow: ['127.0.0.0/8'], resolve });
    answer = (response) => response.writeHead(200, { connection: 'close' }).end();

    expect((await rebinding.send({ url: `http://rebind.example:${port}/` })).status).toBe(200);
    await expect(rebinding.send({ url: `http://rebind.example:${port}/` })).rejects.toMatchObject({
      reason: 'address-refused',
    });
  });

  it('reach an allowed network, in each spelling of its addresses', async () => {
    const statuses = await Promise.all(
      ['127.0.0.1', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]'].map((host) =>
        local().send({ url: `http://${host}:${port}/` }),
      ),
    );

    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('reach an allowed host by name only', async () => {
    const allowed = client({ allow: ['localhost'] });

    expect((await allowed.send({ url: `http://LOCALHOST:${port}/` })).status).toBe(200);
    await expect(allowed.send({ url: `http://127.0.0.1:${port}/` })).rejects.toMatchObject({
      reason: 'address-refused',
    });
  });

  it('carry method, headers and body, and bring back the answer', async () => {
    answer = (response) => response.writeHead(418, { 'X-Tea': 'green' }).end('short and stout');

    const response = await local().send({
      url: `http://127.0.0.1:${port}/a?b=c`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    });

    expect(requests).toMatchObject([{ method: 'POST', path: '/a?b=c', body: '{"a":1}' }]);
    expect(response).toMatchObject({ status: 418, headers: { 'x-tea': 'green' } });
    expect(Buffer.from(response.body).toString()).toBe('short and stout');
  });

  it('do not follow a redirect', async () => {
    answer = (response) => response.writeHead(302, { location: '/elsewhere' }).end();

    expect((await local().send({ url: `http://127.0.0.1:${port}/` })).status).toBe(302);
    expect(requests).toHaveLength(1);
  });

  it('end at the deadline when the answer does not begin', async () => {
    answer = () => undefined;

    await expect(local().send({ url: `http://127.0.0.1:${port}/`, deadlineMs: 200 })).rejects.toMatchObject({
      reason: 'timed-out',
    });
  });

  it('end at the deadline when the answer does not end', async () => {
    answer = (response) => {
      const drip = setInterval(() => response.write('.'), 20);
      response.once('close', () => clearInterval(drip));
    };

    await expect(local().send({ url: `http://127.0.0.1:${port}/`, deadlineMs: 300 })).rejects.toMatchObject({
      reason: 'timed-out',
    });
  });

  it('stop reading an answer that is too large', async () => {
    answer = (response) => response.end(Buffer.alloc(5_000_000));

    const sending = local().send({ url: `http://127.0.0.1:${port}/`, maxResponseBytes: 100_000 });

    await expect(sending).rejects.toMatchObject({ reason: 'response-too-large' });
  });

  it('keep the beginning of an answer that is too large, when that is enough', async () => {
    answer = (response) => response.end(`begin${'.'.repeat(5_000_000)}`);

    const { status, body } = await local().send({
      url: `http://127.0.0.1:${port}/`,
      maxResponseBytes: 5,
      truncate: true,
    });

    expect(status).toBe(200);
    expect(Buffer.from(body).toString()).toBe('begin');
  });

  it('say that nobody listens', async () => {
    await expect(local().send({ url: 'http://127.0.0.1:1/' })).rejects.toMatchObject({
      reason: 'unreachable',
      code: 'ECONNREFUSED',
    });
  });

  it('say that a name does not exist', async () => {
    const sending = client().send({ url: 'http://no-such-host.invalid/' });

    await expect(sending).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it.each([
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://x/',
    'not a url',
    'http://user:pw@example.com/',
    'http://',
  ])('refuse %s', async (url) => {
    await expect(client().send({ url })).rejects.toMatchObject({ reason: 'bad-url' });
  });
});

describe('the network policy', () => {
  const policy = createNetworkPolicy([]);

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '100.63.255.255',
    '172.32.0.1',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
  ])('permits the public address %s', (address) => {
    expect(policy.permits('x.example', address)).toBe(true);
  });

  it.each([
    ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '100.127.255.255'],
    ...[
      '0.1.2.3',
      '192.0.0.1',
      '192.0.2.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      '::10.0.0.1',
      '::ffff:10.0.0.1',
      '::ffff:0:10.0.0.1',
      '64:ff9b::10.0.0.1',
      '64:ff9b:1::1',
      '100::1',
    ],
    ...[
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
      'fc00::1',
      'fd12::1',
      'ff02::1',
      '2001::1',
      '2001:db8::1',
      '2002:7f00:1::',
      '3fff::1',
    ],
    ...['4000::1', 'not an address', ''],
  ])('refuses %s', (address) => {
    expect(policy.permits('x.example', address)).toBe(false);
  });

  it('permits what the operator listed, and only that', () => {
    const opened = createNetworkPolicy(['10.1.0.0/16', '192.168.1.5', 'fd00::/8', 'intranet.example']);

    expect(opened.permits('a.example', '10.1.2.3')).toBe(true);
    expect(opened.permits('a.example', '::ffff:10.1.2.3')).toBe(true);
    expect(opened.permits('a.example', '10.2.0.1')).toBe(false);
    expect(opened.permits('a.example', '192.168.1.5')).toBe(true);
    expect(opened.permits('a.example', '192.168.1.6')).toBe(false);
    expect(opened.permits('a.example', 'fd12::1')).toBe(true);
    expect(opened.permits('Intranet.Example.', '10.9.9.9')).toBe(true);
    expect(opened.permits('sub.intranet.example', '10.9.9.9')).toBe(false);
  });
});
