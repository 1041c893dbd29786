import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GUARANTOR, LANDLORD, TENANT } from '../demo/lease.ts';
import { judgeByPdfsig, judgeByQpdf } from './outside-judges.ts';
import { type Journey, startJourney } from './people.ts';
import { signedLease } from './signed-lease.ts';

const LEASE = readFileSync(join(import.meta.dirname, '..', '..', 'examples', 'lease-contract.zh.pdf'));

let journey: Journey;
let signed: Uint8Array;

beforeAll(async () => {
  journey = await startJourney();
  signed = await signedLease(journey);
});
afterAll(() => journey.platform.close());

describe('a lease signed by a company and two people', () => {
  it('begins with the very file that was uploaded', () => {
    expect(Buffer.from(signed.subarray(0, LEASE.length)).equals(LEASE)).toBe(true);
  });

  it('is valid in our own eyes', async () => {
    const report = await journey.client.files.verify({ file: signed });

    expect(report).toMatchObject({ valid: true, problems: [] });
    expect(report.signatures.map(({ level, timestamped }) => [level, timestamped])).toEqual(
      [1, 2, 3].map(() => ['B-T', true]),
    );
  });

  it('is valid in the eyes of pdfsig, the company first', () => {
    const verdict = judgeByPdfsig(signed);

    expect(verdict).toMatchObject({ allValid: true, lastCoversTotal: true });
    expect(verdict.signers[0]).toBe(LANDLORD.corpName);
    expect(verdict.signers.slice(1).toSorted()).toEqual([TENANT.psnName, GUARANTOR.psnName].toSorted());
  });

  it('is clean to qpdf', () => {
    expect(judgeByQpdf(signed)).toBe('');
  });
});
