import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { PkiError } from '../error.ts';
import type { HashName, KeyType } from './algorithms.ts';

const CURVES: readonly string[] = ['prime256v1', 'secp384r1', 'secp521r1'];
const SHORTEST_RSA = 2048;
// A longer modulus or exponent only serves to keep a verifier busy.
const LONGEST_RSA = 8192;
const LARGEST_EXPONENT = 2n ** 32n;

export interface PublicKey {
  readonly type: KeyType | 'other';
  /** Why no signature of this key is accepted. */
  readonly weakness?: string;
  readonly object: KeyObject;
}

export function readPublicKey(spki: Uint8Array): PublicKey {
  const object = publicKeyObject(spki);
  const weakness = weaknessOf(object);
  const type = object.asymmetricKeyType;
  return {
    type: type === 'rsa' || type === 'ec' ? type : 'other',
    object,
    ...(weakness === undefined ? {} : { weakness }),
  };
}

/** Why a key is refused, or undefined for RSA from 2048 bits and the NIST curves from P-256. */
export function weaknessOf(key: KeyObject): string | undefined {
  const { modulusLength = 0, publicExponent = 0n, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') {
    const isFit = modulusLength >= SHORTEST_RSA && modulusLength <= LONGEST_RSA && publicExponent <= LARGEST_EXPONENT;
    return isFit ? undefined : `RSA key of ${modulusLength} bits`;
  }
  if (key.asymmetricKeyType === 'ec') {
    return CURVES.includes(namedCurve) ? undefined : `curve ${namedCurve}`;
  }
  return `key type ${key.asymmetricKeyType}`;
}

/** Whether the signature is right; false also for signature bytes that do not decode. */
export function isSignedBy(key: PublicKey, hash: HashName, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(hash, data, key.object, signature);
  } catch {
    return false;
  }
}

function publicKeyObject(spki: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch (cause) {
    throw new PkiError('MALFORMED', 'not a public key', { cause });
  }
}
