/** The empty widgets of one party (ISO 32000-2 §12.5.6.19, §12.7.5.2, §12.7.5.5). */
import { PdfError } from '../errors.ts';
import type { IncrementObject } from '../syntax/increment.ts';
import { dict, type PdfDict, type PdfRef, name as pdfName, ref } from '../syntax/objects.ts';
import { displayedSize, toUserSpace } from '../syntax/page-geometry.ts';
import type { Page } from '../syntax/pages.ts';
import { writeDict, writeEntries } from '../syntax/serializer.ts';
import { textString } from '../syntax/text-string.ts';
import type { PartyLayout, PlaceLayout, WidgetLayout } from './document-layout.ts';
import { fieldName } from './field-names.ts';
import type { PartyPlan, Place } from './plan.ts';

/** Print and locked: both must stand in the base, because changing them later breaks earlier signatures. */
const ANNOTATION_FLAGS = 132;
/** Push button and read-only. */
const BUTTON_FLAGS = 65_537;

export interface LayoutContext {
  readonly pages: readonly Page[];
  /** Of the names that the fields get. */
  readonly generation: number;
  /** Object number of the form that shows nothing. */
  readonly emptyForm: number;
  nextNumber(): number;
}

export interface LaidOutParty {
  readonly layout: PartyLayout;
  readonly objects: readonly IncrementObject[];
  readonly widgets: readonly PlacedWidget[];
}

export interface PlacedWidget {
  readonly ref: PdfRef;
  readonly page: Page;
}

export function layOutParty(party: PartyPlan, context: LayoutContext): LaidOutParty {
  const [first, ...further] = party.places;
  const buttons = further.map((place) => layOutButton(place, context));
  const lock = buttons.length > 0 ? context.nextNumber() : undefined;
  const field = layOutField(party, first, lock, context);

  const empty = `${context.emptyForm} 0 R`;
  const objects: IncrementObject[] = [
    { number: field.number, body: `<< ${field.entries} /AP << /N ${empty} >> >>` },
    ...buttons.map(({ number, entries }) => ({ number, body: `<< ${entries} /AP << /N << /S ${empty} >> >> >>` })),
  ];
  if (lock !== undefined) objects.push({ number: lock, body: writeDict(fieldLock(buttons)) });
  return {
    layout: { partyId: party.partyId, field, buttons, signed: false },
    objects,
    widgets: [field, ...buttons].map(({ number, place }) => ({
      ref: ref(number),
      page: pageOf(place?.page ?? 1, context),
    })),
  };
}

function layOutField(
  party: PartyPlan,
  place: Place | undefined,
  lock: number | undefined,
  context: LayoutContext,
): WidgetLayout {
  const name = fieldName('party', party.partyId, context.generation);
  const entries = dict({
    ...widgetEntries(place, context),
    FT: pdfName('Sig'),
    T: textString(name),
    TU: textString(party.displayName),
    ...(lock === undefined ? {} : { Lock: ref(lock) }),
  });
  const number = context.nextNumber();
  return { number, name, entries: writeEntries(entries), ...placeLayout(place, context) };
}

function layOutButton(place: Place, context: LayoutContext): WidgetLayout {
  const name = fieldName('place', place.placeId, context.generation);
  const entries = dict({
    ...widgetEntries(place, context),
    FT: pdfName('Btn'),
    Ff: BUTTON_FLAGS,
    T: textString(name),
    // A state dictionary is what PDF/A wants for buttons, and makes an overwritten appearance detectable.
    AS: pdfName('S'),
  });
  const number = context.nextNumber();
  return { number, name, entries: writeEntries(entries), ...placeLayout(place, context) };
}

function widgetEntries(place: Place | undefined, context: LayoutContext) {
  const page = pageOf(place?.page ?? 1, context);
  return {
    Type: pdfName('Annot'),
    Subtype: pdfName('Widget'),
    Rect: place ? [...toUserSpace(place.rect, page)] : [0, 0, 0, 0],
    P: page.ref,
    F: ANNOTATION_FLAGS,
  };
}

function placeLayout(place: Place | undefined, context: LayoutContext): { place?: PlaceLayout } {
  if (!place) return {};
  const { placeId, page, rect } = place;
  return { place: { placeId, page, rect, rotation: pageOf(page, context).rotation } };
}

function pageOf(number: number, { pages }: LayoutContext): Page {
  const page = pages[number - 1];
  if (!page) throw new PdfError('PAGE_NOT_FOUND', `page ${number} of ${pages.length}`);
  return page;
}

function fieldLock(buttons: readonly WidgetLayout[]): PdfDict {
  const fields = buttons.map((button) => textString(button.name));
  return dict({ Type: pdfName('SigFieldLock'), Action: pdfName('Include'), Fields: fields });
}

/** Whether a place reaches over the edge of its displayed page; a hundredth of a point is rounding. */
export function reachesOutside({ rect, page }: Place, context: LayoutContext): boolean {
  const { width, height } = displayedSize(pageOf(page, context));
  const slack = 0.01;
  return (
    rect.x < -slack || rect.y < -slack || rect.x + rect.width > width + slack || rect.y + rect.height > height + slack
  );
}
