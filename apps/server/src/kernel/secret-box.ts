/**
 * Secrets and personal data at rest: AES-256-GCM (NIST SP 800-38D) under keys derived from the master key by HKDF-SHA-256
 * (RFC 5869), one derived key per purpose.
 *
 * A box is `version | key id | nonce (12) | ciphertext | tag (16)`. Version 1, key id 0 is the key derived from the master key;
 * rotatable data keys take further key ids, so old boxes stay readable.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 1;
const MASTER_DERIVED_KEY = 0;
const HEADER_BYTES = 2;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export const MASTER_KEY_BYTES = 32;

/** The box was made with another key or for another context, or its bytes were changed: the three cannot be told apart. */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
}

export interface SecretBox {
  /** Encrypts; `context` (table, column, row) must be given again to open, so that a box moved elsewhere does not open. */
  seal(plaintext: string | Uint8Array, context: string): Uint8Array;
  open(box: Uint8Array, context: string): Uint8Array;
  openText(box: Uint8Array, context: string): string;
  /** A keyed digest for finding a row by a secret value; the caller normalizes the value first. */
  keyedHash(value: string | Uint8Array, context: string): Uint8Array;
}

export function createSecretBox(masterKey: Uint8Array): SecretBox {
  if (masterKey.length !== MASTER_KEY_BYTES) throw new SecretBoxError(`a master key has ${MASTER_KEY_BYTES} bytes`);

  const sealingKey = deriveKey(masterKey, 'signet/secret-box/seal/v1');
  const lookupKey = deriveKey(masterKey, 'signet/secret-box/lookup/v1');

  const open = (box: Uint8Array, context: string): Uint8Array => openBox(sealingKey, box, context);

  return {
    seal: (plaintext, context) => sealBox(sealingKey, plaintext, context),
    open,
    openText: (box, context) => Buffer.from(open(box, context)).toString('utf8'),
    keyedHash: (value, context) =>
      // The length goes first so that no (context, value) pair can be read as another one.
      createHmac('sha256', lookupKey)
        .update(`${Buffer.byteLength(context)}:${context}`)
        .update(value)
        .digest(),
  };
}

function sealBox(key: Uint8Array, plaintext: string | Uint8Array, context: string): Uint8Array {
  const header = Buffer.from([VERSION, MASTER_DERIVED_KEY]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);

  cipher.setAAD(associatedData(header, context));
  const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);

  return Buffer.concat([header, nonce, body, cipher.getAuthTag()]);
}

function openBox(key: Uint8Array, box: Uint8Array, context: string): Uint8Array {
  const bytes = Buffer.from(box);
  const bodyStart = HEADER_BYTES + NONCE_BYTES;
  if (bytes.length < bodyStart + TAG_BYTES) throw new SecretBoxError('the box is too short');
  if (bytes[0] !== VERSION || bytes[1] !== MASTER_DERIVED_KEY)
    throw new SecretBoxError('unknown box version or key id');

  const header = bytes.subarray(0, HEADER_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(HEADER_BYTES, bodyStart), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associatedData(header, context));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));

  try {
    return Buffer.concat([decipher.update(bytes.subarray(bodyStart, bytes.length - TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new SecretBoxError('the box does not open with this key and context', { cause });
  }
}

function associatedData(header: Uint8Array, context: string): Uint8Array {
  return Buffer.concat([header, Buffer.from(context, 'utf8')]);
}

function deriveKey(masterKey: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(0), purpose, 32));
}
