import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLASSIC_OBJECTS, classicPdf, deflatedZeros, libraryPdf } from '../../testing/inputs.ts';
import { openWorkbench } from '../../testing/tools.ts';
import { PdfError, type PdfErrorCode } from '../errors.ts';
import { PdfFile } from './file.ts';
import { formFields } from './form-fields.ts';
import { writeIncrement } from './increment.ts';
import { ref } from './objects.ts';
import { highestNumber } from './references.ts';
import { writeObject } from './serializer.ts';

const PAGES = '<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 100 100] >>';
const PAGE = '<< /Type /Page /Parent 2 0 R >>';
const MINIMAL = { 1: '<< /Type /Catalog /Pages 2 0 R >>', 2: PAGES, 3: PAGE };

/** Reads all that a reader of structure would. */
function readAll(bytes: Uint8Array): PdfFile {
  const file = PdfFile.open(bytes);
  for (let revision = 0; revision <= file.last; revision++) highestNumber(file, revision);
  formFields(file, file.last);
  expect(file.pages.length).toBeGreaterThan(0);
  return file;
}

function expectRefusal(bytes: Uint8Array, code: PdfErrorCode): void {
  expect(() => readAll(bytes)).toThrow(expect.objectContaining({ name: 'PdfError', code }));
}

describe('files of many makes', () => {
  it('have their pages with inherited boxes, rotation and unit', () => {
    const file = readAll(classicPdf(CLASSIC_OBJECTS));
    expect(file.pages).toMatchObject([
      {
        number: 1,
        ref: { number: 3 },
        rotation: 90,
        userUnit: 1,
        cropBox: { left: 50, bottom: 60, right: 562, top: 732 },
      },
      {
        number: 2,
        ref: { number: 4 },
        rotation: 0,
        userUnit: 2,
        cropBox: { left: 0, bottom: 0, right: 612, top: 792 },
      },
    ]);
  });

  it.each([
    ['a table', []],
    ['object streams', ['--object-streams=generate']],
    ['linearization', ['--linearize']],
    ['linearization and object streams', ['--linearize', '--object-streams=generate']],
  ])('are read with %s', async (_, options) => {
    const workbench = openWorkbench();
    workbench.write('in.pdf', await libraryPdf({ pages: 5, chinese: true }));
    workbench.run('qpdf', ...options, 'in.pdf', 'out.pdf');
    const file = readAll(workbench.read('out.pdf'));
    workbench.remove();

    expect(file.pages).toHaveLength(5);
    expect(file.revisions).toHaveLength(1);
    expect(file.revisions[0]?.end?.end).toBe(file.bytes.length);
  });

  it('are told to be encrypted', async () => {
    const workbench = openWorkbench();
    workbench.write('in.pdf', await libraryPdf());
    workbench.run('qpdf', '--encrypt', '', 'owner', '256', '--', 'in.pdf', 'out.pdf');
    const bytes = workbench.read('out.pdf');
    workbench.remove();

    expectRefusal(bytes, 'ENCRYPTED');
  });

  it('keep what each revision said', () => {
    const base = classicPdf(MINIMAL);
    const newest = PdfFile.open(base).revisions[0]!;
    const tail = {
      length: base.length,
      startxref: newest.startxref,
      xrefForm: 'table' as const,
      nextNumber: 4,
      trailer: '/Root 1 0 R',
    };
    const { bytes } = writeIncrement(tail, [{ number: 3, body: '<< /Type /Page /Parent 2 0 R /Rotate 90 >>' }], 4);

    const file = readAll(Buffer.concat([base, bytes]));

    expect(file.revisions.map(({ end }) => end?.end)).toEqual([base.length, base.length + bytes.length]);
    expect(file.pagesAt(0)[0]?.rotation).toBe(0);
    expect(file.pagesAt(1)[0]?.rotation).toBe(90);
    expect(writeObject(file.resolveAt(0, ref(3)))).toBe(PAGE);
  });
});

