import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSignetClient, type SignetClient } from '@signet/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';

const LEASE = readFileSync(join(import.meta.dirname, '..', '..', 'examples', 'lease-contract.zh.pdf'));

let platform: TestPlatform;
let client: SignetClient;

beforeAll(async () => {
  platform = await startTestPlatform();
  client = createSignetClient({ baseUrl: platform.url, ...platform.app });
});
afterAll(() => platform.close());

/** A network that turns one byte of what passes. */
const meddling: typeof fetch = (input, init) => {
  const body = Uint8Array.from(init?.body as Uint8Array);
  const middle = Math.floor(body.length / 2);
  body[middle] = (body[middle] ?? 0) ^ 1;
  return fetch(input, { ...init, body });
};

describe('an upload', () => {
  it('is the same file as multipart and as base64', async () => {
    const multipart = await client.files.upload({ file: LEASE, fileName: '租赁合同.pdf' });
    const base64 = await client.files.upload({ fileBase64: LEASE.toString('base64'), fileName: '租赁合同.pdf' });

    expect(multipart).toMatchObject({ fileName: '租赁合同.pdf', fileSize: LEASE.length, pageCount: 12 });
    expect(base64).toEqual({ ...multipart, fileCode: base64.fileCode });
  });

  it('is refused when its content was changed on the way', async () => {
    const victim = createSignetClient({ baseUrl: platform.url, ...platform.app, fetch: meddling });

    await expect(victim.files.upload({ file: LEASE, fileName: '租赁合同.pdf' })).rejects.toMatchObject({
      httpStatus: 401,
      msg: expect.stringContaining('Content-MD5'),
    });
  });

  it('is judged by its content, not by its name', async () => {
    const file = new TextEncoder().encode('only text');

    await expect(client.files.upload({ file, fileName: '合同.pdf' })).rejects.toMatchObject({ code: 'oc_30005' });
  });
});
