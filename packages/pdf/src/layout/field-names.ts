/** Names of our fields: flat, unique, and telling whose they are and of which layout. `~` never occurs in an id. */
import type { PdfFile } from '../syntax/file.ts';
import { formFields } from '../syntax/form-fields.ts';
import { isDict, isString, type PdfObject } from '../syntax/objects.ts';
import { decodeTextString } from '../syntax/text-string.ts';

const NAME = /^signet-(party|place)-([A-Za-z0-9_-]+)(?:~(\d{1,6}))?$/;
const LAST_GENERATION = 999_999;

export interface OwnName {
  readonly kind: 'party' | 'place';
  readonly id: string;
  /** A document that was laid out, signed and uploaded again is laid out in the next generation. */
  readonly generation: number;
}

export function fieldName(kind: OwnName['kind'], id: string, generation: number): string {
  return `signet-${kind}-${id}${generation === 1 ? '' : `~${generation}`}`;
}

/** Whose field this is; undefined for the fields of others. */
export function parseFieldName(name: string): OwnName | undefined {
  const match = NAME.exec(name);
  if (!match?.[2]) return undefined;
  return { kind: match[1] === 'party' ? 'party' : 'place', id: match[2], generation: Number(match[3] ?? 1) };
}

/** The generation of names that nothing in the file has ever used; undefined when there is none left. */
export function unusedGeneration(file: PdfFile): number | undefined {
  const names = [...formFields(file, file.last).map((field) => field.name), ...writtenNames(file)];
  const used = names.map((name) => parseFieldName(name)?.generation ?? 0);
  const generation = used.reduce((highest, each) => Math.max(highest, each), 0) + 1;
  return generation > LAST_GENERATION ? undefined : generation;
}

/** Names in objects of updates, even where the form has lost them. */
function writtenNames(file: PdfFile): string[] {
  const names: string[] = [];
  for (let revision = 1; revision <= file.last; revision++) {
    file.forEachWritten(revision, (object) => names.push(ownTitle(object)));
  }
  return names;
}

/** The partial name of a field dictionary, or an empty string. */
export function ownTitle(object: PdfObject): string {
  const title = isDict(object) ? object.entries.get('T') : undefined;
  return isString(title) ? decodeTextString(title) : '';
}
