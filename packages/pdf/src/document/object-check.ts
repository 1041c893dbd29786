/** Reads every object once, and every stream that a reader would inflate, so that no later step meets a surprise. */
import { PdfError } from '../errors.ts';
import { PdfFile } from '../syntax/file.ts';
import { decodeStream } from '../syntax/filters.ts';
import { DEFAULT_LIMITS, type PdfLimits } from '../syntax/limits.ts';
import { isName, isStream, type PdfStream, ref } from '../syntax/objects.ts';

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

/** Bytes that the stream inflates to. Pixels are left alone: their size is known from the picture's own width and height. */
function inflatedSize(file: PdfFile, stream: PdfStream, limits: PdfLimits, allowance: number): number {
  if (isName(stream.dict.entries.get('Subtype'), 'Image') || !stream.dict.entries.has('Filter')) {
    return 0;
  }
  try {
    return decodeStream(stream, (object) => file.resolve(object), limits, allowance).length;
  } catch (error) {
    // A stream that nobody can decode harms nobody: readers leave it out.
    if (error instanceof PdfError && error.code !== 'TOO_LARGE') {
      return 0;
    }
    throw error;
  }
}
