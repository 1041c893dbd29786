import { describe, expect, it } from 'vitest';
import { fieldNamed } from '../../testing/forgery.ts';
import { CLASSIC_OBJECTS, type ClassicObjects, classicPdf, libraryPdf } from '../../testing/inputs.ts';
import { laidOut } from '../../testing/signing.ts';
import { PdfFile } from '../syntax/file.ts';
import { formFields } from '../syntax/form-fields.ts';
import { isArray, isDict, type PdfObject } from '../syntax/objects.ts';
import { writeObject } from '../syntax/serializer.ts';
import { readLaidOut } from '../verification/laid-out.ts';
import { layOut } from './lay-out.ts';
import type { LayoutPlan, Place } from './plan.ts';

const RECT = { x: 10, y: 20, width: 30, height: 40 };

function planOf(...places: readonly Partial<Place>[]): LayoutPlan {
  const all = places.map((place, index) => ({ placeId: `p${index}`, page: 1, rect: RECT, ...place }));
  return { parties: [{ partyId: 'A', displayName: '甲方', places: all }] };
}

function openLaidOut(base: Uint8Array, plan: LayoutPlan): PdfFile {
  return PdfFile.open(laidOut(base, plan).bytes);
}

function entry(object: PdfObject, key: string): PdfObject {
  return isDict(object) ? (object.entries.get(key) ?? null) : null;
}

describe('laying out', () => {
  it('makes a signature field for the first place and a read-only button for each further one', () => {
    const file = openLaidOut(classicPdf(CLASSIC_OBJECTS), planOf({}, { page: 2 }));
    const field = fieldNamed(file, 'signet-party-A~2').dict;
    const button = fieldNamed(file, 'signet-place-p1~2').dict;

    expect(writeObject(file.resolve(field.entries.get('Lock')))).toBe(
      '<< /Type /SigFieldLock /Action /Include /Fields [(signet-place-p1~2)] >>',
    );
    expect(writeObject(button)).toMatch(
      /^<< \/Type \/Annot \/Subtype \/Widget \/Rect \[5 10 20 30\] \/P 4 0 R \/F 132 \/FT \/Btn \/Ff 65537 \/T \(signet-place-p1~2\) \/AS \/S \/AP << \/N << \/S \d+ 0 R >> >> >>$/,
    );
  });

  it('keeps what the form and the annotation lists had', () => {
    const file = openLaidOut(classicPdf(CLASSIC_OBJECTS), planOf({}, { page: 2 }));
    const form = file.resolve(file.catalog.entries.get('AcroForm'));

    expect(formFields(file, file.last).map(({ name }) => name)).toEqual([
      'signet-party-A',
      'signet-party-A~2',
      'signet-place-p1~2',
    ]);
    expect(entry(form, 'NeedAppearances')).toBeNull();
    expect(entry(form, 'SigFlags')).toBe(3);
    expect(writeObject(entry(form, 'DA'))).toBe('(/Helv 0 Tf 0 g)');
    const lists = file.pages.map((page) => file.resolve(page.dict.entries.get('Annots')));
    expect(lists.map((list) => (isArray(list) ? list.length : 0))).toEqual([2, 2]);
  });

  it('passes the check that verification makes before the first signature', async () => {
    for (const base of [classicPdf(CLASSIC_OBJECTS), await libraryPdf({ xrefStream: true, rotations: [0, 90] })]) {
      const file = openLaidOut(base, planOf({}, {}, { page: 2 }));
      const generation = base[0] && file.revisions[0]?.form === 'stream' ? 1 : 2;
      expect(readLaidOut(file, file.last, generation).problems).toEqual([]);
    }
  });

  it.each([
    [
      'a list that two pages share',
      { 3: '<< /Type /Page /Parent 2 0 R /Annots 7 0 R >>', 4: '<< /Type /Page /Parent 2 0 R /Annots 7 0 R >>' },
      [2, 1],
    ],
    ['a list that is null', { 3: '<< /Type /Page /Parent 2 0 R /Annots 99 0 R >>' }, [1, 1]],
  ] as readonly (readonly [string, ClassicObjects, number[]])[])('copes with %s', (_, objects, counts) => {
    const file = openLaidOut(classicPdf({ ...CLASSIC_OBJECTS, ...objects }), planOf({}));
    const lists = file.pages.map((page) => file.resolve(page.dict.entries.get('Annots')));
    expect(lists.map((list) => (isArray(list) ? list.length : 0))).toEqual(counts);
  });

  it('never uses a number that the base refers to', () => {
    const base = classicPdf({ ...CLASSIC_OBJECTS, 4: '<< /Type /Page /Parent 2 0 R /Contents [5 0 R 500 0 R] >>' });
    const { layout } = layOut(base, planOf({}));
    expect(layout.emptyForm).toBe(501);
  });

  it.each([
    [0, [60, 80, 90, 120]],
    [90, [502, 70, 542, 100]],
    [180, [522, 672, 552, 712]],
    [270, [70, 692, 110, 722]],
  ] as const)('converts displayed points of a page turned by %i to user space', (rotation, rect) => {
    const page = `<< /Type /Page /Parent 2 0 R /CropBox [50 60 562 732] /Rotate ${rotation} >>`;
    const file = openLaidOut(classicPdf({ ...CLASSIC_OBJECTS, 3: page }), planOf({}));
    expect(fieldNamed(file, 'signet-party-A~2').dict.entries.get('Rect')).toEqual(rect);
  });

  it('makes an invisible field for a party without places', () => {
    const file = openLaidOut(classicPdf(CLASSIC_OBJECTS), planOf());
    expect(fieldNamed(file, 'signet-party-A~2').dict.entries.get('Rect')).toEqual([0, 0, 0, 0]);
  });
});

