/** The demo's file before judges that share no code with us, trusting only what `/trust/root.pem` answers. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, startJourney } from '../journeys/people.ts';
import { signedLease } from '../journeys/signed-lease.ts';

const PYTHON = '/usr/bin/python3';
const hasEndesive = spawnSync(PYTHON, ['-c', 'import endesive, asn1crypto']).status === 0;
const SIGNATURES = [1, 2, 3];

let journey: Journey;
let folder: string;

beforeAll(async () => {
  journey = await startJourney();
  folder = mkdtempSync(join(tmpdir(), 'signet-interop-'));
  const root = await fetch(`${journey.platform.url}/trust/root.pem`);
  writeFileSync(join(folder, 'root.pem'), await root.text());
  writeFileSync(join(folder, 'lease.pdf'), await signedLease(journey));
});
afterAll(async () => {
  await journey.platform.close();
  rmSync(folder, { recursive: true });
});

function openssl(...words: string[]): string {
  const { stdout, stderr } = spawnSync('openssl', words, { cwd: folder, encoding: 'latin1' });
  return `${stdout}${stderr}`;
}

describe.skipIf(!hasEndesive)('the signed lease, cut into parts', () => {
  beforeAll(() => {
    execFileSync(PYTHON, [join(import.meta.dirname, 'cut_signatures.py'), 'lease.pdf', '.'], { cwd: folder });
  });

  it.each(SIGNATURES)('satisfies openssl cms -cades in signature %i', (n) => {
    const content = ['-content', `${n}.content`, '-binary', '-out', `${n}.out`];

    const answer = openssl(
      'cms',
      '-verify',
      '-cades',
      '-inform',
      'DER',
      '-in',
      `${n}.cms`,
      ...content,
      '-CAfile',
      'root.pem',
      '-purpose',
      'any',
    );

    expect(answer).toContain('CAdES Verification successful');
  });

  it.each(SIGNATURES)('satisfies openssl ts in the timestamp of signature %i', (n) => {
    const answer = openssl(
      'ts',
      '-verify',
      '-token_in',
      '-in',
      `${n}.token`,
      '-data',
      `${n}.signature`,
      '-CAfile',
      'root.pem',
    );

    expect(answer).toContain('Verification: OK');
  });

  it('satisfies endesive: digests, signatures and chains', () => {
    const question = [
      'from endesive import pdf',
      'verdicts = pdf.verify(open("lease.pdf", "rb").read(), [open("root.pem", "rb").read()])',
      'print([list(map(bool, verdict)) for verdict in verdicts])',
    ].join('\n');

    const answer = execFileSync(PYTHON, ['-c', question], { cwd: folder, encoding: 'utf8' });

    expect(JSON.parse(answer.toLowerCase())).toEqual(SIGNATURES.map(() => [true, true, true]));
  });
});
