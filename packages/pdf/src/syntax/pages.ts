/** The page tree with its inherited attributes (ISO 32000-2 §7.7.3), walked without recursion. */
import { PdfError } from '../errors.ts';
import type { Resolve } from './filters.ts';
import type { PdfLimits } from './limits.ts';
import { isArray, isDict, isName, isRef, type PdfDict, type PdfObject, type PdfRef } from './objects.ts';

export interface Page {
  /** From 1. */
  readonly number: number;
  readonly ref: PdfRef;
  readonly dict: PdfDict;
  readonly mediaBox: Box;
  /** The displayed part of the page. */
  readonly cropBox: Box;
  /** Clockwise, in degrees. */
  readonly rotation: Rotation;
  /** Size of a user space unit in points. */
  readonly userUnit: number;
  /** The page's own or inherited resources, as written. */
  readonly resources: PdfObject;
}

/** A normalized rectangle in user space. */
export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

export type Rotation = 0 | 90 | 180 | 270;

const INHERITED = ['MediaBox', 'CropBox', 'Rotate', 'Resources'] as const;

type Inherited = Partial<Record<(typeof INHERITED)[number], PdfObject>>;

interface Node {
  readonly ref: PdfRef;
  readonly inherited: Inherited;
}

export function readPages(catalog: PdfDict, resolve: Resolve, limits: PdfLimits): Page[] {
  const root = catalog.entries.get('Pages');
  if (!isRef(root)) throw new PdfError('MALFORMED', 'the catalog has no page tree');
  const pages: Page[] = [];
  const seen = new Set<number>();
  const pending: Node[] = [{ ref: root, inherited: {} }];

  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node.ref.number)) throw new PdfError('CYCLE', `page tree node ${node.ref.number} occurs twice`);
    seen.add(node.ref.number);
    // Every node but a page has at least one child, so a sound tree has few more nodes than pages.
    if (seen.size > 4 * limits.maxPages + 100) throw new PdfError('TOO_LARGE', 'page tree');

    const dict = resolve(node.ref);
    if (!isDict(dict)) throw new PdfError('MALFORMED', `page tree node ${node.ref.number} is missing`);
    const inherited = inherit(node.inherited, dict);
    if (isLeaf(dict)) {
      if (pages.length >= limits.maxPages) throw new PdfError('TOO_LARGE', `more than ${limits.maxPages} pages`);
      pages.push(readPage({ ref: node.ref, inherited }, dict, pages.length + 1, resolve));
    } else {
      pending.push(...children(dict, inherited, resolve, limits).reverse());
    }
  }
  if (pages.length === 0) throw new PdfError('MALFORMED', 'the file has no pages');
  return pages;
}

/** A page; anything else in the tree has pages below it. */
export function isLeaf(dict: PdfDict): boolean {
  return isName(dict.entries.get('Type'), 'Page') || !dict.entries.has('Kids');
}

function inherit(inherited: Inherited, dict: PdfDict): Inherited {
  const own = INHERITED.flatMap((key) => {
    const value = dict.entries.get(key);
    return value === undefined || value === null ? [] : [[key, value] as const];
  });
  return own.length === 0 ? inherited : { ...inherited, ...Object.fromEntries(own) };
}

function children(dict: PdfDict, inherited: Inherited, resolve: Resolve, limits: PdfLimits): Node[] {
  const kids = resolve(dict.entries.get('Kids'));
  if (!isArray(kids)) throw new PdfError('MALFORMED', 'page tree node without /Kids');
  if (kids.length > 4 * limits.maxPages) throw new PdfError('TOO_LARGE', 'page tree');
  return kids.map((kid) => {
    if (!isRef(kid)) throw new PdfError('MALFORMED', 'a page is no indirect object');
    return { ref: kid, inherited };
  });
}

function readPage({ ref, inherited }: Node, dict: PdfDict, number: number, resolve: Resolve): Page {
  const mediaBox = readBox(inherited.MediaBox, resolve);
  if (!mediaBox) throw new PdfError('MALFORMED', `page ${number} has no /MediaBox`);
  const cropBox = intersection(mediaBox, readBox(inherited.CropBox, resolve)) ?? mediaBox;
  const userUnit = resolve(dict.entries.get('UserUnit'));
  return {
    number,
    ref,
    dict,
    mediaBox,
    cropBox,
    rotation: readRotation(resolve(inherited.Rotate)),
    userUnit: typeof userUnit === 'number' && userUnit > 0 ? userUnit : 1,
    resources: inherited.Resources ?? null,
  };
}

/** Angles that are no multiple of 90 are not allowed; readers show such pages upright. */
function readRotation(value: PdfObject): Rotation {
  if (typeof value !== 'number' || value % 90 !== 0) return 0;
  return (((value % 360) + 360) % 360) as Rotation;
}

function readBox(object: PdfObject | undefined, resolve: Resolve): Box | undefined {
  const value = resolve(object);
  if (!isArray(value) || value.length !== 4) return undefined;
  const numbers = value.map((item) => resolve(item));
  if (!numbers.every((item) => typeof item === 'number')) return undefined;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers;
  const box = { left: Math.min(x1, x2), bottom: Math.min(y1, y2), right: Math.max(x1, x2), top: Math.max(y1, y2) };
  return box.right > box.left && box.top > box.bottom ? box : undefined;
}

function intersection(outer: Box, inner: Box | undefined): Box | undefined {
  if (!inner) return undefined;
  const box = {
    left: Math.max(outer.left, inner.left),
    bottom: Math.max(outer.bottom, inner.bottom),
    right: Math.min(outer.right, inner.right),
    top: Math.min(outer.top, inner.top),
  };
  return box.right > box.left && box.top > box.bottom ? box : undefined;
}
