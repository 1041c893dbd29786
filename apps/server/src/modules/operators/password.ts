/** Passwords at rest: scrypt (RFC 7914) with parameters and salt in one line, `scrypt$17$8$1$salt$hash`. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { KeyedQueue } from '../../kernel/keyed-queue.ts';
import { OperatorError } from './refusal.ts';

export interface PasswordCost {
  /** The cost N is 2 to this power. */
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

/** 128 MB and about 0.3 s (OWASP's recommendation for scrypt). */
const COST: PasswordCost = { logN: 17, r: 8, p: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Some twenty seconds of work; whoever comes later is told to wait. */
const MOST_WAITING = 60;

export type Passwords = ReturnType<typeof createPasswords>;

/** One hash at a time: each takes 128 MB, and logins must not starve the server of its threads. */
export function createPasswords(cost: PasswordCost = COST) {
  // What a name without an account is checked against, so that it takes as long as one with an account.
  const ofNobody = format(cost, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES));
  const line = new KeyedQueue();
  let waiting = 0;

  async function inLine<T>(work: () => Promise<T>): Promise<T> {
    if (waiting >= MOST_WAITING) throw new OperatorError('TOO_MANY_REQUESTS');
    waiting++;
    try {
      return await line.run('scrypt', work);
    } finally {
      waiting--;
    }
  }

  return {
    hash: (password: string): Promise<string> =>
      inLine(async () => {
        const salt = randomBytes(SALT_BYTES);
        return format(cost, salt, await derive(password, salt, cost));
      }),

    /** @param stored undefined for a name without an account; false then, after the same work. */
    verify: (password: string, stored: string | undefined): Promise<boolean> =>
      inLine(async () => {
        const { salt, hash, ...made } = parse(stored ?? ofNobody);
        const isEqual = timingSafeEqual(await derive(password, salt, made), hash);
        return isEqual && stored !== undefined;
      }),
  };
}

function derive(password: string, salt: Uint8Array, { logN, r, p }: PasswordCost): Promise<Buffer> {
  const N = 2 ** logN;
  // What scrypt itself needs is 128·N·r; twice that is the limit, so that a damaged row cannot ask for more than it should.
  const options = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, HASH_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function format({ logN, r, p }: PasswordCost, salt: Uint8Array, hash: Uint8Array): string {
  const texts = [salt, hash].map((bytes) => Buffer.from(bytes).toString('base64url'));
  return ['scrypt', logN, r, p, ...texts].join('$');
}

function parse(stored: string) {
  const [, logN, r, p, salt = '', hash = ''] = stored.split('$');
  return {
    ...{ logN: Number(logN), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url'),
  };
}
