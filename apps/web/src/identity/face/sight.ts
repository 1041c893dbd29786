/** What the engine saw in one picture of the camera. */

/** Parts of the picture's width and height, 0–1, from its upper left; not mirrored. */
export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One face; angles in radians. */
export interface FaceSeen {
  readonly box: FaceBox;
  /** Positive when the person turns to their own left. */
  readonly yaw: number;
  /** Positive when the chin goes to the chest. */
  readonly pitch: number;
  readonly roll: number;
  /** How far the eyes are open: height over width, mean of both. */
  readonly openness: number;
}

/** Mean brightness, 0–255. */
export interface Light {
  readonly face: number;
  readonly around: number;
}

export interface Sight {
  readonly atMs: number;
  readonly faces: readonly FaceSeen[];
  readonly light: Light;
  /** Of the face; compared within one camera only. */
  readonly sharpness: number;
}
