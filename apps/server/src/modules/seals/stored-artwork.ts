import type { Drawing, DrawingItem, DrawingText, PathSegment } from '@signet/pdf';

/** 印模 as it is kept: a path is one string, since jsonb spends twelve bytes and more on every number of an array. */
export interface StoredArtwork {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly width: number;
  readonly height: number;
  readonly items: readonly (StoredPath | DrawingText)[];
}

export interface StoredPath {
  readonly kind: 'path';
  readonly fill: string;
  readonly evenOdd?: boolean;
  /** Commands M, L, C, Z with their numbers, in points, y up. */
  readonly data: string;
}

const NUMBERS_OF: Readonly<Record<string, number>> = { M: 2, L: 2, C: 6, Z: 0 };

export function toStoredArtwork(artwork: {
  readonly drawing: Drawing;
  readonly widthMm: number;
  readonly heightMm: number;
}): StoredArtwork {
  const { drawing, widthMm, heightMm } = artwork;
  const items = drawing.items.map((item) => {
    if (item.kind === 'text') return item;
    const { segments, ...path } = item;
    return { ...path, data: segments.map(writeSegment).join('') };
  });
  return { widthMm, heightMm, width: drawing.width, height: drawing.height, items };
}

export function toDrawing({ width, height, items }: StoredArtwork): Drawing {
  return { width, height, items: items.map(readItem) };
}

function readItem(item: StoredPath | DrawingText): DrawingItem {
  if (item.kind === 'text') return item;
  const { data, ...path } = item;
  return { ...path, segments: (data.match(/[A-Z][^A-Z]*/g) ?? []).map(readSegment) };
}

function writeSegment(s: PathSegment): string {
  if (s[0] === 'Z') return 'Z';
  if (s[0] === 'C') return `C${s[1]} ${s[2]} ${s[3]} ${s[4]} ${s[5]} ${s[6]}`;
  return `${s[0]}${s[1]} ${s[2]}`;
}

function readSegment(text: string): PathSegment {
  const command = text.charAt(0);
  const numbers = text.length > 1 ? text.slice(1).split(' ').map(Number) : [];
  if (numbers.length !== NUMBERS_OF[command] || !numbers.every(Number.isFinite)) {
    throw new Error('stored artwork is damaged');
  }
  return [command, ...numbers] as unknown as PathSegment;
}
