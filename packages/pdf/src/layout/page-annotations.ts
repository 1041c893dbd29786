/** Adds widgets to the annotation lists of pages, which may be missing, direct, indirect or shared. */
import type { PdfFile } from '../syntax/file.ts';
import type { IncrementObject } from '../syntax/increment.ts';
import { isArray, isRef, type PdfObject, type PdfRef, withEntries } from '../syntax/objects.ts';
import type { Page } from '../syntax/pages.ts';
import { writeDict, writeObject } from '../syntax/serializer.ts';

/** The objects to rewrite so that each page shows its widgets. */
export function annotatedPages(file: PdfFile, widgets: ReadonlyMap<Page, readonly PdfRef[]>): IncrementObject[] {
  const shared = sharedLists(file.pages);
  return Array.from(widgets, ([page, added]) => annotatedPage(file, page, added, shared));
}

function annotatedPage(
  file: PdfFile,
  page: Page,
  added: readonly PdfRef[],
  shared: ReadonlySet<number>,
): IncrementObject {
  const entry = page.dict.entries.get('Annots');
  const existing = file.resolve(entry);
  const list: PdfObject[] = [...(isArray(existing) ? existing : []), ...added];
  if (isRef(entry) && isArray(existing) && !shared.has(entry.number)) return { ...entry, body: writeObject(list) };
  return { ...page.ref, body: writeDict(withEntries(page.dict, { Annots: list })) };
}

/** A list that several pages use cannot grow without showing the widget on each of them. */
function sharedLists(pages: readonly Page[]): Set<number> {
  const seen = new Set<number>();
  const shared = new Set<number>();
  for (const page of pages) {
    const entry = page.dict.entries.get('Annots');
    if (!isRef(entry)) continue;
    if (seen.has(entry.number)) shared.add(entry.number);
    seen.add(entry.number);
  }
  return shared;
}
