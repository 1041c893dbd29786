/** The forms that fill a party's places: one per drawing, one small window per place. */
import type { Drawing } from '../drawing/drawing.ts';
import { drawingForm, windowForm } from '../drawing/form.ts';
import { PdfError } from '../errors.ts';
import type { PartyLayout, PlaceLayout } from '../layout/document-layout.ts';
import type { IncrementObject } from '../syntax/increment.ts';
import { type Rect, uprightMatrix } from '../syntax/page-geometry.ts';

/** What shows in one place. */
export interface PlaceContent {
  /** Index into the drawings. */
  readonly drawing: number;
  /** The part of the drawing that shows, for example one slice of a cross-page seal; by default all of it. */
  readonly crop?: Rect;
}

export interface Appearances {
  readonly objects: readonly IncrementObject[];
  /** The form's object number for each place. */
  readonly forms: ReadonlyMap<string, number>;
}

export function appearances(
  party: PartyLayout,
  places: Readonly<Record<string, PlaceContent>>,
  drawings: readonly Drawing[],
  nextNumber: () => number,
): Appearances {
  const laidOut = [party.field, ...party.buttons].flatMap(({ place }) => (place ? [place] : []));
  checkPlaces(laidOut, places);
  const objects: IncrementObject[] = [];
  const shared = new Map<number, number>();
  const forms = new Map<string, number>();

  for (const place of laidOut) {
    const content = places[place.placeId];
    const drawing = drawings[content?.drawing ?? -1];
    if (!content || !drawing) throw new PdfError('INVALID_DRAWING', `place ${place.placeId} names no drawing`);
    let form = shared.get(content.drawing);
    if (form === undefined) {
      form = nextNumber();
      shared.set(content.drawing, form);
      objects.push({ number: form, body: drawingForm(drawing) });
    }
    const number = nextNumber();
    objects.push({ number, body: placeForm(place, content, drawing, form) });
    forms.set(place.placeId, number);
  }
  return { objects, forms };
}

function placeForm(
  { rect, rotation }: PlaceLayout,
  { crop }: PlaceContent,
  drawing: Drawing,
  form: number,
): Uint8Array {
  const { width, height } = rect;
  return windowForm({
    width,
    height,
    matrix: uprightMatrix(rotation, width, height),
    crop: crop ?? { x: 0, y: 0, width: drawing.width, height: drawing.height },
    drawing: form,
  });
}

/** A place left out would stay empty for ever, and an unknown one is a mistake of the caller. */
function checkPlaces(laidOut: readonly PlaceLayout[], given: Readonly<Record<string, PlaceContent>>): void {
  const wanted = laidOut.map(({ placeId }) => placeId).sort();
  const got = Object.keys(given).sort();
  if (wanted.join() !== got.join())
    throw new PdfError('PLACES_MISMATCH', `places ${wanted.join()} expected, got ${got.join()}`);
}
