/** Updates that add validation data, and nothing that anybody sees (ISO 32000-2 §12.8.4.3, ETSI EN 319 142-1 §5.4.2). */
import type { PlacedObject } from '../syntax/increment-reader.ts';
import {
  equalObjects,
  forEachRef,
  isArray,
  isDict,
  isName,
  isStream,
  type PdfDict,
  type PdfObject,
  withEntries,
} from '../syntax/objects.ts';

const STREAM_KEYS = new Set(['Length', 'Filter']);
const DICTIONARY_TYPES = new Set(['DSS', 'VRI']);

/** Whether an update's only change to an old object is another /DSS in the catalog. */
export function addsValidationData(before: PdfObject, after: PdfObject): boolean {
  if (!isDict(before) || !isDict(after) || !after.entries.has('DSS')) return false;
  const rest = { DSS: undefined };
  const same = equalObjects(withEntries(before, rest), withEntries(after, rest));
  return same && !equalObjects(before.entries.get('DSS'), after.entries.get('DSS'));
}

/** What is wrong with the new objects: each must be reached from the /DSS and be nothing but data. */
export function validationDataProblems(catalog: PdfDict, added: readonly PlacedObject[]): string[] {
  const objects = new Map(added.map(({ number, object }) => [number, object]));
  const reached = new Set<number>();
  const pending: PdfObject[] = [catalog.entries.get('DSS') ?? null];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    forEachRef(next, ({ number }) => {
      const object = objects.get(number);
      if (object === undefined || reached.has(number)) return;
      reached.add(number);
      pending.push(object);
    });
  }
  return added
    .filter(({ number, object }) => !reached.has(number) || !isValidationData(object))
    .map(({ number }) => `object ${number} is no validation data`);
}

function isValidationData(object: PdfObject): boolean {
  if (isStream(object)) return [...object.dict.entries.keys()].every((key) => STREAM_KEYS.has(key));
  if (!isDict(object)) return isArray(object);
  const type = object.entries.get('Type');
  return type === undefined || (isName(type) && DICTIONARY_TYPES.has(type.value));
}
