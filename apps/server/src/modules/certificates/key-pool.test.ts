import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeyPool } from './key-pool.ts';

describe('a pool of RSA keys', () => {
  it('gives each key once, also when more are wanted than lie ready', async () => {
    const pool = createKeyPool('rsa-2048', 2);
    await pool.warmUp();

    const pairs = await Promise.all(Array.from({ length: 4 }, () => pool.take()));
    pool.close();

    const keys = pairs.map(({ publicKey }) => Buffer.from(publicKey).toString('hex'));
    expect(new Set(keys).size).toBe(4);
  });

  it('gives keys of the wanted length whose halves belong together', async () => {
    const pool = createKeyPool('rsa-3072', 0);

    const { privateKey, publicKey } = await pool.take();

    const own = createPublicKey(createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' }));
    expect(own.asymmetricKeyDetails?.modulusLength).toBe(3072);
    expect(own.export({ format: 'der', type: 'spki' })).toEqual(Buffer.from(publicKey));
  });

  it('has keys ready before they are asked for', async () => {
    const pool = createKeyPool('rsa-2048', 1);
    await pool.warmUp();

    const isReady = await Promise.race([pool.take().then(() => true), nextTick().then(() => false)]);
    pool.close();

    expect(isReady).toBe(true);
  });
});

async function nextTick(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
