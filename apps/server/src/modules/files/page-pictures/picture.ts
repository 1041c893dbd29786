import sharp from 'sharp';
import type { Pixels } from './pdfium.ts';

export interface PagePicture {
  readonly type: 'image/png' | 'image/jpeg';
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const PNG_LEVEL = 3;
const JPEG_QUALITY = 80;

/** Text is small and sharp as PNG; photographs and scans would be neither. */
export async function encodePicture({ data, width, height, hasPhotographs }: Pixels): Promise<PagePicture> {
  const image = sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
  const [type, encoded] = hasPhotographs
    ? (['image/jpeg', image.jpeg({ quality: JPEG_QUALITY })] as const)
    : (['image/png', image.png({ compressionLevel: PNG_LEVEL })] as const);
  return { type, bytes: new Uint8Array(await encoded.toBuffer()) };
}
