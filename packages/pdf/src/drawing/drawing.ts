/** A vector picture in points, origin lower left, y up. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly items: readonly DrawingItem[];
}

export type DrawingItem = DrawingPath | DrawingText;

/** A filled outline; curves are cubic. */
export interface DrawingPath {
  readonly kind: 'path';
  /** `#rrggbb` */
  readonly fill: string;
  readonly evenOdd?: boolean;
  readonly segments: readonly PathSegment[];
}

/** A line of printable ASCII in Helvetica; `x`, `y` is the start of its baseline. */
export interface DrawingText {
  readonly kind: 'text';
  readonly value: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  /** `#rrggbb` */
  readonly fill: string;
}

export type PathSegment =
  | readonly ['M', x: number, y: number]
  | readonly ['L', x: number, y: number]
  | readonly ['C', x1: number, y1: number, x2: number, y2: number, x: number, y: number]
  | readonly ['Z'];
