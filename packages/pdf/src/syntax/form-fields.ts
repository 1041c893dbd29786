/** The fields of the interactive form (ISO 32000-2 §12.7.4), walked without recursion. */
import { PdfError } from '../errors.ts';
import type { PdfFile } from './file.ts';
import { isArray, isDict, isName, isRef, isString, type PdfDict, type PdfObject, type PdfRef } from './objects.ts';
import { decodeTextString } from './text-string.ts';

export interface FormField {
  readonly ref: PdfRef;
  /** Fully qualified. */
  readonly name: string;
  /** `/FT`, possibly inherited. */
  readonly type: string | undefined;
  readonly dict: PdfDict;
  /** True for the entries of the form's own list. */
  readonly topLevel: boolean;
}

interface Pending {
  readonly ref: PdfRef;
  readonly parent: FormField | undefined;
}

/** Every field and nameless widget below the form at the revision. */
export function formFields(file: PdfFile, revision: number): FormField[] {
  const form = file.resolveAt(revision, file.catalogAt(revision).entries.get('AcroForm'));
  const fields: FormField[] = [];
  const seen = new Set<number>();
  const pending = isDict(form) ? children(file.resolveAt(revision, form.entries.get('Fields')), undefined) : [];

  for (let next = pending.pop(); next; next = pending.pop()) {
    const { ref, parent } = next;
    if (seen.has(ref.number)) throw new PdfError('CYCLE', `form field ${ref.number} occurs twice`);
    seen.add(ref.number);
    const dict = file.resolveAt(revision, ref);
    if (!isDict(dict)) continue;
    const field = readField(ref, dict, parent);
    fields.push(field);
    pending.push(...children(file.resolveAt(revision, dict.entries.get('Kids')), field));
  }
  return fields;
}

function children(list: PdfObject, parent: FormField | undefined): Pending[] {
  if (!isArray(list)) return [];
  return list
    .filter(isRef)
    .map((ref) => ({ ref, parent }))
    .reverse();
}

function readField(ref: PdfRef, dict: PdfDict, parent: FormField | undefined): FormField {
  const partial = dict.entries.get('T');
  const own = isString(partial) ? decodeTextString(partial) : undefined;
  const name = [parent?.name, own].filter((part) => part !== undefined).join('.');
  const type = dict.entries.get('FT');
  return { ref, name, dict, type: isName(type) ? type.value : parent?.type, topLevel: parent === undefined };
}
