import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { HashName, KeyType } from './algorithms.ts';

const CURVES: readonly string[] = ['prime256v1', 'secp384r1', 'secp521r1'];
const SHORTEST_RSA = 2048;
// A longer modulus or exponent only serves to keep a verifier busy.
const LONGEST_RSA = 8192;
const LARGEST_EXPONENT = 2n ** 32n;

export interface PublicKey {
  readonly type: KeyType | 'other';
  /** Why no signature of this key is accepted. */
  readonly weakness: string | undefined;
  /** Absent when OpenSSL cannot decode the key. */
  readonly object: KeyObject | undefined;
}

/**
 * OpenSSL takes twice as long to decode a key as to verify with it, and nearly every signature brings the same issuers:
 * the keys seen last are kept, by their bytes.
 */
const recentKeys = new Map<string, PublicKey>();
const MOST_RECENT_KEYS = 128;

/** A key of a kind unknown here is no error: the certificate around it may be one nobody needs. */
export function readPublicKey(spki: Uint8Array): PublicKey {
  const name = Buffer.from(spki).toString('latin1');
  const key = recentKeys.get(name) ?? classifyKey(spki);
  recentKeys.delete(name);
  recentKeys.set(name, key);
  if (recentKeys.size > MOST_RECENT_KEYS) {
    recentKeys.delete(recentKeys.keys().next().value ?? '');
  }
  return key;
}

function classifyKey(spki: Uint8Array): PublicKey {
  const object = decodeKey(spki);
  if (!object) {
    return { type: 'other', weakness: 'not a public key', object };
  }
  const type = object.asymmetricKeyType;
  return { type: type === 'rsa' || type === 'ec' ? type : 'other', weakness: weaknessOf(object), object };
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
    return key.object !== undefined && verify(hash, data, key.object, signature);
  } catch {
    return false;
  }
}

function decodeKey(spki: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}