describe('hostile files', () => {
  it.each([
    ['NOT_A_PDF', Buffer.from('hello')],
    ['NOT_A_PDF', Buffer.alloc(0)],
    ['MALFORMED', Buffer.from('%PDF-1.7\n')],
    ['MALFORMED', Buffer.concat([Buffer.from('junk\n'), classicPdf(MINIMAL)])],
    ['MALFORMED', Buffer.from('%PDF-1.7\nstartxref\n999999\n%%EOF')],
    ['MALFORMED', Buffer.from('%PDF-1.7\nstartxref\n0\n%%EOF')],
  ] as const)('are refused as %s', (code, bytes) => {
    expectRefusal(bytes, code);
  });

  it('with a circle of cross-reference sections are refused', () => {
    const base = classicPdf(MINIMAL, '/Prev 99999');
    const startxref = base.lastIndexOf('xref\n0');
    expectRefusal(
      Buffer.from(
        base.toString('latin1').replace('/Prev 99999', `/Prev ${String(startxref).padStart(5, ' ')}`),
        'latin1',
      ),
      'CYCLE',
    );
  });

  it.each([
    ['CYCLE', 'a page tree that contains itself', { 2: '<< /Type /Pages /Kids [2 0 R] /Count 1 >>' }],
    ['CYCLE', 'a page that occurs twice', { 2: '<< /Type /Pages /Kids [3 0 R 3 0 R] /MediaBox [0 0 9 9] >>' }],
    ['MALFORMED', 'no pages', { 2: '<< /Type /Pages /Kids [] /Count 0 >>' }],
    ['MALFORMED', 'a missing page', { 2: '<< /Type /Pages /Kids [9 0 R] /Count 1 >>' }],
    ['MALFORMED', 'a page without a box', { 2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' }],
    ['MALFORMED', 'no catalog', { 1: '(none)' }],
    ['MALFORMED', 'an object that is a reference', { 1: '2 0 R' }],
    ['CYCLE', 'a length that is its own stream', { 4: '<< /Length 4 0 R >>\nstream\nabc\nendstream' }],
    [
      'CYCLE',
      'a form that contains itself',
      { 1: '<< /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>', 4: '<< /T (a) /Kids [4 0 R] >>' },
    ],
    ['TOO_DEEP', '200,000 nested arrays', { 4: '['.repeat(200_000) }],
  ] as const)('are refused as %s with %s', (code, _, objects) => {
    expectRefusal(classicPdf({ ...MINIMAL, ...objects }), code);
  });

  it('with a chain of lengths too long to follow are refused', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [4 + index, `<< /Length ${5 + index} 0 R >>\nstream\nabc\nendstream`]),
    );
    expectRefusal(classicPdf({ ...MINIMAL, ...chain }), 'TOO_DEEP');
  });

  it('with more pages than allowed are refused', () => {
    const kids = Array.from({ length: 5001 }, (_, index) => `${10 + index} 0 R`);
    const pages = Object.fromEntries(kids.map((_, index) => [10 + index, PAGE]));
    const tree = { 2: `<< /Type /Pages /Kids [${kids.join(' ')}] /MediaBox [0 0 9 9] >>` };
    expectRefusal(classicPdf({ ...MINIMAL, ...pages, ...tree }), 'TOO_LARGE');
  });

  it('with a huge /Size, offset or count cost nothing', () => {
    const base = classicPdf(MINIMAL).toString('latin1');
    const started = performance.now();
    readAll(Buffer.from(base.replace('/Size 4', '/Size 99999999999'), 'latin1')).revisions.at(0);
    expectRefusal(Buffer.from(base.replace('xref\n0 4', 'xref\n0 9999999'), 'latin1'), 'TOO_LARGE');
    expectRefusal(Buffer.from(base.replace('xref\n0 4', 'xref\n99999999 4'), 'latin1'), 'TOO_LARGE');
    expectRefusal(Buffer.from(base.replace(/\d{10} 00000 n/, '9999999999 00000 n'), 'latin1'), 'MALFORMED');
    expect(performance.now() - started).toBeLessThan(500);
  });

  it.each([
    ['TOO_LARGE', 'inflates to one gibibyte', xrefStream(deflatedZeros(1024), '/W [1 4 2] /Size 4')],
    [
      'MALFORMED',
      'is shorter than its index',
      xrefStream(deflateSync(Buffer.alloc(7)), '/W [1 4 2] /Size 4 /Index [0 1000000]'),
    ],
    ['MALFORMED', 'has fields of no width', xrefStream(deflateSync(Buffer.alloc(7)), '/W [0 0 0] /Size 4')],
    ['MALFORMED', 'has fields of huge width', xrefStream(deflateSync(Buffer.alloc(7)), '/W [1 900000000 2] /Size 4')],
    ['MALFORMED', 'has no fields', xrefStream(deflateSync(Buffer.alloc(7)), '/Size 4')],
  ] as const)('are refused as %s when the cross-reference stream %s', (code, _, bytes) => {
    expectRefusal(bytes, code);
  });

  it.each([
    ['contains itself', 5, 0],
    ['lacks the object', 5, 7],
    ['is missing', 77, 0],
  ])('are refused when an object stream %s', (_, container, index) => {
    expect(() => readAll(compressedCatalog(container, index))).toThrow(PdfError);
  });
});

