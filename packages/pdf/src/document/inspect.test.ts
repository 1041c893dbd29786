import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClassicObjects, classicPdf, deflatedZeros, libraryPdf } from '../../testing/inputs.ts';
import { inspectPdf } from './inspect.ts';

const LEASE = new URL('../../../../examples/lease-contract.zh.pdf', import.meta.url);

const PAGES: ClassicObjects = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] >>',
};

const catalog = (more: string): ClassicObjects => ({ ...PAGES, 1: `<< /Type /Catalog /Pages 2 0 R ${more} >>` });
const page = (more: string): ClassicObjects => ({
  ...PAGES,
  3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] ${more} >>`,
});
const stream = (dictionary: string, data: Buffer): string =>
  `<< ${dictionary} /Length ${data.length} >>\nstream\n${data.toString('latin1')}\nendstream`;
const active = (objects: ClassicObjects): readonly string[] => inspectPdf(classicPdf(objects)).activeContent;

describe('inspecting a PDF', () => {
  it('finds nothing against an ordinary contract', () => {
    expect(inspectPdf(readFileSync(LEASE))).toMatchObject({
      pageCount: 12,
      signed: false,
      encrypted: false,
      xfa: false,
      activeContent: [],
      healthy: true,
    });
  });

  it('tells the pages as a reader shows them', () => {
    const objects = page('/Rotate 90 /CropBox [50 50 150 250] /UserUnit 2');

    expect(inspectPdf(classicPdf(objects)).pages).toEqual([{ width: 400, height: 200, rotation: 90 }]);
  });

  it('reads files with cross-reference streams', async () => {
    expect(inspectPdf(await libraryPdf({ pages: 3, xrefStream: true }))).toMatchObject({ pageCount: 3, healthy: true });
  });

  it.each([
    [1, '/P 1'],
    [2, ''],
    [3, '/P 3'],
  ] as const)('names the permission %i of a certified file', (permission, parameters) => {
    const objects = {
      ...catalog('/Perms << /DocMDP 4 0 R >> /AcroForm << /Fields [5 0 R] >>'),
      4: `<< /Type /Sig /Reference [<< /TransformMethod /DocMDP /TransformParams << ${parameters} >> >>] >>`,
      5: '<< /FT /Sig /T (s) /V 4 0 R >>',
    };

    expect(inspectPdf(classicPdf(objects))).toMatchObject({ certified: permission, signed: true });
  });

  it('finds a certifying signature that the catalog does not name', () => {
    const objects = {
      ...catalog('/AcroForm << /Fields [5 0 R] >>'),
      4: '<< /Type /Sig /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 >> >>] >>',
      5: '<< /FT /Sig /T (s) /V 4 0 R >>',
    };

    expect(inspectPdf(classicPdf(objects)).certified).toBe(1);
  });

  it('does not take an empty signature field for a signature', () => {
    const objects = { ...catalog('/AcroForm << /Fields [5 0 R] >>'), 5: '<< /FT /Sig /T (s) >>' };

    expect(inspectPdf(classicPdf(objects)).signed).toBe(false);
  });

  it('recognizes dynamic forms', () => {
    expect(inspectPdf(classicPdf(catalog('/AcroForm << /Fields [] /XFA [(a) 3 0 R] >>'))).xfa).toBe(true);
  });

  it.each([
    ['a script on opening', catalog('/OpenAction << /S /JavaScript /JS (x) >>'), 'OpenAction/JavaScript'],
    ['a program on opening', catalog('/OpenAction << /S /Launch /F (x) >>'), 'OpenAction/Launch'],
    [
      'a script behind a harmless action',
      catalog('/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [<< /S /JavaScript /JS (x) >>] >>'),
      'OpenAction/JavaScript',
    ],
    ['a script of the document', catalog('/AA << /WC << /S /JavaScript /JS (x) >> >>'), 'AA/JavaScript'],
    ['a named script', catalog('/Names << /JavaScript << /Names [(a) 3 0 R] >> >>'), 'Names/JavaScript'],
    ['a script of a page', page('/AA << /O << /S /JavaScript /JS (x) >> >>'), 'Page/AA/JavaScript'],
    ['a player', page('/Annots [<< /Subtype /RichMedia /Rect [0 0 1 1] >>]'), 'Annot/RichMedia'],
    [
      'a program behind a link',
      page('/Annots [<< /Subtype /Link /Rect [0 0 1 1] /A << /S /Launch /F (x) >> >>]'),
      'Annot/A/Launch',
    ],
    [
      'a script that runs when a field becomes visible',
      page('/Annots [<< /Subtype /Widget /Rect [0 0 1 1] /AA << /PV << /S /JavaScript /JS (x) >> >> >>]'),
      'Annot/AA/JavaScript',
    ],
  ])('finds %s', (_, objects, finding) => {
    expect(active(objects)).toEqual([finding]);
  });

  it('lets destinations, links and attachments pass', () => {
    expect(active(catalog('/OpenAction [3 0 R /Fit] /Names << /EmbeddedFiles << /Names [] >> >>'))).toEqual([]);
    expect(active(page('/Annots [<< /Subtype /Link /Rect [0 0 1 1] /A << /S /URI /URI (x) >> >>]'))).toEqual([]);
  });

  it('ends when actions follow each other in a circle', () => {
    const objects = {
      ...catalog('/OpenAction 4 0 R'),
      4: '<< /S /GoTo /Next 5 0 R >>',
      5: '<< /S /GoTo /Next 4 0 R >>',
    };

    expect(active(objects)).toEqual([]);
  });
});

describe('inspecting a hostile PDF', () => {
  it.each([
    ['content', '/Filter /FlateDecode'],
    ['a tiny picture', '/Subtype /Image /Width 10 /Height 10 /BitsPerComponent 8 /Filter /FlateDecode'],
  ])('stops at %s that inflates to a gibibyte', (_, dictionary) => {
    const objects = { ...page('/Contents 4 0 R'), 4: stream(dictionary, deflatedZeros(1024)) };
    const before = process.memoryUsage.rss();

    expect(inspectPdf(classicPdf(objects))).toMatchObject({ healthy: false, fault: 'TOO_LARGE' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(300e6);
  });

  it('allows a blank scan, however well it compresses', () => {
    const picture = '/Subtype /Image /Width 3000 /Height 4000 /BitsPerComponent 8 /Filter /FlateDecode';

    expect(inspectPdf(classicPdf({ ...PAGES, 4: stream(picture, deflatedZeros(12)) })).healthy).toBe(true);
  });

  it.each([
    ['CYCLE', { ...PAGES, 3: '<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>' }],
    ['TOO_DEEP', { ...PAGES, 4: '['.repeat(200_000) + ']'.repeat(200_000) }],
    ['MALFORMED', { ...PAGES, 3: '<< /Type /Page >>' }],
  ] as const)('reports %s instead of failing', (fault, objects) => {
    expect(inspectPdf(classicPdf(objects))).toMatchObject({ healthy: false, fault });
  });

  it('counts no page beyond the limit', () => {
    const kids = Array.from({ length: 21 }, (_, i) => i + 3);
    const leaves = Object.fromEntries(kids.map((n) => [n, '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>']));
    const tree = `<< /Type /Pages /Kids [${kids.map((n) => `${n} 0 R`).join(' ')}] /Count 21 >>`;

    expect(inspectPdf(classicPdf({ ...PAGES, 2: tree, ...leaves }), { maxPages: 20 }).fault).toBe('TOO_LARGE');
  });

  it('never throws for changed bytes', () => {
    const sound = classicPdf({ ...page('/Contents 4 0 R'), 4: stream('', Buffer.from('0 g')) });

    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 20 }), (changes) => {
        const bytes = Buffer.from(sound);
        for (const [at, byte] of changes) {
          bytes[at] = byte;
        }
        return typeof inspectPdf(bytes).healthy === 'boolean';
      }),
      { numRuns: 300 },
    );
  });
});
