/** The two changes that signing makes to what was laid out. */
import type { PdfFile } from '../syntax/file.ts';
import { equalObjects, isDict, isRef, isStream, type PdfObject, type PdfRef, withEntries } from '../syntax/objects.ts';

/** A field that was filled as it should be, and the new objects that it shows. */
export interface FilledField {
  /** Object number. */
  readonly number: number;
  /** Absent for an invisible signature, which keeps its empty one. */
  readonly appearance?: PdfRef;
  readonly signature?: PdfRef;
}

export interface Change {
  readonly number: number;
  readonly before: PdfObject;
  readonly after: PdfObject;
}

/** A signature field without a value, whose only change is a value and an appearance. */
export function filledSignature({ number, before, after }: Change): FilledField | undefined {
  if (!isDict(before) || !isDict(after) || before.entries.has('V')) return undefined;
  const signature = after.entries.get('V');
  const appearance = soleEntry(after.entries.get('AP'), 'N');
  const rest = { V: undefined, AP: undefined };
  const same = equalObjects(withEntries(before, rest), withEntries(after, rest));
  if (!same || !isRef(signature)) return undefined;
  if (equalObjects(before.entries.get('AP'), after.entries.get('AP'))) return { number, signature };
  return isRef(appearance) ? { number, signature, appearance } : undefined;
}

/** A button whose only change is the form of its one state, which was empty. */
export function filledButton(
  { number, before, after }: Change,
  file: PdfFile,
  revision: number,
): FilledField | undefined {
  if (!isDict(before) || !isDict(after)) return undefined;
  const old = file.resolveAt(revision - 1, stateForm(before.entries.get('AP')));
  const appearance = stateForm(after.entries.get('AP'));
  const rest = { AP: undefined };
  const wasEmpty = isStream(old) && old.raw.length === 0;
  const same = equalObjects(withEntries(before, rest), withEntries(after, rest));
  return same && wasEmpty && isRef(appearance) ? { number, appearance } : undefined;
}

/** The form of a button's appearance that has exactly the state S. */
export function stateForm(appearance: PdfObject | undefined): PdfObject | undefined {
  return soleEntry(soleEntry(appearance, 'N'), 'S');
}

/** The value of a dictionary that has this key and no other. */
export function soleEntry(object: PdfObject | undefined, key: string): PdfObject | undefined {
  return isDict(object) && object.entries.size === 1 ? object.entries.get(key) : undefined;
}

/** Which entries differ, for reports. */
export function changedKeys({ before, after }: Change): string {
  if (!isDict(before) || !isDict(after)) return 'is another object';
  const keys = new Set([...before.entries.keys(), ...after.entries.keys()]);
  const changed = [...keys].filter((key) => !equalObjects(before.entries.get(key), after.entries.get(key)));
  return changed.length === 0 ? 'was written again' : `changes ${changed.map((key) => `/${key}`).join(', ')}`;
}
