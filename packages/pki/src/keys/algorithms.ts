/** Algorithm identifiers this project accepts: the SHA-256 family with RSA PKCS#1 v1.5 or ECDSA. RFC 5754, RFC 5758. */
import { type Der, Fields, readOid } from '../asn1/reader.ts';
import { TAG } from '../asn1/tags.ts';
import { NULL, oid, sequence } from '../asn1/writer.ts';

export type SignatureScheme = 'ecdsa-sha256' | 'rsa-sha256';
export type HashName = 'sha256' | 'sha384' | 'sha512';
export type KeyType = 'rsa' | 'ec';

export interface SignatureAlgorithm {
  readonly keyType: KeyType;
  /** Absent where the digest algorithm beside the signature decides (plain rsaEncryption in CMS). */
  readonly hash?: HashName;
}

const SHA256 = '2.16.840.1.101.3.4.2.1';
const RSA_SHA256 = '1.2.840.113549.1.1.11';
const ECDSA_SHA256 = '1.2.840.10045.4.3.2';

const HASHES: ReadonlyMap<string, HashName> = new Map([
  [SHA256, 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

const SIGNATURES: ReadonlyMap<string, SignatureAlgorithm> = new Map<string, SignatureAlgorithm>([
  ['1.2.840.113549.1.1.1', { keyType: 'rsa' }],
  [RSA_SHA256, { keyType: 'rsa', hash: 'sha256' }],
  ['1.2.840.113549.1.1.12', { keyType: 'rsa', hash: 'sha384' }],
  ['1.2.840.113549.1.1.13', { keyType: 'rsa', hash: 'sha512' }],
  [ECDSA_SHA256, { keyType: 'ec', hash: 'sha256' }],
  ['1.2.840.10045.4.3.3', { keyType: 'ec', hash: 'sha384' }],
  ['1.2.840.10045.4.3.4', { keyType: 'ec', hash: 'sha512' }],
]);

export const HASH_BYTES: Readonly<Record<HashName, number>> = { sha256: 32, sha384: 48, sha512: 64 };

/** RFC 5754 §2: parameters of SHA-2 are absent when written, and either absent or NULL when read. */
export const SHA256_IDENTIFIER: Uint8Array = sequence(oid(SHA256));

/** RFC 5754 §3.2 wants NULL parameters with RSA, §3.3 none with ECDSA. */
export const SIGNATURE_IDENTIFIERS: Readonly<Record<SignatureScheme, Uint8Array>> = {
  'rsa-sha256': sequence(oid(RSA_SHA256), NULL),
  'ecdsa-sha256': sequence(oid(ECDSA_SHA256)),
};

/** The hash an AlgorithmIdentifier names, or undefined when this project does not accept it. */
export function readHash(der: Der): HashName | undefined {
  const { algorithm } = readIdentifier(der);
  return HASHES.get(algorithm ?? '');
}

/** The signature algorithm an AlgorithmIdentifier names, or undefined when this project does not accept it. */
export function readSignatureAlgorithm(der: Der): SignatureAlgorithm | undefined {
  const { algorithm, hasNull } = readIdentifier(der);
  const found = SIGNATURES.get(algorithm ?? '');
  return found?.keyType === 'ec' && hasNull ? undefined : found;
}

/** Reads an AlgorithmIdentifier; with parameters other than NULL (RSA-PSS, curves) it names nothing we accept. */
export function readIdentifier(der: Der): { algorithm: string | undefined; hasNull: boolean } {
  const fields = new Fields(der, 'AlgorithmIdentifier');
  const algorithm = readOid(fields.next(TAG.oid));
  if (fields.isAtEnd()) {
    return { algorithm, hasNull: false };
  }
  const parameters = fields.any();
  fields.end();
  const isNull = parameters.tag === TAG.null && parameters.content.length === 0;
  return { algorithm: isNull ? algorithm : undefined, hasNull: isNull };
}
