/** A picture of page 1, looked at until the page has been drawn here. */
import { layOut, type PageSize, sharpness } from './geometry.ts';

export interface FirstPicture {
  /** Null when there is none to be had; never rejects. */
  readonly answer: Promise<HTMLImageElement | null>;
  /** As soon as it has come. */
  image: HTMLImageElement | null;
}

/** @param load asked for a picture so many pixels wide. */
export function askFirstPicture(
  pages: readonly PageSize[],
  load: (width: number) => Promise<Blob | null>,
): FirstPicture {
  const answer = decoded(load(pictureWidth(pages))).catch(() => null);
  const picture: FirstPicture = { answer, image: null };
  void answer.then((image) => {
    picture.image = image;
  });
  return picture;
}

async function decoded(blob: Promise<Blob | null>): Promise<HTMLImageElement | null> {
  const received = await blob;
  if (!received) return null;
  const image = new Image();
  image.alt = '';
  image.src = URL.createObjectURL(received);
  try {
    await image.decode();
    return image;
  } finally {
    // The element holds what it shows.
    URL.revokeObjectURL(image.src);
  }
}

function pictureWidth(pages: readonly PageSize[]): number {
  const { width = 0, height = 0 } = layOut([pages.slice(0, 1)], document.documentElement.clientWidth).boxes[0] ?? {};
  return Math.round(width * sharpness(width, height, window.devicePixelRatio));
}
