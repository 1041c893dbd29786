/** Reads every object once, and every stream that a reader would inflate, so that no later step meets a surprise. */
import { PdfError } from '../errors.ts';
import { PdfFile } from '../syntax/file.ts';
import { decodeStream } from '../syntax/filters.ts';
import { DEFAULT_LIMITS, INFLATE_FLOOR_BYTES, type PdfLimits } from '../syntax/limits.ts';
import { isName, isStream, type PdfObject, type PdfStream, ref } from '../syntax/objects.ts';

/** Objects per opened file: what was read is kept until then, and a large file must not lie in memory as a whole. */
const BATCH = 20_000;
/** All streams of one file together. */
const MOST_INFLATED_BYTES = 2 ** 30;

export function checkObjects(file: PdfFile, limits: Partial<PdfLimits>): void {
  const numbers = [...new Set(file.revisions.flatMap(({ entries }) => [...entries.keys()]))];
  let allowance = MOST_INFLATED_BYTES;

  for (let start = 0; start < numbers.length; start += BATCH) {
    const reader = start === 0 ? file : PdfFile.open(file.bytes, limits);
    for (const number of numbers.slice(start, start + BATCH)) {
      const found = reader.entryAt(reader.last, number);
      const generation = found?.entry.type === 'offset' ? found.entry.generation : 0;
      const object = reader.resolve(ref(number, generation));
      if (isStream(object)) {
        allowance -= inflatedSize(reader, object, { ...DEFAULT_LIMITS, ...limits }, allowance);
      }
    }
  }
}

/** Bytes that the stream inflates to, of those that count against the whole. */
function inflatedSize(file: PdfFile, stream: PdfStream, limits: PdfLimits, allowance: number): number {
  if (!stream.dict.entries.has('Filter')) {
    return 0;
  }
  const isImage = isName(stream.dict.entries.get('Subtype'), 'Image');
  const resolve = (object: PdfObject | undefined): PdfObject => file.resolve(object);
  try {
    const { length } = isImage
      ? decodeStream(stream, resolve, imageLimits(file, stream, limits))
      : decodeStream(stream, resolve, limits, allowance);
    return isImage ? 0 : length;
  } catch (error) {
    // A stream that nobody can decode harms nobody: readers leave it out.
    if (error instanceof PdfError && error.code !== 'TOO_LARGE') {
      return 0;
    }
    throw error;
  }
}

const MOST_IMAGE_BYTES = 256 * 2 ** 20;
const MOST_COMPONENTS = 8;

/** A picture may hold what its width and height say, however well a blank page compresses, and no more. */
function imageLimits(file: PdfFile, stream: PdfStream, limits: PdfLimits): PdfLimits {
  const value = (key: string): number => {
    const number = file.resolve(stream.dict.entries.get(key));
    return typeof number === 'number' && number > 0 ? number : 1;
  };
  const bits = Math.min(16, Math.max(8, value('BitsPerComponent')));
  const row = 1 + (value('Width') * MOST_COMPONENTS * bits) / 8;
  const most = Math.min(MOST_IMAGE_BYTES, Math.max(INFLATE_FLOOR_BYTES, Math.ceil(row * value('Height'))));

  return { ...limits, maxInflatedBytes: most, maxInflateRatio: Number.POSITIVE_INFINITY };
}
