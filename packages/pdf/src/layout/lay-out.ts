/** Lays out every field and seal place before the first signature, as one incremental update. */
import { emptyForm } from '../drawing/form.ts';
import { PdfError } from '../errors.ts';
import { PdfFile } from '../syntax/file.ts';
import { fileTail } from '../syntax/file-tail.ts';
import { type IncrementObject, writeIncrement } from '../syntax/increment.ts';
import type { PdfLimits } from '../syntax/limits.ts';
import { isRef, type PdfDict, type PdfRef } from '../syntax/objects.ts';
import type { Page } from '../syntax/pages.ts';
import { highestNumber } from '../syntax/references.ts';
import { type BaseForm, extendedForm, type LayoutWarning, readBaseForm } from './base-form.ts';
import type { DocumentLayout } from './document-layout.ts';
import { gatheredPages } from './gathered-pages.ts';
import { annotatedPages } from './page-annotations.ts';
import { checkPlan, type LayoutPlan } from './plan.ts';
import { type LayoutContext, layOutParty, type PlacedWidget, reachesOutside } from './widgets.ts';

export interface LaidOutDocument {
  /** To be appended to the base. */
  readonly increment: Uint8Array;
  readonly layout: DocumentLayout;
  readonly warnings: readonly LayoutWarning[];
}

export function layOut(base: Uint8Array, plan: LayoutPlan, limits: Partial<PdfLimits> = {}): LaidOutDocument {
  checkPlan(plan);
  const file = PdfFile.open(base, limits);
  const form = readBaseForm(file);
  const numbers = numberSource(highestNumber(file, file.last) + 1);
  const context: LayoutContext = {
    pages: file.pages,
    generation: form.generation,
    emptyForm: numbers.next(),
    nextNumber: numbers.next,
  };
  const parties = plan.parties.map((party) => layOutParty(party, context));
  const widgets = parties.flatMap((party) => party.widgets);

  const objects = [
    ...extendedForm(
      file,
      form,
      widgets.map((widget) => widget.ref),
      numbers.next,
    ),
    ...pageObjects(file, form, widgets),
    { number: context.emptyForm, body: emptyForm() },
    ...parties.flatMap((party) => party.objects),
  ];
  const tail = fileTail(file);
  const increment = writeIncrement(tail, objects, numbers.next(), !endsWithNewline(base));
  const outside = plan.parties.some((party) => party.places.some((place) => reachesOutside(place, context)));
  return {
    increment: increment.bytes,
    layout: {
      version: 1,
      tail: increment.tail,
      root: rootText(file.trailer),
      emptyForm: context.emptyForm,
      parties: parties.map((party) => party.layout),
    },
    warnings: outside ? [...form.warnings, 'OUTSIDE_PAGE'] : form.warnings,
  };
}

function numberSource(first: number): { next(): number } {
  let number = first;
  return { next: () => number++ };
}

/** What somebody has signed already is not written again where nothing has to change. */
function pageObjects(file: PdfFile, { warnings }: BaseForm, widgets: readonly PlacedWidget[]): IncrementObject[] {
  const annotated = annotatedPages(file, widgetsByPage(widgets));
  const isSigned = warnings.includes('EXISTING_SIGNATURES') || warnings.includes('CERTIFIED_FORM_FILLING');
  if (isSigned) return annotated;
  return [...annotated, ...gatheredPages(file, new Set(annotated.map(({ number }) => number)))];
}

function widgetsByPage(widgets: readonly PlacedWidget[]): Map<Page, PdfRef[]> {
  const byPage = new Map<Page, PdfRef[]>();
  for (const { page, ref } of widgets) {
    const list = byPage.get(page);
    if (list) list.push(ref);
    else byPage.set(page, [ref]);
  }
  return byPage;
}

function rootText(trailer: PdfDict): string {
  const root = trailer.entries.get('Root');
  if (!isRef(root)) throw new PdfError('MALFORMED', 'trailer without /Root');
  return `${root.number} ${root.generation} R`;
}

function endsWithNewline(bytes: Uint8Array): boolean {
  return bytes.at(-1) === 0x0a || bytes.at(-1) === 0x0d;
}
