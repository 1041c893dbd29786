/** Names what a forbidden change touched, in the reader's words. */
import type { PdfFile } from '../syntax/file.ts';
import { formFields } from '../syntax/form-fields.ts';
import { isArray, isDict, isName, isRef, type PdfObject } from '../syntax/objects.ts';
import type { RevisionProblemCode } from './problem.ts';

export interface ObjectMeaning {
  readonly code: RevisionProblemCode;
  readonly detail: string;
}

/** What each object of the revision is for, by object number; only those that have a name of their own. */
function objectMeanings(file: PdfFile, revision: number): Map<number, ObjectMeaning> {
  const meanings = new Map<number, ObjectMeaning>();
  const set = (object: PdfObject | undefined, code: RevisionProblemCode, detail: string): void => {
    if (isRef(object) && !meanings.has(object.number)) meanings.set(object.number, { code, detail });
  };
  const catalog = file.catalogAt(revision);
  set(file.revisions[revision]?.trailer.entries.get('Root'), 'CATALOG_CHANGED', 'the catalog');
  set(file.revisions[revision]?.trailer.entries.get('Info'), 'OBJECT_REDEFINED', 'the document information');
  set(catalog.entries.get('AcroForm'), 'FORM_CHANGED', 'the form');
  set(catalog.entries.get('Pages'), 'PAGE_TREE_CHANGED', 'the page tree');

  const form = file.resolveAt(revision, catalog.entries.get('AcroForm'));
  if (isDict(form)) set(form.entries.get('Fields'), 'FORM_CHANGED', 'the list of fields');
  for (const field of formFields(file, revision)) set(field.ref, 'FIELD_CHANGED', `field ${field.name}`);
  for (const page of file.pagesAt(revision)) {
    set(page.ref, 'PAGE_CHANGED', `page ${page.number}`);
    set(page.dict.entries.get('Annots'), 'ANNOTATIONS_CHANGED', `the annotation list of page ${page.number}`);
    set(page.resources, 'PAGE_CONTENT_CHANGED', `the resources of page ${page.number}`);
    const contents = page.dict.entries.get('Contents');
    set(contents, 'PAGE_CONTENT_CHANGED', `the content of page ${page.number}`);
    const parts = file.resolveAt(revision, contents);
    for (const part of isArray(parts) ? parts : [])
      set(part, 'PAGE_CONTENT_CHANGED', `the content of page ${page.number}`);
  }
  return meanings;
}

/** Tells what an object of the revision is for; the whole file is looked at only when first asked. */
export function meaningReader(file: PdfFile, revision: number): (number: number) => ObjectMeaning {
  let meanings: Map<number, ObjectMeaning> | undefined;
  return (number) => {
    meanings ??= objectMeanings(file, revision);
    return meanings.get(number) ?? ownMeaning(file, revision, number);
  };
}

/** What the object is by its own word, when nothing named it. */
function ownMeaning(file: PdfFile, revision: number, number: number): ObjectMeaning {
  const object = file.currentAt(revision, number);
  if (isDict(object) && isName(object.entries.get('Type'), 'Pages')) {
    return { code: 'PAGE_TREE_CHANGED', detail: `page tree node ${number}` };
  }
  return { code: 'OBJECT_REDEFINED', detail: `object ${number}` };
}
