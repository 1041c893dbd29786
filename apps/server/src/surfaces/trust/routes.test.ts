import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { createSecretBox } from '../../kernel/secret-box.ts';
import { createTestDatabase, TEST_MASTER_KEY, type TestDatabase } from '../../kernel/testing/test-database.ts';
import {
  type Certificates,
  createCertificates,
  type Holder,
  type PartyIdentity,
} from '../../modules/certificates/index.ts';
import { trustRoutes } from './routes.ts';

const PERSON: Holder = {
  appId: 'app-1',
  userId: '1000000000000000001',
  kind: 'person',
  name: '张三',
  idDocumentType: 'CRED_PSN_CH_IDCARD',
  idNumber: '110101199003078857',
};

let testDatabase: TestDatabase;
let certificates: Certificates;
let app: FastifyInstance;
let address: string;
let folder: string;
let good: PartyIdentity;
let revoked: PartyIdentity;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'signet-trust-'));
  app = Fastify();
  app.register(async (scope) => trustRoutes({ certificates })(scope, {}));
  certificates = createCertificates({
    db: testDatabase.database,
    secretBox: createSecretBox(TEST_MASTER_KEY),
    clock: systemClock,
    mode: 'sandbox',
    publicUrl: 'http://127.0.0.1:8080',
    partyKeyAlgorithm: 'p256',
  });
  await certificates.initialize();
  address = await app.listen({ host: '127.0.0.1', port: 0 });

  good = await certificates.identityOf(PERSON);
  revoked = await certificates.identityOf({ ...PERSON, userId: '1000000000000000002', name: '李四' });
  await certificates.revoke('app-1', revoked.serialNumber, 'keyCompromise');

  await Promise.all([
    save('root.pem', (await get('/trust/root.pem')).body),
    save('issuing-ca.pem', (await get('/trust/issuing-ca.pem')).body),
    save('tsa.pem', (await get('/trust/tsa.pem')).body),
    save('good.pem', new X509Certificate(good.certificate).toString()),
    save('revoked.pem', new X509Certificate(revoked.certificate).toString()),
    save('data', 'the signed bytes'),
  ]);
});

afterAll(async () => {
  await app.close();
  await testDatabase.drop();
  await rm(folder, { recursive: true, force: true });
});

async function save(name: string, content: string | Uint8Array): Promise<void> {
  await writeFile(join(folder, name), content);
}

/** What openssl says, on both channels; throws when it exits with an error. */
async function openssl(...parameters: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)('openssl', parameters, { cwd: folder });
  return stdout + stderr;
}

async function get(url: string) {
  return app.inject({ method: 'GET', url });
}

async function post(url: string, contentType: string | undefined, body: Uint8Array | string) {
  const headers = contentType === undefined ? {} : { 'content-type': contentType };
  return app.inject({ method: 'POST', url, headers, payload: Buffer.from(body) });
}

describe('the certificates', () => {
  it.each([
    ['/trust/root.pem', 'application/x-pem-file', 1],
    ['/trust/issuing-ca.pem', 'application/x-pem-file', 2],
    ['/trust/tsa.pem', 'application/x-pem-file', 2],
  ])('%s is a PEM file that caches may keep for a while', async (url, type, count) => {
    const answer = await get(url);

    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ 'content-type': type, 'cache-control': 'public, max-age=300' });
    expect(answer.body.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(count);
  });

  it.each(['/trust/root.cer', '/trust/issuing-ca.cer'])('%s is the DER that certificates point to', async (url) => {
    const answer = await get(url);

    expect(answer.headers['content-type']).toBe('application/pkix-cert');
    expect(new X509Certificate(answer.rawPayload).ca).toBe(true);
  });

  it.each([
    ['a party', 'good.pem', 'any'],
    ['the timestamp authority', 'tsa.pem', 'timestampsign'],
  ])('of %s is accepted by openssl', async (_, file, purpose) => {
    const verdict = await openssl(
      ...['verify', '-x509_strict', '-CAfile', 'root.pem', '-untrusted', 'issuing-ca.pem', '-purpose', purpose, file],
    );

    expect(verdict).toContain(`${file}: OK`);
  });

  it('point to where revocation is asked', async () => {
    const text = await openssl('x509', '-in', 'good.pem', '-noout', '-text');

    expect(text).toContain('URI:http://127.0.0.1:8080/trust/crl/issuing-ca.crl');
    expect(text).toContain('OCSP - URI:http://127.0.0.1:8080/trust/ocsp');
    expect(text).toContain('CA Issuers - URI:http://127.0.0.1:8080/trust/issuing-ca.cer');
  });
});

