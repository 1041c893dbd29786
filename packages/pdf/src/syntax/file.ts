/** A PDF file as a chain of revisions (ISO 32000-2 §7.5), every one of which can be asked for its objects. */
import { PdfError } from '../errors.ts';
import { decodeStream } from './filters.ts';
import { DEFAULT_LIMITS, type PdfLimits } from './limits.ts';
import { type ObjectStream, readObjectStream } from './object-stream.ts';
import {
  isDict,
  isName,
  isRef,
  isStream,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  type PdfStream,
} from './objects.ts';
import { type Page, readPages } from './pages.ts';
import { type IndirectObject, ObjectParser } from './parser.ts';
import { type Revision, readRevisions } from './revisions.ts';
import type { XrefEntry } from './xref.ts';

const MAX_REFERENCE_STEPS = 8;

export class PdfFile {
  readonly bytes: Uint8Array;
  readonly limits: PdfLimits;
  /** Oldest first. */
  readonly revisions: readonly Revision[];
  private readonly parsed = new Map<XrefEntry, IndirectObject>();
  private readonly containers = new Map<XrefEntry, ObjectStream>();
  private readonly loading = new Set<XrefEntry>();
  private readonly pageLists = new Map<number, readonly Page[]>();
  private inflatedBytes = 0;

  private constructor(bytes: Uint8Array, limits: PdfLimits, revisions: readonly Revision[]) {
    this.bytes = bytes;
    this.limits = limits;
    this.revisions = revisions;
  }

  /** Reads the cross-reference chain; objects are read when asked for. */
  static open(bytes: Uint8Array, limits: Partial<PdfLimits> = {}): PdfFile {
    const all = { ...DEFAULT_LIMITS, ...limits };
    const file = new PdfFile(bytes, all, readRevisions(bytes, all));
    if (file.trailer.entries.has('Encrypt')) throw new PdfError('ENCRYPTED', 'the file is encrypted');
    return file;
  }

  /** Index of the newest revision. */
  get last(): number {
    return this.revisions.length - 1;
  }

  get trailer(): PdfDict {
    return this.revision(this.last).trailer;
  }

  get catalog(): PdfDict {
    return this.catalogAt(this.last);
  }

  catalogAt(revision: number): PdfDict {
    const catalog = this.resolveAt(revision, this.revision(revision).trailer.entries.get('Root'));
    if (!isDict(catalog)) throw new PdfError('MALFORMED', 'the file has no catalog');
    return catalog;
  }

  get pages(): readonly Page[] {
    return this.pagesAt(this.last);
  }

  pagesAt(revision: number): readonly Page[] {
    const known = this.pageLists.get(revision);
    if (known) return known;
    const pages = readPages(this.catalogAt(revision), (object) => this.resolveAt(revision, object), this.limits);
    this.pageLists.set(revision, pages);
    return pages;
  }

  /** The object that a reference leads to in the newest revision; anything else is returned as it is. */
  resolve(object: PdfObject | undefined): PdfObject {
    return this.resolveAt(this.last, object);
  }

  /** The object as the given revision had it: `null` when it was absent or free. */
  resolveAt(revision: number, object: PdfObject | undefined): PdfObject {
    let current = object ?? null;
    for (let step = 0; isRef(current); step++) {
      if (step === MAX_REFERENCE_STEPS) throw new PdfError('CYCLE', `references from object ${current.number}`);
      current = this.objectAt(revision, current);
    }
    return current;
  }

  /** Where the newest entry for the number stands, seen from the given revision. */
  entryAt(revision: number, number: number): { entry: XrefEntry; revision: number } | undefined {
    for (let index = revision; index >= 0; index--) {
      const entry = this.revisions[index]?.entries.get(number);
      if (entry) return { entry, revision: index };
    }
    return undefined;
  }

  /** Every object number in use at the revision. */
  numbersAt(revision: number): Set<number> {
    const numbers = new Set<number>();
    for (const { entries } of this.revisions.slice(0, revision + 1)) {
      for (const [number, entry] of entries) {
        if (entry.type === 'free') numbers.delete(number);
        else numbers.add(number);
      }
    }
    return numbers;
  }

