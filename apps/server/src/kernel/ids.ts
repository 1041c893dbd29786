/** Identifiers and secrets of the wire (open API §1.5); all randomness is the CSPRNG of node:crypto. */
import { randomBytes, randomInt } from 'node:crypto';
import { toShanghaiDigits } from './time.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

// Milliseconds since 2020 above 23 random bits: 19 digits from 2023 on, inside a signed 64-bit column until 2054.
const ID_EPOCH_MS = 1_577_836_800_000n;
const RANDOM_BITS = 23n;
const RANDOM_RANGE = 2 ** 23;

// A gap that leaves room for another process inside the same millisecond and keeps neighbours unguessable.
const MAX_STEP = 1024;

const LOG_KEY_BYTES = 4;
// Every request takes one; asking the CSPRNG for each cost 3 % of a request.
const LOG_KEYS_AHEAD = 1024;

let previousId = 0n;
let logKeyPool = Buffer.alloc(0);

/**
 * A 19-digit decimal string, later ones greater. Strictly increasing within the process whatever the clock does; between
 * processes the random bits keep ids apart (two servers that each make 15 a second meet about once a year), and the primary key
 * of every table catches that case. Reads the system clock: an id is no domain time.
 */
export function newId19(): string {
  const candidate = ((BigInt(Date.now()) - ID_EPOCH_MS) << RANDOM_BITS) | BigInt(randomInt(RANDOM_RANGE));

  previousId = candidate > previousId ? candidate : previousId + BigInt(randomInt(1, MAX_STEP));
  return previousId.toString();
}

/** 认证流水号: `OPFN` + HHmmss + 12 letters. */
export function newFlowNo(at: Date): string {
  return `OPFN${toShanghaiDigits(at).slice(8)}${randomLetters(12)}`;
}

/** 文件编号: `FC_` + yyyyMMddHHmmss + 15 letters. */
export function newFileCode(at: Date): string {
  return `FC_${toShanghaiDigits(at)}${randomLetters(15)}`;
}

/** 日志号: eight lower-case hex characters that an answer and its log lines share. */
export function newLogKey(): string {
  if (logKeyPool.length === 0) logKeyPool = randomBytes(LOG_KEY_BYTES * LOG_KEYS_AHEAD);
  const key = logKeyPool.toString('hex', 0, LOG_KEY_BYTES);
  logKeyPool = logKeyPool.subarray(LOG_KEY_BYTES);
  return key;
}

/** An unguessable token in base64url; 16 bytes are 128 bits. */
export function opaqueToken(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** A one-time code, every value from 000000 to 999999 equally likely. */
export function newSixDigitCode(): string {
  return randomInt(1_000_000).toString().padStart(6, '0');
}

/** A whole number from `smallest` to `largest`, every one equally likely. */
export function randomWhole(smallest: number, largest: number): number {
  return randomInt(smallest, largest + 1);
}

function randomLetters(length: number): string {
  return Array.from({ length }, () => LETTERS.charAt(randomInt(LETTERS.length))).join('');
}

/** A random AES-256 key. */
export function newKey(): Uint8Array {
  return randomBytes(32);
}
