import type { FileTail } from '../syntax/increment.ts';
import type { Rect } from '../syntax/page-geometry.ts';
import type { Rotation } from '../syntax/pages.ts';

/** All that signing needs to know of a laid-out file, so that it never reads it; plain JSON. */
export interface DocumentLayout {
  readonly version: 1;
  readonly tail: FileTail;
  /** Object number and generation of the catalog, as PDF text. */
  readonly root: string;
  /** Object number of the form that shows nothing. */
  readonly emptyForm: number;
  readonly parties: readonly PartyLayout[];
}

export interface PartyLayout {
  readonly partyId: string;
  /** The signature field, which shows the party's first place. */
  readonly field: WidgetLayout;
  /** One read-only push button for each further place. */
  readonly buttons: readonly WidgetLayout[];
  readonly signed: boolean;
}

export interface WidgetLayout {
  /** Object number. */
  readonly number: number;
  readonly name: string;
  /** Every entry but /AP and /V as PDF text: they never change. */
  readonly entries: string;
  /** Absent for an invisible signature. */
  readonly place?: PlaceLayout;
}

export interface PlaceLayout {
  readonly placeId: string;
  readonly page: number;
  /** As displayed. */
  readonly rect: Rect;
  readonly rotation: Rotation;
}
