import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLASSIC_OBJECTS, classicPdf, libraryPdf } from '../../testing/inputs.ts';
import { type Authority, createAuthority, laidOut, signAs } from '../../testing/signing.ts';
import { openWorkbench, type Workbench } from '../../testing/tools.ts';
import type { Place } from '../layout/plan.ts';
import { verifyDocument } from '../verification/verify-document.ts';

const SEAL = 119;
const SLICES = 5;

/** Three seals and five slices for the middle party, one seal each for the others. */
function plan(pages: number) {
  const page = (index: number): number => 1 + (index % pages);
  const seals: Place[] = [0, 1, 2].map((index) => ({
    placeId: `b-seal-${index}`,
    page: page(index),
    rect: { x: 150, y: 150, width: SEAL, height: SEAL },
  }));
  const slices: Place[] = Array.from({ length: SLICES }, (_, index) => ({
    placeId: `b-slice-${index}`,
    page: page(index),
    rect: { x: 300, y: 100 + index * 20, width: SEAL / SLICES, height: SEAL },
  }));
  const seal = (placeId: string, x: number): Place => ({
    placeId,
    page: page(1),
    rect: { x, y: 10, width: SEAL, height: SEAL },
  });
  return {
    parties: [
      { partyId: 'A', displayName: '甲方', places: [seal('a', 10)] },
      { partyId: 'B', displayName: '乙方', places: [...slices.slice(0, 1), ...seals, ...slices.slice(1)] },
      { partyId: 'C', displayName: '丙方', places: [seal('c', 150)] },
    ],
  };
}

const B_PLACES = Object.fromEntries([
  ...[0, 1, 2].map((index) => [`b-seal-${index}`, { drawing: 0 }] as const),
  ...Array.from({ length: SLICES }, (_, index) => {
    const width = SEAL / SLICES;
    return [`b-slice-${index}`, { drawing: 0, crop: { x: index * width, y: 0, width, height: SEAL } }] as const;
  }),
]);

const OPTIONS = { B: { places: B_PLACES, signerName: '乙方(测试)有限公司' } } as Record<
  string,
  Parameters<typeof signAs>[3]
>;

let authority: Authority;
let workbench: Workbench;

beforeAll(async () => {
  authority = await createAuthority();
  workbench = openWorkbench();
  workbench.write('root.der', authority.root);
  workbench.run('openssl', 'x509', '-inform', 'DER', '-in', 'root.der', '-out', 'root.pem');
});

afterAll(() => workbench.remove());

/** The file as the given version of the PDF toolbox rewrites it. */
function rewritten(bytes: Uint8Array, ...options: string[]): Uint8Array {
  workbench.write('plain.pdf', bytes);
  workbench.run('qpdf', ...options, 'plain.pdf', 'rewritten.pdf');
  return workbench.read('rewritten.pdf');
}

interface Input {
  readonly what: string;
  readonly make: () => Promise<Uint8Array>;
  readonly pages?: number;
  readonly order: string;
}

const INPUTS: readonly Input[] = [
  {
    what: 'a table and rotated Chinese pages',
    make: () => libraryPdf({ pages: 5, rotations: [0, 90, 180, 270], chinese: true }),
    order: 'ABC',
  },
  { what: 'a cross-reference stream', make: () => libraryPdf({ pages: 5, xrefStream: true }), order: 'CBA' },
  {
    what: 'object streams',
    make: async () => rewritten(await libraryPdf({ pages: 5, rotations: [90] }), '--object-streams=generate'),
    order: 'BCA',
  },
  { what: 'linearization', make: async () => rewritten(await libraryPdf({ pages: 5 }), '--linearize'), order: 'CAB' },
  {
    what: 'linearization and object streams',
    make: async () => rewritten(await libraryPdf({ pages: 5 }), '--linearize', '--object-streams=generate'),
    order: 'ACB',
  },
  {
    what: 'a form, crop boxes and lists of annotations of every kind',
    make: async () => classicPdf(CLASSIC_OBJECTS),
    pages: 2,
    order: 'BAC',
  },
  {
    what: 'no line end at its end',
    make: async () => classicPdf(CLASSIC_OBJECTS).subarray(0, -1),
    pages: 2,
    order: 'ABC',
  },
];

describe('a file that three parties sign', () => {
  it.each(INPUTS)(
    'with $what, in the order $order, is accepted by every outside judge',
    async ({ make, pages = 5, order }) => {
      let file = laidOut(await make(), plan(pages));
      for (const partyId of order) {
        const signed = await signAs(authority, file, partyId, OPTIONS[partyId]);
        expect(Buffer.compare(signed.bytes.subarray(0, file.bytes.length), file.bytes)).toBe(0);
        file = signed;
      }
      workbench.write('signed.pdf', file.bytes);

      const poppler = workbench.run('pdfsig', '-nocert', 'signed.pdf').output;
      expect(poppler.match(/Signature is Valid/g)).toHaveLength(3);
      expect(poppler.match(/ {2}- Total document signed/g)).toHaveLength(1);
      expect(workbench.run('qpdf', '--check', 'signed.pdf')).toMatchObject({ status: 0 });
      expect(
        workbench.run('mutool', 'draw', '-q', '-F', 'png', '-o', 'page.png', '-r', '20', 'signed.pdf', '1'),
      ).toMatchObject({ status: 0 });
      expect(endesive('signed.pdf')).toEqual(['True True', 'True True', 'True True']);
      const expected = { trustAnchors: [authority.root], expectedParties: ['A', 'B', 'C'] };
      expect(await verifyDocument(file.bytes, expected)).toMatchObject({ valid: true, problems: [] });
    },
  );
});

/** Hash and signature of each signature, as another implementation judges them. */
function endesive(name: string): string[] {
  workbench.write(
    'verify.py',
    [
      'import sys',
      'from endesive import pdf',
      'root = open("root.pem", "rb").read()',
      'for hash_ok, signature_ok, _ in pdf.verify(open(sys.argv[1], "rb").read(), (root,)):',
      '    print(hash_ok, signature_ok)',
    ].join('\n'),
  );
  return workbench.run('/usr/bin/python3', 'verify.py', name).output.trim().split('\n');
}

describe('a cut-out signature', () => {
  it('is accepted by openssl over exactly the signed ranges', async () => {
    const file = await signAs(authority, laidOut(await libraryPdf({ pages: 5 }), plan(5)), 'B', OPTIONS.B);
    const text = Buffer.from(file.bytes).toString('latin1');
    const [start = 0, hole = 0, resume = 0, length = 0] = /\/ByteRange \[([\d ]+)\]/
      .exec(text)![1]!
      .trim()
      .split(' ')
      .map(Number);
    expect([start, resume + length]).toEqual([0, file.bytes.length]);
    workbench.write('content', Buffer.concat([file.bytes.subarray(0, hole), file.bytes.subarray(resume)]));
    const padded = Buffer.from(text.slice(hole + 1, resume - 1), 'hex');
    workbench.write('cms', padded.subarray(0, padded.readUInt16BE(2) + 4));

    const run = workbench.run(
      'openssl',
      'cms',
      '-verify',
      '-cades',
      '-binary',
      '-inform',
      'DER',
      '-in',
      'cms',
      '-content',
      'content',
      '-CAfile',
      'root.pem',
      '-purpose',
      'any',
      '-out',
      'out',
    );

    expect(run.output).toContain('CAdES Verification successful');
    expect(createHash('sha256').update(workbench.read('out')).digest('hex')).toBe(
      createHash('sha256').update(workbench.read('content')).digest('hex'),
    );
  });
});
