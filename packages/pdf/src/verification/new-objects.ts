/** New objects of a signing revision: the signature dictionary, and forms that only the filled fields show. */
import type { PdfFile } from '../syntax/file.ts';
import type { PlacedObject } from '../syntax/increment-reader.ts';
import {
  equalObjects,
  forEachRef,
  isArray,
  isDict,
  isName,
  type PdfDict,
  type PdfObject,
  type PdfRef,
} from '../syntax/objects.ts';
import { appearanceProblem } from './appearance-check.ts';
import { fieldNames, type LaidOutPartyField } from './laid-out.ts';
import type { Problem, RevisionProblemCode } from './problem.ts';

type RevisionProblem = Problem<RevisionProblemCode>;

export interface NewObjects {
  readonly added: readonly PlacedObject[];
  readonly filled: readonly { readonly appearance?: PdfRef; readonly signature?: PdfRef }[];
  readonly party: LaidOutPartyField | undefined;
}

const SIGNATURE_KEYS = new Set([
  'Type',
  'Filter',
  'SubFilter',
  'ByteRange',
  'Contents',
  'Reference',
  'M',
  'Name',
  'Reason',
  'Location',
  'ContactInfo',
  'Prop_Build',
]);

export function newObjectProblems(
  file: PdfFile,
  revision: number,
  { added, filled, party }: NewObjects,
): RevisionProblem[] {
  const objects = new Map(added.map(({ number, generation, object }) => [number, { generation, object }]));
  const problem = (code: RevisionProblemCode, detail: string): RevisionProblem => ({ code, detail, revision });
  const problems: RevisionProblem[] = [];
  const reached = new Set<number>();

  for (const { signature } of filled) {
    if (!signature) continue;
    reached.add(signature.number);
    const detail = signatureProblem(file, revision, objects.get(signature.number)?.object, party);
    if (detail) problems.push(problem('FIELD_CHANGED', detail));
  }
  const pending = filled.flatMap(({ appearance }) => (appearance ? [appearance] : []));
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (reached.has(next.number) && objects.has(next.number)) continue;
    reached.add(next.number);
    const found = objects.get(next.number);
    const detail = found ? appearanceProblem(found.object) : 'is not new';
    if (detail) problems.push(problem('APPEARANCE_FORBIDDEN', `object ${next.number} in an appearance ${detail}`));
    if (found) forEachRef(found.object, (target) => pending.push(target));
  }
  const unreached = added.filter(({ number, generation }) => !reached.has(number) || generation !== 0);
  return [
    ...problems,
    ...unreached.map(({ number }) => problem('UNREACHABLE_OBJECT', `new object ${number} belongs to no signature`)),
  ];
}

/** What is wrong with the dictionary as part of this revision; its mathematics is checked elsewhere. */
function signatureProblem(
  file: PdfFile,
  revision: number,
  object: PdfObject | undefined,
  party: LaidOutPartyField | undefined,
): string | undefined {
  if (!isDict(object) || !isName(object.entries.get('Type'), 'Sig')) return 'a field points to no new signature';
  const foreign = [...object.entries.keys()].find((key) => !SIGNATURE_KEYS.has(key));
  if (foreign) return `the signature has /${foreign}`;
  const root = file.revisions[revision]?.trailer.entries.get('Root');
  let outside = false;
  forEachRef(object, (target) => {
    outside ||= !equalObjects(target, root);
  });
  if (outside) return 'the signature refers to other objects';
  return sameNames(lockedBySignature(object), party?.locked ?? [])
    ? undefined
    : 'the signature locks other fields than its field';
}

/** The fields that the signature's FieldMDP transform names. */
function lockedBySignature(signature: PdfDict): string[] {
  const references = signature.entries.get('Reference');
  return (isArray(references) ? references : []).flatMap((reference) => {
    const parameters = isDict(reference) ? reference.entries.get('TransformParams') : undefined;
    return isDict(parameters) && isName(parameters.entries.get('Action'), 'Include')
      ? fieldNames(parameters.entries.get('Fields'))
      : [];
  });
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
  return [...left].sort().join() === [...right].sort().join();
}
