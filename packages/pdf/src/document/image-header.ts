/** Where the stored picture's first row and column stand when it is displayed (Exif 2.32 §4.6.4 A). */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface ImageHeader {
  readonly width: number;
  readonly height: number;
  readonly orientation: Orientation;
  /** The samples are complements. */
  readonly isInverted: boolean;
}
