/**
 * Secrets and personal data at rest: AES-256-GCM (NIST SP 800-38D) under keys derived from the master key by HKDF-SHA-256
 * (RFC 5869), one derived key per purpose.
 *
 * A box is `version | key id | nonce (12) | ciphertext | tag (16)`. Version 1; key id 0 is the key derived from the master key,
 * 1 to 255 are data keys, which the master-derived key wraps and an operator can rotate (`data-keys.ts`).
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

/** The keys that boxes are made with; new boxes get the current one. */
export interface Keyring {
  readonly current: number;
  readonly keys: ReadonlyMap<number, Uint8Array>;
}

export interface MasterSecretBox extends SecretBox {
  /** Data keys as stored, in boxes of the master-derived key itself. */
  wrap(key: Uint8Array, context: string): Uint8Array;
  /** A key for another purpose, e.g. files; as lasting as the master key. */
  deriveKey(purpose: string): Uint8Array;
  /** From now on new boxes are made with the ring's current key; those of key 0 stay readable. */
  useKeyring(ring: Keyring): void;
}

export function createSecretBox(masterKey: Uint8Array): MasterSecretBox {
  if (masterKey.length !== MASTER_KEY_BYTES) throw new SecretBoxError(`a master key has ${MASTER_KEY_BYTES} bytes`);

  const sealingKey = deriveKey(masterKey, 'signet/secret-box/seal/v1');
  const lookupKey = deriveKey(masterKey, 'signet/secret-box/lookup/v1');
  const masterDerived = [MASTER_DERIVED_KEY, sealingKey] as const;
  let ring: Keyring = { current: MASTER_DERIVED_KEY, keys: new Map([masterDerived]) };

  const open = (box: Uint8Array, context: string): Uint8Array => openBox(ring.keys, box, context);

  return {
    deriveKey: (purpose) => deriveKey(masterKey, purpose),
    wrap: (key, context) => sealBox(masterDerived, key, context),
    useKeyring: ({ current, keys }) => {
      ring = { current, keys: new Map([...keys, masterDerived]) };
    },
    seal: (plaintext, context) => sealBox([ring.current, keyOf(ring.keys, ring.current)], plaintext, context),
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

/** Which key a box was made with. */
export function keyIdOf(box: Uint8Array): number | undefined {
  return box[0] === VERSION ? box[1] : undefined;
}

function keyOf(keys: Keyring['keys'], id: number | undefined): Uint8Array {
  const key = id === undefined ? undefined : keys.get(id);
  if (!key) throw new SecretBoxError('unknown box version or key id');
  return key;
}

function sealBox(
  [keyId, key]: readonly [number, Uint8Array],
  plaintext: string | Uint8Array,
  context: string,
): Uint8Array {
  const header = Buffer.from([VERSION, keyId]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);

  cipher.setAAD(associatedData(header, context));
  const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);

  return Buffer.concat([header, nonce, body, cipher.getAuthTag()]);
}

function openBox(keys: Keyring['keys'], box: Uint8Array, context: string): Uint8Array {
  const bytes = Buffer.from(box);
  const bodyStart = HEADER_BYTES + NONCE_BYTES;
  if (bytes.length < bodyStart + TAG_BYTES) throw new SecretBoxError('the box is too short');
  const key = keyOf(keys, keyIdOf(bytes));
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