  /** The decoded data of a stream, within the limits. */
  decode(stream: PdfStream): Uint8Array {
    const budget = this.limits.maxTotalInflatedBytes - this.inflatedBytes;
    const data = decodeStream(stream, (object) => this.resolve(object), this.limits, budget);
    this.inflatedBytes += data.length;
    return data;
  }

  private revision(index: number): Revision {
    const revision = this.revisions[index];
    if (!revision) throw new PdfError('MALFORMED', `no revision ${index}`);
    return revision;
  }

  private objectAt(revision: number, { number, generation }: PdfRef): PdfObject {
    const found = this.entryAt(revision, number);
    if (!found || found.entry.type === 'free') return null;
    const { entry } = found;
    if (entry.type === 'offset')
      return entry.generation === generation ? this.direct(found.revision, number, entry) : null;
    return generation === 0 ? this.compressed(found.revision, number, entry) : null;
  }

  private direct(revision: number, number: number, entry: XrefEntry & { type: 'offset' }): PdfObject {
    const known = this.parsed.get(entry);
    if (known) return known.object;
    if (entry.offset >= this.bytes.length) throw new PdfError('MALFORMED', `object ${number} lies outside the file`);

    const parser = new ObjectParser(this.bytes, entry.offset, this.limits);
    const parsed = this.guarded(entry, () => parser.indirect((length) => this.lengthAt(revision, length)));
    if (parsed.number !== number || parsed.generation !== entry.generation) {
      throw new PdfError('MALFORMED', `object ${number} is not where the cross-reference says`);
    }
    this.parsed.set(entry, parsed);
    return parsed.object;
  }

  private lengthAt(revision: number, object: PdfObject | undefined): number {
    const length = this.resolveAt(revision, object);
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) {
      throw new PdfError('MALFORMED', 'stream without a length');
    }
    return length;
  }

  private compressed(revision: number, number: number, entry: XrefEntry & { type: 'compressed' }): PdfObject {
    const known = this.parsed.get(entry);
    if (known) return known.object;

    const container = this.container(revision, entry.container);
    const offset = container.offsets[entry.index];
    if (offset === undefined || container.numbers[entry.index] !== number) {
      throw new PdfError('MALFORMED', `object ${number} is not in object stream ${entry.container}`);
    }
    const object = new ObjectParser(container.data, offset, this.limits).object();
    if (isRef(object)) throw new PdfError('MALFORMED', `object ${number} is a reference`);
    this.parsed.set(entry, { number, generation: 0, object, end: 0 });
    return object;
  }

  private container(revision: number, number: number): ObjectStream {
    const found = this.entryAt(revision, number);
    if (found?.entry.type !== 'offset')
      throw new PdfError('MALFORMED', `object stream ${number} is missing or compressed`);
    const { entry } = found;
    const known = this.containers.get(entry);
    if (known) return known;

    const stream = this.direct(found.revision, number, entry);
    if (!isStream(stream) || !isName(stream.dict.entries.get('Type'), 'ObjStm')) {
      throw new PdfError('MALFORMED', `object ${number} is no object stream`);
    }
    const container = this.guarded(entry, () => {
      const value = (key: string) => this.lengthAt(found.revision, stream.dict.entries.get(key));
      return readObjectStream(this.decode(stream), value('N'), value('First'), this.limits);
    });
    this.containers.set(entry, container);
    return container;
  }

  /** An object whose reading needs itself, such as an object stream that holds its own length, would never end. */
  private guarded<T>(entry: XrefEntry, read: () => T): T {
    if (this.loading.has(entry)) throw new PdfError('CYCLE', 'an object is needed to read itself');
    if (this.loading.size >= MAX_REFERENCE_STEPS) throw new PdfError('TOO_DEEP', 'objects needed to read one object');
    this.loading.add(entry);
    try {
      return read();
    } finally {
      this.loading.delete(entry);
    }
  }
}
