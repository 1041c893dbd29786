/** Does to signed files what a forger would do. */
import type { DocumentLayout } from '../src/layout/document-layout.ts';
import { PdfFile } from '../src/syntax/file.ts';
import { formFields } from '../src/syntax/form-fields.ts';
import { type FileTail, type IncrementObject, writeIncrement } from '../src/syntax/increment.ts';
import {
  dict,
  isArray,
  isDict,
  isRef,
  isStream,
  name,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  ref,
  withEntries,
} from '../src/syntax/objects.ts';
import { highestNumber } from '../src/syntax/references.ts';
import { writeDict, writeEntries, writeObject, writeStream } from '../src/syntax/serializer.ts';

export interface OpenForgery {
  readonly file: PdfFile;
  readonly nextNumber: number;
  /** Catalog. */
  readonly root: PdfRef;
}

/** Appends an update without any signature; its objects may be whatever the forger likes. */
export function appendUpdate(
  bytes: Uint8Array,
  forge: (open: OpenForgery) => IncrementObject[],
  options: { trailer?: Record<string, PdfObject | undefined>; prev?: number } = {},
): Uint8Array {
  const file = PdfFile.open(bytes);
  const nextNumber = highestNumber(file, file.last) + 1;
  const root = file.trailer.entries.get('Root');
  if (!isRef(root)) throw new Error('no root');
  const objects = forge({ file, nextNumber, root });
  const free = Math.max(nextNumber - 1, ...objects.map(({ number }) => number)) + 1;
  const { bytes: increment } = writeIncrement(tailOf(file, options), objects, free);
  return Buffer.concat([bytes, increment]);
}

function tailOf(
  file: PdfFile,
  { trailer = {}, prev }: { trailer?: Record<string, PdfObject | undefined>; prev?: number },
): FileTail {
  const kept = new Map([...file.trailer.entries].filter(([key]) => ['Root', 'Info', 'ID'].includes(key)));
  return {
    length: file.bytes.length,
    startxref: prev ?? lastStartxref(file),
    xrefForm: 'table',
    nextNumber: 0,
    trailer: writeEntries(withEntries({ kind: 'dict', entries: kept }, trailer)),
  };
}

/** Rewrites a field with some entries changed. */
export function changedField(
  { file }: OpenForgery,
  name: string,
  changes: Record<string, PdfObject | undefined>,
): IncrementObject {
  const field = fieldNamed(file, name);
  return { ...field.ref, body: writeDict(withEntries(field.dict, changes)) };
}

export function fieldNamed(file: PdfFile, name: string) {
  const field = formFields(file, file.last).find((each) => each.name === name);
  if (!field) throw new Error(`no field ${name}`);
  return field;
}

/** The object, which must be a dictionary, with some entries changed. */
export function changedObject(
  { file }: OpenForgery,
  target: PdfObject | undefined,
  changes: Record<string, PdfObject | undefined>,
): IncrementObject {
  const dict = file.resolve(target);
  if (!isRef(target) || !isDict(dict)) throw new Error('no indirect dictionary');
  return { ...target, body: writeDict(withEntries(dict as PdfDict, changes)) };
}

/** Overwrites bytes in place, keeping the length. */
export function overwrite(
  bytes: Uint8Array,
  find: string,
  replacement: string,
  from: 'first' | 'last' = 'first',
): Uint8Array {
  if (find.length !== replacement.length) throw new Error('lengths differ');
  const forged = Buffer.from(bytes);
  const at = from === 'first' ? forged.indexOf(find, 0, 'latin1') : forged.lastIndexOf(find, undefined, 'latin1');
  if (at < 0) throw new Error(`${find} not found`);
  forged.write(replacement, at, 'latin1');
  return forged;
}

/** The form with one more field, of the forger's making. */
export function addedField(open: OpenForgery, body: string): IncrementObject[] {
  const form = open.file.catalog.entries.get('AcroForm');
  const dictionary = open.file.resolve(form);
  const fields = isDict(dictionary) ? dictionary.entries.get('Fields') : undefined;
  const list = isArray(fields) ? fields : [];
  return [changedObject(open, form, { Fields: [...list, ref(open.nextNumber)] }), { number: open.nextNumber, body }];
}

/** Gives a button the form. */
export function stamped(open: OpenForgery, button: string, form: number): IncrementObject {
  return changedField(open, button, { AP: dict({ N: dict({ S: ref(form) }) }) });
}

/** The appearance dictionary of a field. */
export function appearanceOf({ file }: OpenForgery, field: string): PdfObject {
  return fieldNamed(file, field).dict.entries.get('AP') ?? null;
}

export function redForm(): Uint8Array {
  const form = dict({ Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 40, 119] });
  return writeStream({ kind: 'stream', dict: form, raw: Buffer.from('1 0 0 rg 0 0 40 119 re f') });
}

export function forgedContent(): Uint8Array {
  const raw = Buffer.from('BT /F1 40 Tf 72 300 Td (I owe you) Tj ET');
  return writeStream({ kind: 'stream', dict: dict({}), raw });
}

/** A page with other content. */
export function forgedPage(open: OpenForgery, number: number): IncrementObject[] {
  return [
    changedObject(open, pageRef(open, number), { Contents: ref(open.nextNumber) }),
    { number: open.nextNumber, body: forgedContent() },
  ];
}

export function pageRef({ file }: OpenForgery, number: number): PdfRef {
  const page = file.pages[number - 1];
  if (!page) throw new Error(`no page ${number}`);
  return page.ref;
}

/** The object of this number as it would be written again. */
export function rewritten(file: PdfFile, number: number): IncrementObject {
  const object = file.currentAt(file.last, number);
  return { number, body: isStream(object) ? writeStream(object) : writeObject(object) };
}

export function lastStartxref(file: PdfFile): number {
  return file.revisions.at(-1)?.startxref ?? 0;
}

/** Appends a classic section of the forger's own making without any object. */
export function withSection(bytes: Uint8Array, rows: string, trailer = ''): Uint8Array {
  const file = PdfFile.open(bytes);
  const kept = ['Size', 'Root', 'Info', 'ID'].flatMap((key) => {
    const value = file.trailer.entries.get(key);
    return value === undefined ? [] : [`/${key} ${writeObject(value)}`];
  });
  const dictionary = `<< ${kept.join(' ')} /Prev ${lastStartxref(file)} ${trailer} >>`;
  const text = `xref\n${rows}trailer\n${dictionary}\nstartxref\n${bytes.length}\n%%EOF\n`;
  return Buffer.concat([bytes, Buffer.from(text, 'latin1')]);
}

/** The layout of a file that was forged behind the platform's back, so that an honest party signs on top of it. */
export function layoutBehind(bytes: Uint8Array, layout: DocumentLayout): DocumentLayout {
  const file = PdfFile.open(bytes);
  const nextNumber = highestNumber(file, file.last) + 1;
  return { ...layout, tail: { ...layout.tail, length: bytes.length, startxref: lastStartxref(file), nextNumber } };
}

/** The last signature's byte range gets other numbers. */
export function withByteRange(bytes: Uint8Array, change: (range: number[]) => readonly number[]): Uint8Array {
  const text = [
    ...Buffer.from(bytes)
      .toString('latin1')
      .matchAll(/\/ByteRange (\[[\d ]+\])/g),
  ].at(-1)?.[1];
  if (!text) throw new Error('no signature');
  const numbers = change(text.slice(1, -1).split(' ').map(Number));
  return overwrite(bytes, text, `[${numbers.join(' ')}]`.padEnd(text.length), 'last');
}
