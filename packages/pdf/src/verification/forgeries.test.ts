import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  addedField,
  appearanceOf,
  appendUpdate,
  changedField,
  changedObject,
  fieldNamed,
  forgedContent,
  forgedPage,
  layoutBehind,
  type OpenForgery,
  pageRef,
  redForm,
  stamped,
} from '../../testing/forgery.ts';
import { signAs } from '../../testing/signing.ts';
import { createTwoPartyFile, type TwoPartyFile } from '../../testing/two-party-file.ts';
import type { IncrementObject } from '../syntax/increment.ts';
import { dict, isArray, isDict, name, ref } from '../syntax/objects.ts';
import { writeObject, writeStream } from '../syntax/serializer.ts';
import { textString } from '../syntax/text-string.ts';
import type { ProblemCode } from './problem.ts';
import { verifyDocument } from './verify-document.ts';

let files: TwoPartyFile;

beforeAll(async () => {
  files = await createTwoPartyFile();
});

describe('an update without a signature is refused and named', () => {
  const cases: readonly (readonly [string, ProblemCode, (open: OpenForgery) => IncrementObject[]])[] = [
    ['a page gets other content', 'PAGE_CHANGED', (open) => forgedPage(open, 1)],
    [
      'the content stream itself is replaced',
      'PAGE_CONTENT_CHANGED',
      (open) => {
        const contents = open.file.resolve(pageRef(open, 1));
        const entry = isDict(contents) ? contents.entries.get('Contents') : undefined;
        const target = (isArray(entry) ? entry[0] : entry) as { number: number };
        return [{ number: target.number, body: forgedContent() }];
      },
    ],
    [
      'a page is deleted',
      'PAGE_TREE_CHANGED',
      (open) => {
        const pages = open.file.catalog.entries.get('Pages');
        return [changedObject(open, pages, { Kids: [pageRef(open, 1)], Count: 1 })];
      },
    ],
    [
      'the catalog names another page tree',
      'CATALOG_CHANGED',
      (open) => [
        changedObject(open, open.root, { Pages: ref(open.nextNumber) }),
        { number: open.nextNumber, body: `<< /Type /Pages /Count 1 /Kids [${writeObject(pageRef(open, 2))}] >>` },
      ],
    ],
    [
      'a script runs on opening',
      'CATALOG_CHANGED',
      (open) => [
        changedObject(open, open.root, { OpenAction: dict({ S: name('JavaScript'), JS: textString('app.alert(1)') }) }),
      ],
    ],
    ['a seal moves', 'SEAL_CHANGED', (open) => [changedField(open, 'signet-place-a2', { Rect: [0, 0, 40, 119] })]],
    [
      'the signed widget moves',
      'FIELD_CHANGED',
      (open) => [changedField(open, 'signet-party-A', { Rect: [0, 0, 40, 40] })],
    ],
    ['a signed widget is hidden', 'FIELD_CHANGED', (open) => [changedField(open, 'signet-party-A', { F: 134 })]],
    [
      'an empty widget is hidden before its owner signs',
      'FIELD_CHANGED',
      (open) => [changedField(open, 'signet-party-B', { F: 134 })],
    ],
    [
      'the read-only flag is cleared',
      'SEAL_CHANGED',
      (open) => [changedField(open, 'signet-place-a2', { Ff: 65_536 })],
    ],
    [
      'a filled slice is replaced',
      'SEAL_CHANGED',
      (open) => [stamped(open, 'signet-place-a2', open.nextNumber), { number: open.nextNumber, body: redForm() }],
    ],
    [
      'two filled slices change places',
      'SEAL_CHANGED',
      (open) => [
        changedField(open, 'signet-place-a2', { AP: appearanceOf(open, 'signet-place-a3') }),
        changedField(open, 'signet-place-a3', { AP: appearanceOf(open, 'signet-place-a2') }),
      ],
    ],
    [
      'a slice is filled before its owner signs',
      'SEAL_NOT_OWNED',
      (open) => [stamped(open, 'signet-place-b2', open.nextNumber), { number: open.nextNumber, body: redForm() }],
    ],
    [
      'a slice shows another state',
      'SEAL_CHANGED',
      (open) => [changedField(open, 'signet-place-a2', { AS: name('Off') })],
    ],
    [
      'a button gets an action',
      'SEAL_CHANGED',
      (open) => [
        changedField(open, 'signet-place-a2', { A: dict({ S: name('URI'), URI: textString('http://example.com') }) }),
      ],
    ],
    [
      'the form of a filled seal is overwritten',
      'OBJECT_REDEFINED',
      (open) => {
        const appearance = fieldNamed(open.file, 'signet-party-A').dict.entries.get('AP');
        const form = isDict(appearance) ? (appearance.entries.get('N') as { number: number }) : { number: 0 };
        return [{ number: form.number, body: redForm() }];
      },
    ],
    [
      'the shared empty form is filled',
      'OBJECT_REDEFINED',
      () => [{ number: files.fresh.layout.emptyForm, body: redForm() }],
    ],
    [
      'the signature value is re-pointed',
      'FIELD_CHANGED',
      (open) => [
        changedField(open, 'signet-party-A', { V: ref(open.nextNumber) }),
        { number: open.nextNumber, body: '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached >>' },
      ],
    ],
    [
      'the signature value is removed',
      'FIELD_CHANGED',
      (open) => [changedField(open, 'signet-party-A', { V: undefined })],
    ],
    [
      'the signature dictionary is overwritten',
      'OBJECT_REDEFINED',
      (open) => {
        const value = fieldNamed(open.file, 'signet-party-A').dict.entries.get('V') as { number: number };
        return [{ number: value.number, body: '<< /Type /Sig >>' }];
      },
    ],
    [
      'the lock is emptied',
      'OBJECT_REDEFINED',
      (open) => [changedObject(open, fieldNamed(open.file, 'signet-party-B').dict.entries.get('Lock'), { Fields: [] })],
    ],
    [
      'a field is added to the form',
      'FORM_CHANGED',
      (open) => addedField(open, '<< /FT /Tx /T (extra) /Subtype /Widget /Rect [0 0 100 100] >>'),
    ],
    [
      'a field with a name that exists is added',
      'FORM_CHANGED',
      (open) => addedField(open, '<< /FT /Sig /T (signet-party-B) /Subtype /Widget /Rect [0 0 100 100] >>'),
    ],
    [
      'a field of another party is added with a signature',
      'FIELD_CHANGED',
      (open) => addedField(open, '<< /FT /Sig /T (signet-party-Z) /V << /Type /Sig >> >>'),
    ],
    [
      'a field leaves the form',
      'FORM_CHANGED',
      (open) => [changedObject(open, open.file.catalog.entries.get('AcroForm'), { Fields: [] })],
    ],
    [
      'a stamp is added to a page',
      'PAGE_CHANGED',
      (open) => [
        changedObject(open, pageRef(open, 1), { Annots: [ref(open.nextNumber)] }),
        { number: open.nextNumber, body: '<< /Type /Annot /Subtype /Stamp /Rect [0 0 100 100] >>' },
      ],
    ],
    [
      'an object that nothing uses is added',
      'UNREACHABLE_OBJECT',
      (open) => [{ number: open.nextNumber, body: '(hello)' }],
    ],
    [
      'objects hide in an object stream',
      'UNREACHABLE_OBJECT',
      (open) => {
        const raw = deflateSync(Buffer.from('1 0 << /Type /Catalog >>'));
        const container = dict({ Type: name('ObjStm'), N: 1, First: 4, Filter: name('FlateDecode') });
        return [{ number: open.nextNumber, body: writeStream({ kind: 'stream', dict: container, raw }) }];
      },
    ],
    [
      'the document information changes',
      'OBJECT_REDEFINED',
      (open) => {
        const info = open.file.trailer.entries.get('Info');
        return [changedObject(open, info, { Title: textString('Forged') })];
      },
    ],
    ['nothing but an empty update is appended', 'REVISION_UNSIGNED', () => []],
  ];

  it.each(cases)('when %s', async (_, code, forge) => {
    expect(await files.problemsOf(appendUpdate(files.half.bytes, forge))).toContain(code);
    expect(await files.problemsOf(appendUpdate(files.half.bytes, forge))).toContain('REVISION_UNSIGNED');
  });
});