describe('the timestamp service', () => {
  it('answers a query of openssl with a token that openssl accepts', async () => {
    await openssl('ts', '-query', '-data', 'data', '-sha256', '-cert', '-out', 'query.tsq');

    const answer = await post('/trust/tsa', 'application/timestamp-query', await readFile(join(folder, 'query.tsq')));
    await save('reply.tsr', answer.rawPayload);

    expect(answer.headers).toMatchObject({
      'content-type': 'application/timestamp-reply',
      'cache-control': 'no-store',
    });
    const verdict = await openssl(
      ...['ts', '-verify', '-queryfile', 'query.tsq', '-in', 'reply.tsr', '-CAfile', 'root.pem'],
      ...['-untrusted', 'tsa.pem'],
    );
    expect(verdict).toContain('Verification: OK');
  });

  it('issues tokens that openssl accepts with nothing but the root, under our policy', async () => {
    const digest = Buffer.from((await openssl('dgst', '-sha256', '-r', 'data')).slice(0, 64), 'hex');
    await save('token.der', await certificates.timestamp(digest));

    const verdict = await openssl(
      ...['ts', '-verify', '-data', 'data', '-in', 'token.der', '-token_in', '-CAfile', 'root.pem'],
    );
    const text = await openssl('ts', '-reply', '-in', 'token.der', '-token_in', '-token_out', '-text');

    expect(verdict).toContain('Verification: OK');
    expect(text).toContain('Policy OID: 2.25.186214124848313908972330656018699662783');
    expect(text).toContain('0x01 seconds');
  });

  it.each([
    ['no DER', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
    ['a length of 4 GB', Buffer.from('3084ffffffff', 'hex')],
    ['deep nesting', Buffer.concat(Array.from({ length: 10_000 }, () => Buffer.from('3080', 'hex')))],
  ])('rejects %s with an answer of its own kind', async (_, body) => {
    const answer = await post('/trust/tsa', 'application/timestamp-query', body);
    await save('rejection.tsr', answer.rawPayload);

    expect(answer.statusCode).toBe(200);
    expect(await openssl('ts', '-reply', '-in', 'rejection.tsr', '-text')).toContain('Status: Rejected.');
  });

  it.each([
    ['more than 64 kB', 413, 'application/timestamp-query', Buffer.alloc(65 * 1024)],
    ['another media type', 415, 'application/json', '{"a":1}'],
    ['no media type', 415, undefined, 'hello'],
  ])('refuses %s in plain text', async (_, status, type, body) => {
    const answer = await post('/trust/tsa', type, body);

    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  });
});

describe('the revocation lists', () => {
  it('are accepted by openssl and name the revoked certificate', async () => {
    const answer = await get('/trust/crl/issuing-ca.crl');
    await save('issuing-ca.crl', answer.rawPayload);

    const verdict = await openssl(
      'crl',
      '-inform',
      'DER',
      '-in',
      'issuing-ca.crl',
      '-CAfile',
      'issuing-ca.pem',
      '-text',
    );

    expect(answer.headers['content-type']).toBe('application/pkix-crl');
    expect(verdict).toContain('verify OK');
    expect(verdict.toLowerCase()).toContain(`serial number: ${revoked.serialNumber}`);
    expect(verdict).toContain('Key Compromise');
  });

  it('let openssl tell a revoked certificate from a good one, along the whole chain', async () => {
    await save('root.crl', (await get('/trust/crl/root.crl')).rawPayload);
    await save('issuing-ca.crl', (await get('/trust/crl/issuing-ca.crl')).rawPayload);
    await openssl('crl', '-inform', 'DER', '-in', 'root.crl', '-out', 'root.crl.pem');
    await openssl('crl', '-inform', 'DER', '-in', 'issuing-ca.crl', '-out', 'issuing-ca.crl.pem');
    const check = [
      ...['verify', '-crl_check_all', '-CAfile', 'root.pem', '-untrusted', 'issuing-ca.pem'],
      ...['-CRLfile', 'root.crl.pem', '-CRLfile', 'issuing-ca.crl.pem'],
    ];

    expect(await openssl(...check, 'good.pem')).toContain('good.pem: OK');
    await expect(openssl(...check, 'revoked.pem')).rejects.toThrow('certificate revoked');
  });
});

describe('the OCSP responder', () => {
  it('tells openssl over HTTP which certificate is good, revoked or unknown', async () => {
    const report = await openssl(
      ...['ocsp', '-issuer', 'issuing-ca.pem', '-cert', 'good.pem', '-cert', 'revoked.pem', '-serial', '0x1234'],
      ...['-url', `${address}/trust/ocsp`, '-CAfile', 'root.pem', '-timeout', '10'],
    );

    expect(report).toContain('Response verify OK');
    expect(report).toContain('good.pem: good');
    expect(report).toContain('revoked.pem: revoked');
    expect(report).toContain('Reason: keyCompromise');
    expect(report).toContain('0x1234: unknown');
  });

  it.each([
    ['as it is', (base64: string) => base64],
    ['escaped', encodeURIComponent],
  ])('answers a GET with the request in the path, %s', async (_, write) => {
    await openssl(...['ocsp', '-issuer', 'issuing-ca.pem', '-cert', 'good.pem', '-no_nonce', '-reqout', 'request.der']);
    const base64 = (await readFile(join(folder, 'request.der'))).toString('base64');

    const answer = await get(`/trust/ocsp/${write(base64)}`);
    await save('answer.der', answer.rawPayload);

    expect(answer.headers).toMatchObject({
      'content-type': 'application/ocsp-response',
      'cache-control': 'public, max-age=300',
    });
    const report = await openssl(
      ...['ocsp', '-issuer', 'issuing-ca.pem', '-cert', 'good.pem', '-no_nonce', '-respin', 'answer.der'],
      ...['-CAfile', 'root.pem'],
    );
    expect(report).toContain('good.pem: good');
  });

  it.each([
    ['POST', Buffer.from('hello')],
    ['POST', Buffer.alloc(0)],
    ['GET', Buffer.from('hello')],
  ] as const)('answers malformedRequest to a %s of no request', async (method, body) => {
    const answer =
      method === 'POST'
        ? await post('/trust/ocsp', 'application/ocsp-request', body)
        : await get(`/trust/ocsp/${body.toString('base64')}`);

    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.toString('hex')).toBe('30030a0101');
  });

  it.each(['/trust/ocsp/%', '/trust/ocsp/%ff%fe'])('refuses the broken path %s cleanly', async (url) => {
    const answer = await get(url);

    expect(answer.statusCode).toBe(400);
  });
});
