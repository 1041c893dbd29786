/** Stream filters of ISO 32000-2 §7.4, with the output bounded while it is made. */
import { inflateSync } from 'node:zlib';
import { PdfError } from '../errors.ts';
import { decodeAscii85, decodeAsciiHex, decodeRunLength } from './ascii-filters.ts';
import { INFLATE_FLOOR_BYTES, type PdfLimits } from './limits.ts';
import { decodeLzw } from './lzw.ts';
import { isArray, isDict, isName, type PdfDict, type PdfObject, type PdfStream } from './objects.ts';
import { undoPredictor } from './predictor.ts';

/** Follows references inside a stream dictionary. */
export type Resolve = (object: PdfObject | undefined) => PdfObject;

/** Filters whose output is an image: there is nothing to decode for a reader of structure. */
const IMAGE_FILTERS = new Set(['DCTDecode', 'DCT', 'JPXDecode', 'CCITTFaxDecode', 'CCF', 'JBIG2Decode']);
const MAX_FILTERS = 8;

interface FilterStep {
  readonly filter: string;
  readonly parameters: PdfDict | undefined;
}

/** The stream's data, at most `budget` bytes of it; throws TOO_LARGE rather than cutting. */
export function decodeStream(
  stream: PdfStream,
  resolve: Resolve,
  limits: PdfLimits,
  budget = Number.POSITIVE_INFINITY,
): Uint8Array {
  const allowed = Math.max(INFLATE_FLOOR_BYTES, stream.raw.length * limits.maxInflateRatio);
  const cap = Math.min(limits.maxInflatedBytes, allowed, budget);
  return filterSteps(stream.dict, resolve).reduce((data, step) => decodeStep(data, step, resolve, cap), stream.raw);
}

function filterSteps(streamDict: PdfDict, resolve: Resolve): FilterStep[] {
  if (streamDict.entries.has('F')) throw new PdfError('UNSUPPORTED', 'stream data in another file');
  const filters = asList(resolve(streamDict.entries.get('Filter')));
  const parameters = asList(resolve(streamDict.entries.get('DecodeParms')));
  if (filters.length > MAX_FILTERS) throw new PdfError('TOO_LARGE', `${filters.length} filters on one stream`);

  return filters.map((item, index) => {
    const filter = resolve(item);
    const step = resolve(parameters[index]);
    if (!isName(filter)) throw new PdfError('MALFORMED', 'filter is no name');
    return { filter: filter.value, parameters: isDict(step) ? step : undefined };
  });
}

function asList(object: PdfObject): readonly PdfObject[] {
  if (object === null) return [];
  return isArray(object) ? object : [object];
}

function decodeStep(data: Uint8Array, { filter, parameters }: FilterStep, resolve: Resolve, cap: number): Uint8Array {
  const parameter = (key: string, byDefault: number): number => {
    const value = resolve(parameters?.entries.get(key));
    if (value === null) return byDefault;
    if (typeof value !== 'number' || !Number.isInteger(value)) throw new PdfError('MALFORMED', `/${key} of a filter`);
    return value;
  };
  switch (filter) {
    case 'FlateDecode':
    case 'Fl':
      return undoPredictor(inflate(data, cap), parameter);
    case 'LZWDecode':
    case 'LZW':
      return undoPredictor(decodeLzw(data, parameter('EarlyChange', 1), cap), parameter);
    case 'ASCIIHexDecode':
    case 'AHx':
      return decodeAsciiHex(data);
    case 'ASCII85Decode':
    case 'A85':
      return decodeAscii85(data, cap);
    case 'RunLengthDecode':
    case 'RL':
      return decodeRunLength(data, cap);
    default:
      throw new PdfError('UNSUPPORTED', IMAGE_FILTERS.has(filter) ? `image filter ${filter}` : `filter ${filter}`);
  }
}

/** Inflates at most `cap` bytes: zlib itself stops there, so a bomb never exists in memory. */
export function inflate(data: Uint8Array, cap: number): Uint8Array {
  if (cap < 1) throw new PdfError('TOO_LARGE', 'decoded streams');
  try {
    return inflateSync(data, { maxOutputLength: cap });
  } catch (cause) {
    const tooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new PdfError(
      tooLarge ? 'TOO_LARGE' : 'MALFORMED',
      tooLarge ? `stream inflates beyond ${cap} bytes` : 'deflated data',
      { cause },
    );
  }
}
