/**
 * Bombs in a file that cannot be read strictly. The repairing library inflates without a limit, so every stream is
 * tried here first, wherever it lies and whatever the damaged tables say.
 */
import { PdfError } from '../errors.ts';
import { decodeStream } from '../syntax/filters.ts';
import { DEFAULT_LIMITS, type PdfLimits } from '../syntax/limits.ts';
import { isDict, isName, type PdfDict } from '../syntax/objects.ts';
import { ObjectParser } from '../syntax/parser.ts';

const DICTIONARY_SEARCH_BYTES = 4096;
const MOST_INFLATED_BYTES = 2 ** 30;
const CR = 0x0d;
const LF = 0x0a;

/** Throws TOO_LARGE when a stream inflates beyond the limits. */
export function checkLooseStreams(bytes: Uint8Array, limits: Partial<PdfLimits> = {}): void {
  const all: PdfLimits = { ...DEFAULT_LIMITS, ...limits };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let allowance = MOST_INFLATED_BYTES;

  for (let at = buffer.indexOf('stream'); at >= 0; at = buffer.indexOf('stream', at + 6)) {
    if (buffer.toString('latin1', Math.max(0, at - 3), at) === 'end') {
      continue;
    }
    const start = at + 6 + (buffer[at + 6] === CR ? 1 : 0) + (buffer[at + 6] === LF || buffer[at + 7] === LF ? 1 : 0);
    const end = buffer.indexOf('endstream', start);
    const raw = bytes.subarray(start, end < 0 ? bytes.length : end);
    allowance -= inflatedSize(raw, dictionaryBefore(buffer, at, all), all, allowance);
  }
}

/** The dictionary in front of the keyword, when it can be read; otherwise the data are taken for deflated ones. */
function dictionaryBefore(buffer: Buffer, at: number, limits: PdfLimits): PdfDict | undefined {
  const from = Math.max(0, at - DICTIONARY_SEARCH_BYTES);
  const object = buffer.subarray(from, at).lastIndexOf('obj');
  if (object < 0) {
    return undefined;
  }
  try {
    const parsed = new ObjectParser(buffer.subarray(0, at), from + object + 3, limits).object();
    return isDict(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const DEFLATED: PdfDict = { kind: 'dict', entries: new Map([['Filter', { kind: 'name', value: 'FlateDecode' }]]) };

function inflatedSize(raw: Uint8Array, dictionary: PdfDict | undefined, limits: PdfLimits, allowance: number): number {
  if (dictionary && (isName(dictionary.entries.get('Subtype'), 'Image') || !dictionary.entries.has('Filter'))) {
    return 0;
  }
  try {
    // References lead nowhere in a damaged file; a filter behind one is tried as deflated data.
    const stream = { kind: 'stream', dict: dictionary ?? DEFLATED, raw } as const;
    return decodeStream(stream, (object) => object ?? null, limits, allowance).length;
  } catch (error) {
    if (error instanceof PdfError && error.code === 'TOO_LARGE') {
      throw error;
    }
    return 0;
  }
}
