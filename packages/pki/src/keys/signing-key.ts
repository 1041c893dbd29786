import { createPrivateKey, createPublicKey, type KeyObject, sign as signWith } from 'node:crypto';
import { PkiError } from '../error.ts';
import type { SignatureScheme } from './algorithms.ts';
import { weaknessOf } from './public-key.ts';

/** What computes a signature: a local key, PKCS#11 or a remote service. */
export interface SigningKey {
  readonly scheme: SignatureScheme;
  /** SubjectPublicKeyInfo DER. */
  readonly publicKey: Uint8Array;
  /** Signs SHA-256(data): ECDSA as a DER SEQUENCE of r and s, RSA as PKCS#1 v1.5. */
  sign(data: Uint8Array): Promise<Uint8Array>;
}

/** A key held in memory; the PKCS#8 bytes are parsed once, so keep it for as long as it signs. */
export function softwareSigningKey(pkcs8: Uint8Array): SigningKey {
  const key = privateKeyOf(pkcs8);
  const publicKeyObject = createPublicKey(key);
  const weakness = weaknessOf(publicKeyObject);
  if (weakness) {
    throw new PkiError('UNSUPPORTED', weakness);
  }
  const publicKey = Uint8Array.from(publicKeyObject.export({ type: 'spki', format: 'der' }));
  const isRsa = key.asymmetricKeyType === 'rsa';

  return {
    scheme: isRsa ? 'rsa-sha256' : 'ecdsa-sha256',
    publicKey,
    // P-256 takes 30 µs, less than the way to the thread pool and back; RSA takes ten times that and more.
    sign: isRsa
      ? (data) => signInThreadPool(key, data)
      : async (data) => Uint8Array.from(signWith('sha256', data, key)),
  };
}

function privateKeyOf(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new PkiError('MALFORMED', 'not a PKCS#8 private key', { cause });
  }
}

function signInThreadPool(key: KeyObject, data: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    signWith('sha256', data, key, (error, signature) => (error ? reject(error) : resolve(Uint8Array.from(signature))));
  });
}
