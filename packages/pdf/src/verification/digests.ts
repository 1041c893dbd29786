/** SHA-256 of many signed ranges that share their beginning, in one pass over the file. */
import { createHash } from 'node:crypto';
import type { Coverage } from './coverage.ts';

/** What all the second ranges together may have, in lengths of the file: honest ones are short. */
const MAX_TAIL_FACTOR = 4;

/** Digest of each coverage; left out where hashing it would cost more than an honest file can. */
export function signedDigests(bytes: Uint8Array, coverages: readonly Coverage[]): Map<Coverage, Uint8Array> {
  const digests = new Map<Coverage, Uint8Array>();
  const prefix = createHash('sha256');
  let position = 0;
  let tailBudget = bytes.length * MAX_TAIL_FACTOR;

  for (const coverage of coverages.toSorted((left, right) => left.holeStart - right.holeStart)) {
    tailBudget -= coverage.end - coverage.holeEnd;
    if (tailBudget < 0) break;
    prefix.update(bytes.subarray(position, coverage.holeStart));
    position = coverage.holeStart;
    digests.set(coverage, prefix.copy().update(bytes.subarray(coverage.holeEnd, coverage.end)).digest());
  }
  return digests;
}
