import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createPasswords } from './password.ts';
import { OperatorError } from './refusal.ts';

const CHEAP = { logN: 10, r: 8, p: 1 };

/** openssl's own scrypt, as hex. */
function judge(password: string, salt: Buffer, { n, r, p }: { n: number; r: number; p: number }): string {
  const options = [`hexpass:${Buffer.from(password).toString('hex')}`, `hexsalt:${salt.toString('hex')}`];
  const cost = [`n:${n}`, `r:${r}`, `p:${p}`, 'maxmem_bytes:300000000'];
  const flags = [...options, ...cost].flatMap((option) => ['-kdfopt', option]);
  const output = execFileSync('openssl', ['kdf', '-keylen', '32', ...flags, 'SCRYPT'], { encoding: 'utf8' });
  return output.trim().replaceAll(':', '').toLowerCase();
}

describe('a stored password', () => {
  it('is scrypt with N=2^17, r=8, p=1, as openssl sees it', async () => {
    const stored = await createPasswords().hash('床前明月光疑是地上霜');
    const [name, logN, r, p, salt = '', hash = ''] = stored.split('$');

    expect([name, logN, r, p]).toEqual(['scrypt', '17', '8', '1']);
    const expected = judge('床前明月光疑是地上霜', Buffer.from(salt, 'base64url'), { n: 2 ** 17, r: 8, p: 1 });
    expect(Buffer.from(hash, 'base64url').toString('hex')).toBe(expected);
  });

  it('has a salt of its own', async () => {
    const passwords = createPasswords(CHEAP);

    expect(await passwords.hash('the same words')).not.toBe(await passwords.hash('the same words'));
  });

  it('fits only itself, however its accents are spelled', async () => {
    const passwords = createPasswords(CHEAP);
    const stored = await passwords.hash('caf\u00e9 at midnight');

    expect(await passwords.verify('cafe\u0301 at midnight', stored)).toBe(true);
    expect(await passwords.verify('cafe at midnight', stored)).toBe(false);
    expect(await passwords.verify('', stored)).toBe(false);
  });

  it('still fits when newer ones are made at another cost', async () => {
    const stored = await createPasswords(CHEAP).hash('made long ago');

    expect(await createPasswords({ ...CHEAP, logN: 11 }).verify('made long ago', stored)).toBe(true);
  });
});

describe('a name without an account', () => {
  it('fits no password, after the same work', async () => {
    const passwords = createPasswords({ ...CHEAP, logN: 15 });
    const stored = await passwords.hash('a known password');
    const timed = async (row: string | undefined) => {
      const start = performance.now();
      const fits = await passwords.verify('any password', row);
      return { fits, ms: performance.now() - start };
    };
    await timed(undefined);

    const [known, unknown] = [await timed(stored), await timed(undefined)];
    expect([known.fits, unknown.fits]).toEqual([false, false]);
    expect(unknown.ms).toBeGreaterThan(known.ms / 4);
  });
});

it('whoever comes when too many wait is told so at once', async () => {
  const passwords = createPasswords(CHEAP);
  const hashes = Array.from({ length: 70 }, () => passwords.hash('x').catch((error: unknown) => error));

  const settled = await Promise.all(hashes);
  const refused = settled.filter((each) => each instanceof OperatorError);
  expect(refused.map(({ refusal }) => refusal)).toEqual(Array(10).fill('TOO_MANY_REQUESTS'));
});
