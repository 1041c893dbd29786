/**
 * From PDF points to places on the screen, and nowhere else. Pages and rectangles are in points as displayed, origin at the lower
 * left (ISO 32000-2 §8.3.2.3); the screen counts downwards in CSS pixels.
 */

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

export interface PointRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A page at zoom 1, in pixels of the content. */
export interface PageBox {
  readonly fileIndex: number;
  /** In its file, from 1. */
  readonly page: number;
  /** In all files, from 1. */
  readonly number: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Pixels per point. */
  readonly scale: number;
}

export interface DocumentLayout {
  readonly boxes: readonly PageBox[];
  /** Where each file's heading stands; none for a single file. */
  readonly headings: readonly { readonly fileIndex: number; readonly top: number }[];
  readonly width: number;
  readonly height: number;
}

/** More would make lines longer than the eye follows. */
const MAX_PAGE_WIDTH = 900;
const NARROW = 600;
const HEADING_HEIGHT = 44;

/** All pages below each other, each as wide as there is room, so that nothing has to move when they arrive. */
export function layOut(files: readonly (readonly PageSize[])[], width: number): DocumentLayout {
  const [gutter, gap] = width < NARROW ? [8, 8] : [24, 16];
  const boxes: PageBox[] = [];
  const headings: { fileIndex: number; top: number }[] = [];
  let top = gap;
  for (const [fileIndex, pages] of files.entries()) {
    if (files.length > 1) {
      headings.push({ fileIndex, top });
      top += HEADING_HEIGHT;
    }
    for (const [i, page] of pages.entries()) {
      const scale = Math.min(width - 2 * gutter, MAX_PAGE_WIDTH) / page.width;
      const size = { width: page.width * scale, height: page.height * scale };
      const left = (width - size.width) / 2;
      boxes.push({ fileIndex, page: i + 1, number: boxes.length + 1, left, top, ...size, scale });
      top += size.height + gap;
    }
  }
  return { boxes, headings, width, height: top };
}

/** A rectangle as parts of its page, for elements that lie on it. */
export function placeOnPage(rect: PointRect, page: PageSize) {
  return {
    left: percent(rect.x / page.width),
    top: percent((page.height - rect.y - rect.height) / page.height),
    width: percent(rect.width / page.width),
    height: percent(rect.height / page.height),
  };
}

/** The rectangle's top and center below the top edge of the content, in its pixels at zoom 1. */
export function verticalCenter(rect: PointRect, page: PageSize, box: PageBox): number {
  return box.top + (page.height - rect.y - rect.height / 2) * box.scale;
}

export function horizontalCenter(rect: PointRect, box: PageBox): number {
  return box.left + (rect.x + rect.width / 2) * box.scale;
}

/** The last page that begins above `y`. */
export function boxAt(boxes: readonly PageBox[], y: number): PageBox | undefined {
  let [low, high] = [0, boxes.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((boxes[middle]?.top ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return boxes[low];
}

/** Device pixels for each CSS pixel of a canvas: sharp, but never more than memory allows. */
export function sharpness(width: number, height: number, devicePixelRatio: number): number {
  return Math.min(devicePixelRatio, Math.sqrt(MAX_CANVAS_PIXELS / (width * height)));
}

/** 48 MB each; phones stop drawing somewhat above 16 million pixels. */
const MAX_CANVAS_PIXELS = 12_000_000;

const percent = (part: number): string => `${(part * 100).toFixed(4)}%`;
