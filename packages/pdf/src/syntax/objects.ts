/** The object types of ISO 32000-2 §7.3 as plain values. */

export interface PdfName {
  readonly kind: 'name';
  readonly value: string;
}

export interface PdfString {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
  /** Where the token stood, delimiters included, when it was read directly from a file. */
  readonly span?: Span;
}

export interface PdfRef {
  readonly kind: 'ref';
  readonly number: number;
  readonly generation: number;
}

export interface PdfDict {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, PdfObject>;
}

export interface PdfStream {
  readonly kind: 'stream';
  readonly dict: PdfDict;
  /** As stored: still filtered. */
  readonly raw: Uint8Array;
}

export type PdfArray = readonly PdfObject[];

export type PdfObject = null | boolean | number | PdfName | PdfString | PdfRef | PdfDict | PdfStream | PdfArray;

export interface Span {
  readonly start: number;
  readonly end: number;
}

export function name(value: string): PdfName {
  return { kind: 'name', value };
}

export function ref(number: number, generation = 0): PdfRef {
  return { kind: 'ref', number, generation };
}

export function dict(entries: Readonly<Record<string, PdfObject>> | Iterable<readonly [string, PdfObject]>): PdfDict {
  const pairs =
    Symbol.iterator in entries ? (entries as Iterable<readonly [string, PdfObject]>) : Object.entries(entries);
  return { kind: 'dict', entries: new Map(pairs) };
}

/** The dictionary with some entries set, or removed where the value is undefined. */
export function withEntries(base: PdfDict, changes: Readonly<Record<string, PdfObject | undefined>>): PdfDict {
  const entries = new Map(base.entries);
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) entries.delete(key);
    else entries.set(key, value);
  }
  return { kind: 'dict', entries };
}

export function isArray(object: PdfObject | undefined): object is PdfArray {
  return Array.isArray(object);
}

export function isName(object: PdfObject | undefined, value?: string): object is PdfName {
  return isKind(object, 'name') && (value === undefined || object.value === value);
}

export function isString(object: PdfObject | undefined): object is PdfString {
  return isKind(object, 'string');
}

export function isRef(object: PdfObject | undefined): object is PdfRef {
  return isKind(object, 'ref');
}

export function isDict(object: PdfObject | undefined): object is PdfDict {
  return isKind(object, 'dict');
}

export function isStream(object: PdfObject | undefined): object is PdfStream {
  return isKind(object, 'stream');
}

type Tagged = PdfName | PdfString | PdfRef | PdfDict | PdfStream;

function isKind<K extends Tagged['kind']>(
  object: PdfObject | undefined,
  kind: K,
): object is Extract<Tagged, { kind: K }> {
  return typeof object === 'object' && object !== null && !Array.isArray(object) && (object as Tagged).kind === kind;
}

/** Structural equality; where a string was read from does not matter. */
export function equalObjects(left: PdfObject | undefined, right: PdfObject | undefined): boolean {
  if (left === right) return true;
  if (isArray(left)) {
    return (
      isArray(right) && left.length === right.length && left.every((item, index) => equalObjects(item, right[index]))
    );
  }
  if (isName(left)) return isName(right, left.value);
  if (isRef(left)) return isRef(right) && left.number === right.number && left.generation === right.generation;
  if (isString(left)) return isString(right) && equalBytes(left.bytes, right.bytes);
  if (isDict(left)) return isDict(right) && equalDicts(left, right);
  if (isStream(left)) return isStream(right) && equalDicts(left.dict, right.dict) && equalBytes(left.raw, right.raw);
  return false;
}

function equalDicts(left: PdfDict, right: PdfDict): boolean {
  if (left.entries.size !== right.entries.size) return false;
  for (const [key, value] of left.entries) {
    if (!right.entries.has(key) || !equalObjects(value, right.entries.get(key))) return false;
  }
  return true;
}

export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

/** Calls `visit` for every reference inside the object; does not follow them. */
export function forEachRef(object: PdfObject, visit: (ref: PdfRef) => void): void {
  if (isRef(object)) visit(object);
  else if (isArray(object)) for (const item of object) forEachRef(item, visit);
  else if (isDict(object)) for (const value of object.entries.values()) forEachRef(value, visit);
  else if (isStream(object)) forEachRef(object.dict, visit);
}
