/** Finds what would run when a file is opened (ISO 32000-2 §12.6): a contract must show everybody the same, and do nothing. */
import type { PdfFile } from '../syntax/file.ts';
import { isArray, isDict, isName, type PdfDict, type PdfObject } from '../syntax/objects.ts';

/** Actions that only move the view. */
const HARMLESS = new Set(['GoTo', 'Named', 'Thread', 'Trans']);
/** Worse than a click should do. */
const NEVER = new Set(['Launch', 'ImportData', 'SubmitForm', 'RichMediaExecute']);
/** Players and embedded programs. */
const PLAYERS = new Set(['RichMedia', 'Movie', 'Screen', 'Sound', '3D']);
/** Annotation events without a person's hand: page open, close, visible, invisible. */
const PAGE_EVENTS = ['PO', 'PC', 'PV', 'PI'];
const MOST_CHAINED = 64;
const MOST_FINDINGS = 20;

type Collect = (finding: string) => void;

export function findActiveContent(file: PdfFile): string[] {
  const findings = new Set<string>();
  const collect: Collect = (finding) => {
    if (findings.size < MOST_FINDINGS) {
      findings.add(finding);
    }
  };
  const { entries } = file.catalog;

  reportActions(file, entries.get('OpenAction'), (action) => collect(`OpenAction/${action}`));
  reportEvents(file, entries.get('AA'), (action) => collect(`AA/${action}`));
  const names = file.resolve(entries.get('Names'));
  if (isDict(names) && hasNames(file, names.entries.get('JavaScript'))) {
    collect('Names/JavaScript');
  }
  for (const page of file.pages) {
    reportEvents(file, page.dict.entries.get('AA'), (action) => collect(`Page/AA/${action}`));
    const annotations = file.resolve(page.dict.entries.get('Annots'));
    for (const item of isArray(annotations) ? annotations : []) {
      reportAnnotation(file, file.resolve(item), collect);
    }
  }
  return [...findings];
}

function reportAnnotation(file: PdfFile, annotation: PdfObject, collect: Collect): void {
  if (!isDict(annotation)) {
    return;
  }
  const subtype = file.resolve(annotation.entries.get('Subtype'));
  if (isName(subtype) && PLAYERS.has(subtype.value)) {
    collect(`Annot/${subtype.value}`);
  }
  for (const action of actionsOf(file, annotation.entries.get('A'))) {
    if (NEVER.has(action)) {
      collect(`Annot/A/${action}`);
    }
  }
  reportEvents(file, annotation.entries.get('AA'), (action) => collect(`Annot/AA/${action}`), PAGE_EVENTS);
}

/** The additional actions of a dictionary, or only those of the named events. */
function reportEvents(
  file: PdfFile,
  object: PdfObject | undefined,
  collect: Collect,
  events?: readonly string[],
): void {
  const additional = file.resolve(object);
  if (isDict(additional)) {
    for (const [event, action] of additional.entries) {
      if (!events || events.includes(event)) {
        reportActions(file, action, collect);
      }
    }
  }
}

function reportActions(file: PdfFile, object: PdfObject | undefined, collect: Collect): void {
  for (const action of actionsOf(file, object)) {
    if (!HARMLESS.has(action)) {
      collect(action);
    }
  }
}

/** The types of an action and of all that follow it; a destination is no action. */
function actionsOf(file: PdfFile, object: PdfObject | undefined): string[] {
  const types: string[] = [];
  const seen = new Set<PdfDict>();
  const pending: (PdfObject | undefined)[] = [object];
  while (pending.length > 0 && seen.size < MOST_CHAINED) {
    const action = file.resolve(pending.pop());
    if (!isDict(action) || seen.has(action)) {
      continue;
    }
    seen.add(action);
    const type = file.resolve(action.entries.get('S'));
    if (isName(type)) {
      types.push(type.value);
    }
    const next = file.resolve(action.entries.get('Next'));
    pending.push(...(isArray(next) ? next.slice(0, MOST_CHAINED) : [next]));
  }
  return seen.size < MOST_CHAINED ? types : [...types, 'TooManyActions'];
}

/** Whether a name tree holds anything. */
function hasNames(file: PdfFile, object: PdfObject | undefined): boolean {
  const tree = file.resolve(object);
  if (!isDict(tree)) {
    return false;
  }
  return ['Names', 'Kids'].some((key) => {
    const list = file.resolve(tree.entries.get(key));
    return isArray(list) && list.length > 0;
  });
}
