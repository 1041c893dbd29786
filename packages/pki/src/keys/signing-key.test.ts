import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkbench, type Workbench } from '../../testing/openssl.ts';
import { toPem } from '../x509/pem.ts';
import { generateKeyPair, type KeyAlgorithm } from './key-pair.ts';
import { softwareSigningKey } from './signing-key.ts';

const ALGORITHMS: readonly KeyAlgorithm[] = ['p256', 'rsa-2048', 'rsa-3072'];

let workbench: Workbench;
beforeAll(() => {
  workbench = openWorkbench();
});
afterAll(() => workbench.remove());

describe('a software signing key', () => {
  it.each(ALGORITHMS)('of %s signs what openssl verifies', async (algorithm) => {
    const pair = await generateKeyPair(algorithm);
    const key = softwareSigningKey(pair.privateKey);
    const data = Buffer.from('合同');

    workbench.write({ data, sig: await key.sign(data), 'public.pem': toPem(key.publicKey, 'PUBLIC KEY') });

    const verdict = workbench.openssl('dgst', '-sha256', '-verify', 'public.pem', '-signature', 'sig', 'data');
    expect(verdict.output).toContain('Verified OK');
    expect(Buffer.from(key.publicKey)).toEqual(Buffer.from(pair.publicKey));
    expect(key.scheme).toBe(algorithm === 'p256' ? 'ecdsa-sha256' : 'rsa-sha256');
  });

  it('refuses RSA below 2048 bits and other curves', () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const curve = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const edwards = generateKeyPairSync('ed25519');

    for (const { privateKey } of [short, curve, edwards]) {
      const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });
      expect(() => softwareSigningKey(pkcs8)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }));
    }
  });

  it('refuses bytes that are no key', () => {
    expect(() => softwareSigningKey(Buffer.from('no key'))).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });
});
