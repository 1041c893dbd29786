/**
 * The strict difference policy: after the layout each revision holds one signature and its party's appearances, or validation
 * data, and nothing else.
 */
import { PdfError } from '../errors.ts';
import type { PdfFile } from '../syntax/file.ts';
import { type PlacedObject, readIncrement } from '../syntax/increment-reader.ts';
import { isDict, isRef } from '../syntax/objects.ts';
import { type Change, changedKeys, type FilledField, filledButton, filledSignature } from './filled-field.ts';
import type { LaidOut, LaidOutPartyField } from './laid-out.ts';
import { newObjectProblems } from './new-objects.ts';
import type { Problem, RevisionProblemCode } from './problem.ts';
import { trailerProblem } from './trailer-check.ts';
import { addsValidationData, validationDataProblems } from './validation-data.ts';
import { meaningReader, type ObjectMeaning } from './what-changed.ts';

export interface RevisionFinding {
  readonly revision: number;
  /** The party that signed here; undefined when it is not exactly one, or when validation data was added. */
  readonly signed: LaidOutPartyField | undefined;
  readonly problems: readonly RevisionProblem[];
}

type RevisionProblem = Problem<RevisionProblemCode>;

/** What goes on from revision to revision. */
export interface RevisionHistory {
  readonly file: PdfFile;
  readonly laidOut: LaidOut;
  /** The highest number that the document used or referred to so far. */
  highestNumber: number;
}

/** What one revision is judged by. */
interface Context {
  readonly file: PdfFile;
  readonly laidOut: LaidOut;
  readonly revision: number;
  readonly meaningOf: (number: number) => ObjectMeaning;
}

/** A revision with more forbidden changes than this is not described to the end. */
const MAX_DESCRIBED = 100;

export function checkRevision(history: RevisionHistory, revision: number): RevisionFinding {
  const { file, laidOut } = history;
  const context = { file, laidOut, revision, meaningOf: meaningReader(file, revision - 1) };
  try {
    const objects = readIncrement(file, revision);
    const finding = judge(context, objects, history.highestNumber);
    const size = Number(file.revisions[revision]?.trailer.entries.get('Size'));
    history.highestNumber = Math.max(history.highestNumber, size - 1);
    return finding;
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    const structure: RevisionProblem = { code: 'REVISION_STRUCTURE', detail: error.message, revision };
    return { revision, signed: undefined, problems: [...visibleChanges(context), structure] };
  }
}

function judge(context: Context, objects: readonly PlacedObject[], highestNumber: number): RevisionFinding {
  const { file, laidOut, revision } = context;
  const existing = objects.filter(({ number }) => file.entryAt(revision - 1, number));
  const added = objects.filter(({ number }) => !file.entryAt(revision - 1, number));
  const [first] = existing;
  if (first && existing.length === 1 && isValidationUpdate(context, first)) {
    return judgeValidationData(context, first, added, highestNumber);
  }
  const changes = existing.map((object) => judgeChange(context, object));
  const filled = changes.flatMap((change) => ('filled' in change ? [change.filled] : []));
  const signers = filled.flatMap(({ number, signature }) => (signature ? [number] : []));
  const party = signers.length === 1 ? laidOut.parties.get(signers[0] ?? -1) : undefined;

  const problems = [
    ...trailerProblems(context),
    ...changes.flatMap((change) => ('problem' in change ? [change.problem] : [])),
    ...ownershipProblems(context, filled, signers),
    ...definedLate(added, highestNumber, revision),
    ...newObjectProblems(file, revision, { added, filled, party }),
    ...signerCountProblems(signers.length, revision),
  ];
  return { revision, signed: party, problems };
}

function isValidationUpdate({ file, revision }: Context, { number, object }: PlacedObject): boolean {
  const root = file.revisions[revision]?.trailer.entries.get('Root');
  return isRef(root) && root.number === number && addsValidationData(file.currentAt(revision - 1, number), object);
}

