/** The signatures of a file: those that its form shows, and those of our parties that it once had. */
import { type OwnName, ownTitle, parseFieldName } from '../layout/field-names.ts';
import type { PdfFile } from '../syntax/file.ts';
import { formFields } from '../syntax/form-fields.ts';
import { isDict, isName, isRef, type PdfDict, type PdfObject } from '../syntax/objects.ts';

export interface SignatureField {
  readonly fieldName: string;
  /** Absent for a signature that is not one of our parties'. */
  readonly own: OwnName | undefined;
  readonly dict: PdfDict;
  /** The revision that wrote the signature dictionary. */
  readonly revision: number;
  /** The dictionary stands in the file itself, not in an object stream. */
  readonly inFile: boolean;
}

/** Signatures in the order of their revisions; of our own only the newest layout's count as our parties'. */
export function signatureFields(file: PdfFile): SignatureField[] {
  const shown = formFields(file, file.last)
    .filter((field) => field.type === 'Sig')
    .flatMap((field) => signatureAt(file, file.last, field.name, field.dict.entries.get('V')));
  const all = new Map<PdfDict, SignatureField>();
  for (const signature of [...shown, ...partySignaturesOfHistory(file)]) {
    if (!all.has(signature.dict)) all.set(signature.dict, signature);
  }
  const generation = Math.max(0, ...Array.from(all.values(), ({ own }) => own?.generation ?? 0));
  return [...all.values()]
    .map((signature) => (signature.own?.generation === generation ? signature : { ...signature, own: undefined }))
    .sort((left, right) => left.revision - right.revision);
}

/** Every signature that an increment gave to a field of ours, whatever later increments did to the field. */
function partySignaturesOfHistory(file: PdfFile): SignatureField[] {
  const found: SignatureField[] = [];
  for (let revision = 1; revision <= file.last; revision++) {
    file.forEachWritten(revision, (object) => found.push(...partySignature(file, revision, object)));
  }
  return found;
}

function partySignature(file: PdfFile, revision: number, object: PdfObject): SignatureField[] {
  if (!isDict(object) || !isName(object.entries.get('FT'), 'Sig')) return [];
  const fieldName = ownTitle(object);
  return parseFieldName(fieldName)?.kind === 'party'
    ? signatureAt(file, revision, fieldName, object.entries.get('V'))
    : [];
}

function signatureAt(
  file: PdfFile,
  revision: number,
  fieldName: string,
  value: PdfObject | undefined,
): SignatureField[] {
  const dict = file.resolveAt(revision, value);
  if (!isDict(dict)) return [];
  const own = parseFieldName(fieldName);
  const found = isRef(value) ? file.entryAt(revision, value.number) : undefined;
  return [
    {
      fieldName,
      own: own?.kind === 'party' ? own : undefined,
      dict,
      revision: found?.revision ?? revision,
      inFile: found?.entry.type === 'offset',
    },
  ];
}
