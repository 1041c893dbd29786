/** What the base file's form, signatures and permissions mean for laying out (ISO 32000-2 §12.7.3, §12.8.2). */
import { certifiedPermission } from '../document/certification.ts';
import { PdfError } from '../errors.ts';
import type { PdfFile } from '../syntax/file.ts';
import { type FormField, formFields } from '../syntax/form-fields.ts';
import type { IncrementObject } from '../syntax/increment.ts';
import {
  dict,
  isArray,
  isDict,
  isRef,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  ref,
  withEntries,
} from '../syntax/objects.ts';
import { writeDict } from '../syntax/serializer.ts';
import { unusedGeneration } from './field-names.ts';

export type LayoutWarning =
  | 'EXISTING_SIGNATURES'
  | 'CERTIFIED_FORM_FILLING'
  | 'NEED_APPEARANCES_REMOVED'
  | 'OUTSIDE_PAGE';

/** SignaturesExist and AppendOnly. */
const SIGNATURE_FLAGS = 3;

export interface BaseForm {
  readonly dict: PdfDict;
  /** Where the form is written: its own object, or a new one that the catalog must then name. */
  readonly ref: PdfRef | undefined;
  /** Of the names that our fields get. */
  readonly generation: number;
  readonly warnings: readonly LayoutWarning[];
}

export function readBaseForm(file: PdfFile): BaseForm {
  const entry = file.catalog.entries.get('AcroForm');
  const resolved = file.resolve(entry);
  const form = isDict(resolved) ? resolved : dict({});
  if (form.entries.has('XFA')) throw new PdfError('UNSUPPORTED', 'the file is an XFA form');

  const generation = unusedGeneration(file);
  if (generation === undefined)
    throw new PdfError('UNSUPPORTED', 'the file has a field name that leaves none for ours');

  const fields = formFields(file, file.last);
  const warnings: LayoutWarning[] = [];
  if (hasSignatures(fields)) warnings.push('EXISTING_SIGNATURES');
  if (file.resolve(form.entries.get('NeedAppearances')) === true) warnings.push('NEED_APPEARANCES_REMOVED');
  const permission = certifiedPermission(file);
  if (permission === 1) throw new PdfError('CERTIFIED', 'the file is certified against every change');
  if (permission !== undefined) warnings.push('CERTIFIED_FORM_FILLING');
  return {
    dict: form,
    ref: isRef(entry) && isDict(resolved) ? entry : undefined,
    generation,
    warnings,
  };
}

function hasSignatures(fields: readonly FormField[]): boolean {
  return fields.some((field) => field.type === 'Sig' && field.dict.entries.has('V'));
}

/** The form with our fields added, and the catalog when it must name the form anew. */
export function extendedForm(
  file: PdfFile,
  form: BaseForm,
  fields: readonly PdfRef[],
  nextNumber: () => number,
): IncrementObject[] {
  const existing = file.resolve(form.dict.entries.get('Fields'));
  const all: PdfObject[] = [...(isArray(existing) ? existing : []), ...fields];
  const body = writeDict(
    withEntries(form.dict, { Fields: all, SigFlags: SIGNATURE_FLAGS, NeedAppearances: undefined }),
  );
  if (form.ref) return [{ ...form.ref, body }];

  const root = file.trailer.entries.get('Root');
  if (!isRef(root)) throw new PdfError('MALFORMED', 'trailer without /Root');
  const number = nextNumber();
  const catalog = withEntries(file.catalog, { AcroForm: ref(number) });
  return [
    { ...root, body: writeDict(catalog) },
    { number, body },
  ];
}
