/** What a party's places show: the seal fitted into its rectangle, the date below it, the sandbox notice. */
import type { Drawing, DrawingItem, PathSegment, PlaceContent } from '@signet/pdf';
import { RecentMap } from '../../kernel/recent-map.ts';
import { footerOf } from '../contracts/index.ts';

const INK = '#16202E';
const INK_2 = '#5A6678';
const DATE_SIZE = 9;
const SANDBOX_NOTICE = 'SANDBOX - NO LEGAL EFFECT';
const MAX_NOTICE_SIZE = 5;
/** Widths in Helvetica, in em (Adobe Core 14 metrics). */
const NOTICE_EM = 14.948;
const DIGIT_EM = 0.556;
const HYPHEN_EM = 0.333;

export interface PlaceToFill {
  readonly placeId: string;
  readonly seal: () => Drawing;
  /** Names the seal, whose picture never changes: equal pictures are drawn and stored once. */
  readonly sealKey: string;
  readonly width: number;
  readonly height: number;
  /** The part of the seal's width that shows here, for a slice of a cross-page seal. */
  readonly slice?: { readonly from: number; readonly to: number };
  readonly dateText: string | null;
}

export interface Pictures {
  readonly drawings: readonly Drawing[];
  readonly places: Readonly<Record<string, PlaceContent>>;
}

export type DrawPlaces = (toFill: readonly PlaceToFill[]) => Pictures;

/** Seals in use at a time; a finished picture has some 100 kB. */
const REMEMBERED_PICTURES = 200;

/** Draws what fills places. Pictures used last are remembered: composing and compressing one takes milliseconds. */
export function createDrawPlaces({ sandbox }: { readonly sandbox: boolean }): DrawPlaces {
  const remembered = new RecentMap<string, Drawing>(REMEMBERED_PICTURES);

  function picture(place: PlaceToFill, size: Size): Drawing {
    const key = pictureKey(place, size);
    const drawing = remembered.get(key) ?? fill(place, size, sandbox);
    remembered.set(key, drawing);
    return drawing;
  }

  return (toFill) => {
    const drawings: Drawing[] = [];
    const places: Record<string, PlaceContent> = {};
    for (const place of toFill) {
      const { from, to } = place.slice ?? { from: 0, to: 1 };
      const size = { width: place.width / (to - from), height: place.height };
      const drawn = picture(place, size);
      if (!drawings.includes(drawn)) drawings.push(drawn);
      const drawing = drawings.indexOf(drawn);
      const crop = { x: from * size.width, y: 0, width: place.width, height: size.height };
      places[place.placeId] = place.slice ? { drawing, crop } : { drawing };
    }
    return { drawings, places };
  };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function pictureKey({ sealKey, slice, dateText }: PlaceToFill, { width, height }: Size): string {
  return JSON.stringify([sealKey, slice !== undefined, width.toFixed(2), height.toFixed(2), dateText]);
}

function fill(place: PlaceToFill, size: Size, sandbox: boolean): Drawing {
  const seal = place.seal();
  if (place.slice) return { ...size, items: fit(seal, size.width, size.height, 0) };
  const { dateHeight, noticeHeight } = footerOf(place.dateText !== null, sandbox);
  const below = dateHeight + noticeHeight;
  const items = fit(seal, size.width, size.height - below, below);
  if (place.dateText !== null) items.push(dateLine(place.dateText, size.width, noticeHeight));
  if (sandbox) items.push(notice(size.width));
  return { ...size, items };
}

/** As large as the room allows, in its own proportions, centred. */
function fit(seal: Drawing, width: number, height: number, lift: number): DrawingItem[] {
  const scale = Math.min(width / seal.width, height / seal.height);
  const dx = (width - seal.width * scale) / 2;
  const dy = lift + (height - seal.height * scale) / 2;
  return seal.items.map((item) =>
    item.kind === 'text'
      ? { ...item, x: item.x * scale + dx, y: item.y * scale + dy, size: item.size * scale }
      : { ...item, segments: item.segments.map((segment) => move(segment, scale, [dx, dy])) },
  );
}

function move([command, ...numbers]: PathSegment, scale: number, offset: readonly [number, number]): PathSegment {
  const moved = numbers.map((value, i) => Math.round((value * scale + (offset[i % 2] ?? 0)) * 100) / 100);
  return [command, ...moved] as unknown as PathSegment;
}

function dateLine(value: string, width: number, lift: number): DrawingItem {
  const em = [...value].reduce((sum, character) => sum + (character === '-' ? HYPHEN_EM : DIGIT_EM), 0);
  const size = Math.min(DATE_SIZE, width / em);
  return { kind: 'text', value, x: (width - em * size) / 2, y: lift + 3, size, fill: INK };
}

function notice(width: number): DrawingItem {
  const size = Math.min(MAX_NOTICE_SIZE, width / NOTICE_EM);
  const x = (width - NOTICE_EM * size) / 2;
  return { kind: 'text', value: SANDBOX_NOTICE, x, y: 1.5, size, fill: INK_2 };
}
