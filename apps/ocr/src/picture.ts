/** Pictures as they come, and the pixels of them. */
import sharp from 'sharp';
import type { RgbImage } from './rgb-image.ts';

/** A photo of a current phone has 12 to 50 million pixels; more is no photo of a card. */
const MAX_PIXELS = 50_000_000;
/** Above, small print does not become more readable and every step costs more. */
const LONGEST_SIDE = 2_000;
const SHORTEST_SIDE = 60;

export type PictureProblem = 'not-a-picture' | 'too-many-pixels' | 'too-small' | 'damaged';

export class PictureError extends Error {
  override readonly name = 'PictureError';
  readonly problem: PictureProblem;

  constructor(problem: PictureProblem, options?: ErrorOptions) {
    super(problem, options);
    this.problem = problem;
  }
}

sharp.cache(false);
sharp.concurrency(1);
// What is not needed cannot be attacked: of the bundled decoders only these may run.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] });

/** Upright as its EXIF says, without transparency, at most 2000 pixels wide and high. @throws PictureError */
export async function decodePicture(bytes: Uint8Array): Promise<RgbImage> {
  const input = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', autoOrient: true });
  const { width, height } = await input.metadata().catch((cause) => {
    throw new PictureError(isTooLarge(cause) ? 'too-many-pixels' : 'not-a-picture', { cause });
  });
  if (width * height > MAX_PIXELS) throw new PictureError('too-many-pixels');
  if (Math.min(width, height) < SHORTEST_SIDE) throw new PictureError('too-small');

  const { data, info } = await input
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause) => {
      throw new PictureError(isTooLarge(cause) ? 'too-many-pixels' : 'damaged', { cause });
    });
  return { data, width: info.width, height: info.height };
}

function isTooLarge(cause: unknown): boolean {
  return cause instanceof Error && /pixel limit/i.test(cause.message);
}

const rawOf = ({ width, height }: RgbImage) => ({ raw: { width, height, channels: 3 as const } });

export async function scalePicture(image: RgbImage, width: number, height: number): Promise<RgbImage> {
  const scaled = sharp(image.data, rawOf(image)).resize(width, height, { fit: 'fill', kernel: 'cubic' });
  return { data: await scaled.raw().toBuffer(), width, height };
}

/** Turned clockwise by `angle` radians on a canvas that grows with it. */
export async function turnPicture(image: RgbImage, angle: number): Promise<RgbImage> {
  const degrees = (angle * 180) / Math.PI;
  const turned = sharp(image.data, rawOf(image)).rotate(degrees, { background: '#808080' });
  const { data, info } = await turned.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export async function cropPicture(image: RgbImage, region: Region): Promise<RgbImage> {
  const data = await sharp(image.data, rawOf(image)).extract(region).raw().toBuffer();
  return { data, width: region.width, height: region.height };
}