describe('a forgery before the next honest signature', () => {
  it('stays found after the next party has signed on top', async () => {
    const forged = appendUpdate(files.half.bytes, (open) => forgedPage(open, 1));
    const signed = await signAs(
      files.authority,
      { bytes: forged, layout: layoutBehind(forged, files.half.layout) },
      'B',
    );

    const report = await verifyDocument(signed.bytes, { trustAnchors: [files.authority.root] });

    expect(report.valid).toBe(false);
    expect(report.signatures.map(({ valid }) => valid)).toEqual([true, true]);
    expect(report.problems.map(({ code }) => code)).toContain('PAGE_CHANGED');
    expect(report.signatures[0]?.modifiedAfter).toMatchObject([
      { allowed: false, detail: 'page 1 was changed' },
      { allowed: true },
    ]);
  });

  it.each([
    [
      'SEAL_FILLED_EARLY',
      'a slice is filled',
      (open: OpenForgery) => [
        stamped(open, 'signet-place-b2', open.nextNumber),
        { number: open.nextNumber, body: redForm() },
      ],
    ],
    [
      'LAYOUT_INVALID',
      'a button gets an action',
      (open: OpenForgery) => [changedField(open, 'signet-place-b2', { A: dict({ S: name('URI') }) })],
    ],
    [
      'LAYOUT_INVALID',
      'a button is hidden',
      (open: OpenForgery) => [changedField(open, 'signet-place-b2', { F: 134 })],
    ],
    [
      'LAYOUT_INVALID',
      'a button loses its read-only flag',
      (open: OpenForgery) => [changedField(open, 'signet-place-b2', { Ff: 65_536 })],
    ],
    [
      'LAYOUT_INVALID',
      'a button claims another page',
      (open: OpenForgery) => [changedField(open, 'signet-place-b2', { P: pageRef(open, 2) })],
    ],
    [
      'LAYOUT_INVALID',
      'a page forgets its widgets',
      (open: OpenForgery) => [changedObject(open, pageRef(open, 1), { Annots: undefined })],
    ],
    [
      'LAYOUT_INVALID',
      'a lock is emptied',
      (open: OpenForgery) => [
        changedObject(open, fieldNamed(open.file, 'signet-party-B').dict.entries.get('Lock'), { Fields: [] }),
      ],
    ],
    [
      'DUPLICATE_FIELD_NAME',
      'a name is given twice',
      (open: OpenForgery) => addedField(open, '<< /FT /Tx /T (signet-party-B) /Subtype /Widget /Rect [0 0 9 9] >>'),
    ],
  ] as const)('gives %s when, before the first signature, %s', async (code, _, forge) => {
    const forged = appendUpdate(files.fresh.bytes, forge);
    const signed = await signAs(
      files.authority,
      { bytes: forged, layout: layoutBehind(forged, files.fresh.layout) },
      'A',
    );

    expect(await files.problemsOf(signed.bytes)).toContain(code);
  });
});