const CERTIFIED = (permission: string): ClassicObjects => ({
  1: '<< /Type /Catalog /Pages 2 0 R /Perms << /DocMDP 10 0 R >> >>',
  10: `<< /Type /Sig /Reference [<< /TransformMethod /DocMDP /TransformParams << /Type /TransformParams ${permission} >> >>] >>`,
});

describe('warnings', () => {
  it.each([
    ['NEED_APPEARANCES_REMOVED', {}, planOf({})],
    ['OUTSIDE_PAGE', {}, planOf({ rect: { x: 660, y: 0, width: 20, height: 20 } })],
    ['CERTIFIED_FORM_FILLING', CERTIFIED('/P 2'), planOf({})],
    ['CERTIFIED_FORM_FILLING', CERTIFIED(''), planOf({})],
    ['EXISTING_SIGNATURES', { 9: '<< /FT /Sig /T (other) /V 10 0 R >>', 10: '<< /Type /Sig >>' }, planOf({})],
  ] as readonly (readonly [string, ClassicObjects, LayoutPlan])[])('say %s', (warning, objects, plan) => {
    expect(layOut(classicPdf({ ...CLASSIC_OBJECTS, ...objects }), plan).warnings).toContain(warning);
  });
});

describe('refusals', () => {
  it.each([
    ['CERTIFIED', CERTIFIED('/P 1'), planOf({})],
    ['UNSUPPORTED', { 1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA [] >> >>' }, planOf({})],
    ['PAGE_NOT_FOUND', {}, planOf({ page: 3 })],
    ['PAGE_NOT_FOUND', {}, planOf({ page: 0 })],
    ['PAGE_NOT_FOUND', {}, planOf({ page: 1.5 })],
    ['INVALID_PLAN', {}, planOf({}, { placeId: 'p0' })],
    ['INVALID_PLAN', {}, planOf({ placeId: 'a.b' })],
    ['INVALID_PLAN', {}, planOf({ rect: { x: 0, y: 0, width: 0, height: 1 } })],
    ['INVALID_PLAN', {}, planOf({ rect: { x: Number.NaN, y: 0, width: 1, height: 1 } })],
    ['INVALID_PLAN', {}, { parties: [] }],
  ] as readonly (readonly [string, ClassicObjects, LayoutPlan])[])('answer %s', (code, objects, plan) => {
    expect(() => layOut(classicPdf({ ...CLASSIC_OBJECTS, ...objects }), plan)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
