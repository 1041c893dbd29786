import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedDigests } from './digests.ts';

const BYTES = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));

function digest(holeStart: number, holeEnd: number, end: number): string {
  return createHash('sha256').update(BYTES.subarray(0, holeStart)).update(BYTES.subarray(holeEnd, end)).digest('hex');
}

describe('digests of ranges that share their beginning', () => {
  it('are those of each range by itself, in any order', () => {
    const coverages = [
      { holeStart: 700, holeEnd: 800, end: 1000 },
      { holeStart: 100, holeEnd: 150, end: 200 },
      { holeStart: 100, holeEnd: 120, end: 400 },
    ];
    const digests = signedDigests(BYTES, coverages);
    expect(coverages.map((each) => Buffer.from(digests.get(each) ?? []).toString('hex'))).toEqual(
      coverages.map(({ holeStart, holeEnd, end }) => digest(holeStart, holeEnd, end)),
    );
  });

  it('are left out when a forger makes hashing cost many times the file', () => {
    const coverages = Array.from({ length: 1000 }, (_, index) => ({
      holeStart: 1 + index / 1000,
      holeEnd: 3,
      end: 1000,
    }));
    expect(signedDigests(BYTES, coverages).size).toBeLessThan(5);
  });
});
