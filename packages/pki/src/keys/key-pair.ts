import { generateKeyPair as generate } from 'node:crypto';
import { promisify } from 'node:util';

export type KeyAlgorithm = 'p256' | 'rsa-2048' | 'rsa-3072';

export interface KeyPair {
  /** PKCS#8 DER. */
  readonly privateKey: Uint8Array;
  /** SubjectPublicKeyInfo DER. */
  readonly publicKey: Uint8Array;
}

const generateAsync = promisify(generate);

/** Makes a key pair in the thread pool: RSA-2048 takes some 150 ms, P-256 a fraction of one. */
export async function generateKeyPair(algorithm: KeyAlgorithm): Promise<KeyPair> {
  const pair =
    algorithm === 'p256'
      ? await generateAsync('ec', { namedCurve: 'P-256' })
      : await generateAsync('rsa', { modulusLength: algorithm === 'rsa-2048' ? 2048 : 3072 });
  return {
    privateKey: Uint8Array.from(pair.privateKey.export({ type: 'pkcs8', format: 'der' })),
    publicKey: Uint8Array.from(pair.publicKey.export({ type: 'spki', format: 'der' })),
  };
}
