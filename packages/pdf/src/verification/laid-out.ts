/** What was laid out before the first signature: whose fields and places there are, and whether they were still empty. */
import { parseFieldName } from '../layout/field-names.ts';
import type { PdfFile } from '../syntax/file.ts';
import { type FormField, formFields } from '../syntax/form-fields.ts';
import { isArray, isDict, isName, isRef, isStream, isString, type PdfDict, type PdfObject } from '../syntax/objects.ts';
import { decodeTextString } from '../syntax/text-string.ts';
import { soleEntry, stateForm } from './filled-field.ts';
import type { DocumentProblemCode, Problem } from './problem.ts';

export interface LaidOut {
  /** By object number of the signature field. */
  readonly parties: ReadonlyMap<number, LaidOutPartyField>;
  /** By object number of the button. */
  readonly buttons: ReadonlyMap<number, LaidOutButton>;
  readonly problems: readonly Problem[];
}

export interface LaidOutPartyField {
  readonly partyId: string;
  readonly fieldName: string;
  /** Names of the buttons that its signature will lock. */
  readonly locked: readonly string[];
}

export interface LaidOutButton {
  readonly name: string;
  /** Object number of the owner's field. */
  readonly owner: number | undefined;
}

type LayoutProblem = Problem<DocumentProblemCode>;

const WIDGET_KEYS = ['Type', 'Subtype', 'Rect', 'P', 'F', 'FT', 'T', 'AP'];
const FIELD_KEYS = new Set([...WIDGET_KEYS, 'TU', 'Lock']);
const BUTTON_KEYS = new Set([...WIDGET_KEYS, 'Ff', 'AS']);

export function readLaidOut(file: PdfFile, revision: number, generation: number): LaidOut {
  const fields = formFields(file, revision);
  const own = fields.filter((field) => field.topLevel && isOwnField(field, generation));
  const partyFields = own.filter((field) => field.type === 'Sig');
  const buttonFields = own.filter((field) => field.type === 'Btn');
  const parties = new Map(partyFields.map((field) => [field.ref.number, readParty(file, revision, field)]));
  const ownerOf = owners(parties);
  const buttons = new Map(buttonFields.map(({ ref, name }) => [ref.number, { name, owner: ownerOf.get(name) }]));

  const onPages = widgetPages(file, revision);
  const check = { file, revision, onPages };
  const problems = [
    ...duplicateNames(fields, revision, generation),
    ...partyFields.flatMap((field) =>
      checkWidget(field, FIELD_KEYS, soleEntry(field.dict.entries.get('AP'), 'N'), check),
    ),
    ...buttonFields.flatMap((field) => [
      ...checkWidget(field, BUTTON_KEYS, stateForm(field.dict.entries.get('AP')), check),
      ...checkButton(field, check),
    ]),
    ...checkLocks(parties, buttons, revision),
  ];
  return { parties, buttons, problems };
}

function isOwnField({ name, type }: FormField, generation: number): boolean {
  const own = parseFieldName(name);
  return own?.generation === generation && type === (own.kind === 'party' ? 'Sig' : 'Btn');
}

function readParty(file: PdfFile, revision: number, { name, dict }: FormField): LaidOutPartyField {
  const lock = file.resolveAt(revision, dict.entries.get('Lock'));
  const locked = isDict(lock) ? fieldNames(lock.entries.get('Fields')) : [];
  return { partyId: parseFieldName(name)?.id ?? '', fieldName: name, locked };
}

/** The names in a /Fields array of a lock or of transform parameters. */
export function fieldNames(object: PdfObject | undefined): string[] {
  return isArray(object) ? object.filter(isString).map(decodeTextString) : [];
}

/** The field of the party that locks each name. */
function owners(parties: ReadonlyMap<number, LaidOutPartyField>): Map<string, number> {
  const pairs = Array.from(parties, ([number, { locked }]) => locked.map((name) => [name, number] as const));
  return new Map(pairs.flat());
}

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => seen.size === seen.add(name).size);
}

