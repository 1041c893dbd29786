import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Authorities, createAuthorities, DIGEST, NOW } from '../../testing/authorities.ts';
import { flipBit } from '../../testing/forge.ts';
import { signBasic, signTimestamped } from '../../testing/signing.ts';
import { PkiError } from '../error.ts';
import { timestampSubject } from './sign-detached.ts';
import { verifyDetached } from './verify-detached.ts';

let authorities: Authorities;
let basic: Uint8Array;
let timestamped: Uint8Array;
beforeAll(async () => {
  authorities = await createAuthorities();
  basic = await signBasic(authorities);
  timestamped = await signTimestamped(authorities);
});

/** 'valid', 'invalid', or the code of the PkiError; anything else that is thrown fails the test. */
async function outcome(cms: Uint8Array, at?: Date): Promise<string> {
  const trustAnchors = [authorities.root.certificate];
  try {
    const verdict = await verifyDetached(cms, DIGEST, { trustAnchors, ...(at ? { at } : {}) });
    return verdict.valid ? 'valid' : 'invalid';
  } catch (error) {
    expect(error).toBeInstanceOf(PkiError);
    return error instanceof PkiError ? error.code : 'unknown';
  }
}

describe('a damaged signature is never valid and breaks nothing', () => {
  it('with one bit flipped in any byte', async () => {
    const flipped = [...timestamped.keys()].map((index) => flipBit(timestamped, index, 1 << (index % 8)));

    const outcomes = await Promise.all(flipped.map((cms) => outcome(cms)));

    expect(outcomes.flatMap((found, index) => (found === 'valid' ? [index] : []))).toEqual([]);
  });

  it('with random bytes replaced, removed or inserted', async () => {
    const damage = fc.tuple(fc.nat(basic.length - 1), fc.nat(4), fc.uint8Array({ maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(damage, async ([start, removed, inserted]) => {
        const parts = [basic.subarray(0, start), inserted, basic.subarray(start + removed)];
        const damaged = Uint8Array.from(Buffer.concat(parts));
        fc.pre(Buffer.compare(damaged, basic) !== 0);
        expect(await outcome(damaged, NOW)).not.toBe('valid');
      }),
      { numRuns: 1500 },
    );
  });

  it('cut off anywhere, or with bytes behind it', async () => {
    const cut = [...basic.keys()].map((length) => basic.subarray(0, length));
    const outcomes = await Promise.all([...cut, Uint8Array.of(...basic, 0)].map((cms) => outcome(cms, NOW)));

    expect([...new Set(outcomes)]).toEqual(['MALFORMED']);
  });

  it('of random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(['MALFORMED', 'TOO_LARGE']).toContain(await outcome(bytes, NOW));
        expect(() => timestampSubject(bytes)).toThrow(PkiError);
      }),
    );
  });

  it('of two megabytes', async () => {
    expect(await outcome(new Uint8Array(2 * 1024 * 1024), NOW)).toBe('TOO_LARGE');
  });
});