describe('mutated files', () => {
  it('are read or refused, quickly, and never crash', async () => {
    const originals = [
      classicPdf(CLASSIC_OBJECTS),
      Buffer.from(await libraryPdf({ xrefStream: true, rotations: [90] })),
    ];
    const mutation = fc.record({ at: fc.nat(), byte: fc.nat(255), length: fc.integer({ min: 0, max: 40 }) });

    fc.assert(
      fc.property(fc.nat(1), fc.array(mutation, { minLength: 1, maxLength: 6 }), (which, mutations) => {
        const bytes = mutations.reduce(mutated, originals[which]!);
        const started = performance.now();
        try {
          readAll(bytes);
        } catch (error) {
          if (!(error instanceof PdfError)) throw error;
        }
        expect(performance.now() - started).toBeLessThan(1000);
      }),
      { numRuns: 2000 },
    );
  });
});

interface Mutation {
  readonly at: number;
  readonly byte: number;
  /** Bytes to overwrite; beyond 30, bytes to cut out. */
  readonly length: number;
}

function mutated(bytes: Buffer, { at, byte, length }: Mutation): Buffer {
  const position = at % bytes.length;
  const end = Math.min(position + length, bytes.length);
  if (length > 30) return Buffer.concat([bytes.subarray(0, position + 1), bytes.subarray(end)]);
  return Buffer.from(bytes).fill(byte, position, end);
}

/** A file whose only section is a stream with these entries. */
function xrefStream(raw: Buffer, entries: string): Buffer {
  const head = `%PDF-1.7\n9 0 obj\n<< /Type /XRef /Root 1 0 R ${entries} /Filter /FlateDecode /Length ${raw.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), raw, Buffer.from('\nendstream\nendobj\nstartxref\n9\n%%EOF\n')]);
}

/** The catalog lies in an object stream, object 5, which is said to be at the given place. */
function compressedCatalog(container: number, index: number): Buffer {
  const content = Buffer.from('1 0 5 40 << /Type /Catalog /Pages 2 0 R >>      << /Type /ObjStm >>');
  const objects = [`2 0 obj\n${PAGES}\nendobj\n`, `3 0 obj\n${PAGE}\nendobj\n`];
  let bytes = Buffer.from(`%PDF-1.7\n${objects.join('')}`);
  const stream = bytes.length;
  const dictionary = `<< /Type /ObjStm /N 2 /First 9 /Length ${content.length} >>`;
  bytes = Buffer.concat([
    bytes,
    Buffer.from(`5 0 obj\n${dictionary}\nstream\n`),
    content,
    Buffer.from('\nendstream\nendobj\n'),
  ]);
  const rows = [
    [0, 0, 0],
    [2, container, index],
    [1, 9, 0],
    [1, 9 + (objects[0]?.length ?? 0), 0],
    [0, 0, 0],
    container === 5 && index === 0 ? [2, 5, 1] : [1, stream, 0],
  ];
  const data = Buffer.alloc(rows.length * 7);
  for (const [row, [type = 0, second = 0, third = 0]] of rows.entries()) {
    data.writeUInt8(type, row * 7);
    data.writeUInt32BE(second, row * 7 + 1);
    data.writeUInt16BE(third, row * 7 + 5);
  }
  const startxref = bytes.length;
  const head = `6 0 obj\n<< /Type /XRef /Root 1 0 R /W [1 4 2] /Size 7 /Index [0 6] /Length ${data.length} >>\nstream\n`;
  return Buffer.concat([
    bytes,
    Buffer.from(head),
    data,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${startxref}\n%%EOF\n`),
  ]);
}