/** Fields of others may have whatever names they had in the base. */
function duplicateNames(fields: readonly FormField[], revision: number, generation: number): LayoutProblem[] {
  const names = fields.filter(({ dict }) => dict.entries.has('T')).map(({ name }) => name);
  return repeated(names.filter((name) => parseFieldName(name)?.generation === generation)).map((name) => ({
    code: 'DUPLICATE_FIELD_NAME',
    detail: `two fields are named ${name}`,
    revision,
  }));
}

function checkLocks(
  parties: ReadonlyMap<number, LaidOutPartyField>,
  buttons: ReadonlyMap<number, LaidOutButton>,
  revision: number,
): LayoutProblem[] {
  const named = [...parties.values()].flatMap(({ locked }) => locked);
  const existing = new Set([...buttons.values()].map(({ name }) => name));
  const twice = repeated(named).map((name) => `${name} is locked twice`);
  const unknown = named.filter((name) => !existing.has(name)).map((name) => `${name} is locked but missing`);
  const unowned = [...buttons.values()]
    .filter(({ owner }) => owner === undefined)
    .map(({ name }) => `${name} has no owner`);
  return [...twice, ...unknown, ...unowned].map((detail) => ({ code: 'LAYOUT_INVALID', detail, revision }));
}

interface WidgetCheck {
  readonly file: PdfFile;
  readonly revision: number;
  /** Object numbers of the pages that show a widget, by its object number. */
  readonly onPages: ReadonlyMap<number, readonly number[]>;
}

function checkWidget(
  field: FormField,
  keys: ReadonlySet<string>,
  form: PdfObject | undefined,
  check: WidgetCheck,
): LayoutProblem[] {
  const { entries } = field.dict;
  const { revision } = check;
  const invalid = (detail: string): LayoutProblem => ({
    code: 'LAYOUT_INVALID',
    detail: `${field.name} ${detail}`,
    revision,
  });
  const problems: LayoutProblem[] = [];
  const page = entries.get('P');
  const shownOn = check.onPages.get(field.ref.number) ?? [];
  const foreignKey = [...entries.keys()].find((key) => !keys.has(key));

  if (foreignKey) problems.push(invalid(`has /${foreignKey}`));
  if (entries.get('F') !== 132) problems.push(invalid('is not printed and locked'));
  if (!isRef(page) || shownOn.length !== 1 || shownOn[0] !== page.number)
    problems.push(invalid('is not on exactly its page'));
  if (!isEmptyForm(form, check)) {
    problems.push({ code: 'SEAL_FILLED_EARLY', detail: `${field.name} was filled before its owner signed`, revision });
  }
  return problems;
}

function checkButton({ name, dict }: FormField, { revision }: WidgetCheck): LayoutProblem[] {
  const sound = dict.entries.get('Ff') === 65_537 && isName(dict.entries.get('AS'), 'S');
  return sound ? [] : [{ code: 'LAYOUT_INVALID', detail: `${name} is no read-only push button in state S`, revision }];
}

function isEmptyForm(form: PdfObject | undefined, { file, revision }: WidgetCheck): boolean {
  const stream = file.resolveAt(revision, form);
  return isStream(stream) && stream.raw.length === 0;
}

function widgetPages(file: PdfFile, revision: number): Map<number, number[]> {
  const pages = new Map<number, number[]>();
  for (const page of file.pagesAt(revision)) {
    for (const widget of annotations(file, revision, page.dict)) {
      const list = pages.get(widget) ?? [];
      list.push(page.ref.number);
      pages.set(widget, list);
    }
  }
  return pages;
}

function annotations(file: PdfFile, revision: number, page: PdfDict): number[] {
  const list = file.resolveAt(revision, page.entries.get('Annots'));
  return isArray(list) ? list.filter(isRef).map(({ number }) => number) : [];
}