function judgeValidationData(
  context: Context,
  catalog: PlacedObject,
  added: readonly PlacedObject[],
  highestNumber: number,
): RevisionFinding {
  const { revision } = context;
  const foreign = isDict(catalog.object) ? validationDataProblems(catalog.object, added) : [];
  const problems: RevisionProblem[] = [
    ...trailerProblems(context),
    ...definedLate(added, highestNumber, revision),
    ...foreign.map((detail) => ({ code: 'UNREACHABLE_OBJECT' as const, detail, revision })),
  ];
  return { revision, signed: undefined, problems };
}

function trailerProblems({ file: { revisions }, revision }: Context): RevisionProblem[] {
  const [before, after] = [revisions[revision - 1], revisions[revision]];
  const detail = before && after && trailerProblem(before, after);
  return detail ? [{ code: 'TRAILER_CHANGED', detail, revision }] : [];
}

type Judgement = { readonly filled: FilledField } | { readonly problem: RevisionProblem };

function judgeChange(context: Context, { number, object }: PlacedObject): Judgement {
  const { file, laidOut, revision } = context;
  const change: Change = { number, before: file.currentAt(revision - 1, number), after: object };
  const party = laidOut.parties.get(number);
  const button = laidOut.buttons.get(number);
  const filled = (party && filledSignature(change)) ?? (button && filledButton(change, file, revision));
  if (filled) return { filled };
  if (party)
    return { problem: { code: 'FIELD_CHANGED', detail: `${party.fieldName} ${changedKeys(change)}`, revision } };
  if (button) return { problem: { code: 'SEAL_CHANGED', detail: `${button.name} ${changedKeys(change)}`, revision } };
  return { problem: forbiddenChange(context, number) };
}

function forbiddenChange({ revision, meaningOf }: Context, number: number): RevisionProblem {
  const { code, detail } = meaningOf(number);
  return { code, detail: `${detail} was changed`, revision };
}

/** Buttons that were filled by another than the party that locks them. */
function ownershipProblems(
  { laidOut, revision }: Context,
  filled: readonly FilledField[],
  signers: readonly number[],
): RevisionProblem[] {
  return filled.flatMap(({ number }) => {
    const button = laidOut.buttons.get(number);
    if (!button || (button.owner !== undefined && signers.includes(button.owner))) return [];
    return [
      { code: 'SEAL_NOT_OWNED' as const, detail: `${button.name} was filled by another than its owner`, revision },
    ];
  });
}

/** A number that content spoke of before it existed would change that content now. */
function definedLate(added: readonly PlacedObject[], highestNumber: number, revision: number): RevisionProblem[] {
  return added
    .filter(({ number }) => number <= highestNumber)
    .map(({ number }) => ({
      code: 'REFERENCED_OBJECT_DEFINED' as const,
      detail: `object ${number} could be referred to before it was defined`,
      revision,
    }));
}

function signerCountProblems(count: number, revision: number): RevisionProblem[] {
  if (count === 0) return [{ code: 'REVISION_UNSIGNED', detail: 'an update without a signature of its own', revision }];
  return count === 1 ? [] : [{ code: 'SEVERAL_SIGNATURES', detail: `${count} signatures in one revision`, revision }];
}

/** For a revision whose bytes are not as they should be: what its cross-reference section changes all the same. */
function visibleChanges(context: Context): RevisionProblem[] {
  const { file, revision } = context;
  const known = [...(file.revisions[revision]?.entries ?? [])]
    .filter(([number]) => number !== 0 && file.entryAt(revision - 1, number))
    .slice(0, MAX_DESCRIBED);
  return known.map(([number, entry]) => {
    if (entry.type !== 'free') return forbiddenChange(context, number);
    return { code: 'OBJECT_FREED', detail: `${context.meaningOf(number).detail} was removed`, revision };
  });
}
