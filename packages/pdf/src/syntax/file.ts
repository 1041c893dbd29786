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
import { ObjectParser } from './parser.ts';
import { type Revision, readRevisions } from './revisions.ts';
import type { XrefEntry } from './xref.ts';

const MAX_REFERENCE_STEPS = 8;

type UsedEntry = Exclude<XrefEntry, { type: 'free' }>;

/** A cross-reference entry and the revision that wrote it. */
export interface FoundEntry {
  readonly entry: XrefEntry;
  readonly revision: number;
}

export class PdfFile {
  readonly bytes: Uint8Array;
  readonly limits: PdfLimits;
  /** Oldest first. */
  readonly revisions: readonly Revision[];
  /** For each number the entries of all revisions but the first, oldest first. */
  private readonly later = new Map<number, FoundEntry[]>();
  private readonly parsed = new Map<XrefEntry, PdfObject>();
  private readonly containers = new Map<XrefEntry, ObjectStream>();
  private readonly loading = new Set<XrefEntry>();
  private readonly pageLists = new Map<number, readonly Page[]>();
  private inflatedBytes = 0;

  private constructor(bytes: Uint8Array, limits: PdfLimits, revisions: readonly Revision[]) {
    this.bytes = bytes;
    this.limits = limits;
    this.revisions = revisions;
    for (const [index, { entries }] of revisions.entries()) {
      if (index > 0) for (const [number, entry] of entries) this.addLater(number, { entry, revision: index });
    }
  }

  private addLater(number: number, found: FoundEntry): void {
    const list = this.later.get(number);
    if (list) list.push(found);
    else this.later.set(number, [found]);
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

  /** The object of this number, whatever its generation. */
  currentAt(revision: number, number: number): PdfObject {
    const entry = this.entryAt(revision, number)?.entry;
    return this.resolveAt(revision, {
      kind: 'ref',
      number,
      generation: entry?.type === 'offset' ? entry.generation : 0,
    });
  }

  /** Where the newest entry for the number stands, seen from the given revision. */
  entryAt(revision: number, number: number): FoundEntry | undefined {
    const later = this.later.get(number)?.findLast((found) => found.revision <= revision);
    if (later) return later;
    const entry = this.revisions[0]?.entries.get(number);
    return entry && { entry, revision: 0 };
  }

  /** Reads every object that a revision itself defines, without keeping it. */
  forEachWritten(revision: number, visit: (object: PdfObject, number: number) => void): void {
    for (const [number, entry] of this.revision(revision).entries) {
      if (entry.type !== 'free') visit(this.read(revision, number, entry), number);
    }
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
    if ((found.entry.type === 'offset' ? found.entry.generation : 0) !== generation) return null;
    const known = this.parsed.get(found.entry);
    if (known !== undefined) return known;
    const object = this.read(found.revision, number, found.entry);
    this.parsed.set(found.entry, object);
    return object;
  }

  private read(revision: number, number: number, entry: UsedEntry): PdfObject {
    return entry.type === 'offset' ? this.direct(revision, number, entry) : this.compressed(revision, number, entry);
  }

  private direct(revision: number, number: number, entry: UsedEntry & { type: 'offset' }): PdfObject {
    if (entry.offset >= this.bytes.length) throw new PdfError('MALFORMED', `object ${number} lies outside the file`);
    const parser = new ObjectParser(this.bytes, entry.offset, this.limits);
    const parsed = this.guarded(entry, () => parser.indirect((length) => this.lengthAt(revision, length)));
    if (parsed.number !== number || parsed.generation !== entry.generation) {
      throw new PdfError('MALFORMED', `object ${number} is not where the cross-reference says`);
    }
    return parsed.object;
  }

  private lengthAt(revision: number, object: PdfObject | undefined): number {
    const length = this.resolveAt(revision, object);
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) {
      throw new PdfError('MALFORMED', 'stream without a length');
    }
    return length;
  }

  private compressed(revision: number, number: number, entry: UsedEntry & { type: 'compressed' }): PdfObject {
    const container = this.container(revision, entry.container);
    const offset = container.offsets[entry.index];
    if (offset === undefined || container.numbers[entry.index] !== number) {
      throw new PdfError('MALFORMED', `object ${number} is not in object stream ${entry.container}`);
    }
    const object = new ObjectParser(container.data, offset, this.limits).object();
    if (isRef(object)) throw new PdfError('MALFORMED', `object ${number} is a reference`);
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
