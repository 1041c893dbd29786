/** What is to be laid out, and the checks that need no file. */
import { PdfError } from '../errors.ts';
import type { Rect } from '../syntax/page-geometry.ts';

export interface LayoutPlan {
  readonly parties: readonly PartyPlan[];
}

export interface PartyPlan {
  /** `[A-Za-z0-9_-]+` */
  readonly partyId: string;
  /** What readers show for the party's field. */
  readonly displayName: string;
  /** Where the party's seals and slices will stand; without any its signature is invisible. */
  readonly places: readonly Place[];
}

/** Room for one seal, or for one slice of a cross-page seal. */
export interface Place {
  /** `[A-Za-z0-9_-]+`, unique in the document. */
  readonly placeId: string;
  /** From 1. */
  readonly page: number;
  /** In points from the lower left corner of the page as displayed. */
  readonly rect: Rect;
}

const ID = /^[A-Za-z0-9_-]{1,100}$/;

export function checkPlan({ parties }: LayoutPlan): void {
  const places = parties.flatMap((party) => party.places);
  if (parties.length === 0) throw new PdfError('INVALID_PLAN', 'no parties');
  checkIds(
    'party',
    parties.map(({ partyId }) => partyId),
  );
  checkIds(
    'place',
    places.map(({ placeId }) => placeId),
  );
  for (const place of places) checkRect(place);
}

function checkIds(what: string, ids: readonly string[]): void {
  const malformed = ids.find((id) => !ID.test(id));
  if (malformed !== undefined) throw new PdfError('INVALID_PLAN', `${what} id ${JSON.stringify(malformed)}`);
  if (new Set(ids).size !== ids.length) throw new PdfError('INVALID_PLAN', `two ${what} ids are equal`);
}

function checkRect({ placeId, rect }: Place): void {
  const finite = [rect.x, rect.y, rect.width, rect.height].every((value) => Math.abs(value) <= 100_000);
  if (!finite || rect.width <= 0 || rect.height <= 0)
    throw new PdfError('INVALID_PLAN', `rectangle of place ${placeId}`);
}
