/** From what was asked for to places on pages (签章位置). PDF points, origin at the lower left of the page as displayed. */
import { ApiError, badParameter } from '@signet/protocol/errors';
import type { PageSize } from '../files/index.ts';
import type { RequestedPlacement } from './contract.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** One rectangle on one page. A cross-page seal has one for each page, each showing a slice. */
export interface PlannedPlace {
  readonly page: number;
  readonly rect: Rect;
  /** The part of the seal shown here, as fractions of its width from the left. */
  readonly slice?: { readonly from: number; readonly to: number };
}

export interface Plan {
  readonly places: readonly PlannedPlace[];
  readonly warnings: readonly string[];
}

const DATE_LINE_HEIGHT = 14;
const NOTICE_LINE_HEIGHT = 7;
/** A seal over more pages than this is cut too thin to read: the next pages start a new one. */
export const PAGES_PER_CROSS_PAGE_SEAL = 20;

/** Lines below a single-page seal, in points: the date if asked, and in a sandbox the notice that nothing has legal effect. */
export interface Footer {
  readonly dateHeight: number;
  readonly noticeHeight: number;
}

export function footerOf(hasDate: boolean, sandbox: boolean): Footer {
  return { dateHeight: hasDate ? DATE_LINE_HEIGHT : 0, noticeHeight: sandbox ? NOTICE_LINE_HEIGHT : 0 };
}

interface PlanInput {
  readonly placement: RequestedPlacement;
  readonly sealSize: Size;
  /** Given when the party may sign by hand instead, on paper of this size. */
  readonly signatureSize?: Size | undefined;
  readonly pages: readonly PageSize[];
  readonly sandbox: boolean;
  /** Where in the request this stands, e.g. `signers[0].signFields[1]`. */
  readonly path: string;
}

export function planPlacement(input: PlanInput): Plan {
  return input.placement.style === 'cross-page' ? planCrossPage(input) : planSinglePage(input);
}

function planSinglePage({ placement, sealSize, signatureSize, pages, sandbox, path }: PlanInput): Plan {
  const page = pages[(placement.page ?? 0) - 1];
  if (!page) {
    throw badParameter({ [`${path}.signFieldPosition.positionPage`]: `页码不存在,文件共${pages.length}页` });
  }
  const size = placement.size ?? roomFor({ placement, sealSize, signatureSize }, page);
  const { dateHeight, noticeHeight } = footerOf(placement.dateFormat !== null, sandbox);
  const below = dateHeight + noticeHeight;
  const wanted: Rect = {
    x: (placement.x ?? 0) - size.width / 2,
    y: (placement.y ?? 0) - size.height / 2 - below,
    width: size.width,
    height: size.height + below,
  };
  const rect = moveInside(wanted, page);
  const warnings = sameRect(rect, wanted) ? [] : [`${path}: 签章超出页面,已移至页内`];
  return { places: [{ page: placement.page ?? 1, rect }], warnings };
}

/** The seal's size, and what a signature wants beyond it as far as the page has it: for a signature alone nothing is moved. */
function roomFor(
  { placement, sealSize, signatureSize }: Pick<PlanInput, 'placement' | 'sealSize' | 'signatureSize'>,
  page: PageSize,
): Size {
  const { width, height } = signatureSize ?? sealSize;
  const [x, y] = [placement.x ?? 0, placement.y ?? 0];
  return {
    width: Math.max(sealSize.width, Math.min(width, 2 * x, 2 * (page.width - x))),
    height: Math.max(sealSize.height, Math.min(height, 2 * y, 2 * (page.height - y))),
  };
}

function planCrossPage({ placement, sealSize, pages, path }: PlanInput): Plan {
  if (pages.length < 2) throw new ApiError('CROSS_PAGE_ON_SINGLE_PAGE', { path });
  const size = placement.size ?? sealSize;
  const warnings: string[] = [];
  const places = bands(pages.length).flatMap((band) =>
    band.map((pageNumber, i) => {
      const page = pages[pageNumber - 1] as PageSize;
      const width = size.width / band.length;
      const wanted = { x: page.width - width, y: (placement.y ?? 0) - size.height / 2, width, height: size.height };
      const rect = moveInside(wanted, page);
      if (!sameRect(rect, wanted)) warnings.push(`${path}: 第${pageNumber}页骑缝章超出页面,已移至页内`);
      return { page: pageNumber, rect, slice: { from: i / band.length, to: (i + 1) / band.length } };
    }),
  );
  return { places, warnings };
}

/** Page numbers in runs of equal length, none longer than a readable seal allows, none of a single page. */
function bands(pageCount: number): number[][] {
  const count = Math.ceil(pageCount / PAGES_PER_CROSS_PAGE_SEAL);
  const numbers = Array.from({ length: pageCount }, (_, i) => i + 1);
  return Array.from({ length: count }, (_, i) =>
    numbers.slice(Math.round((i * pageCount) / count), Math.round(((i + 1) * pageCount) / count)),
  );
}

function moveInside(rect: Rect, page: PageSize): Rect {
  const width = Math.min(rect.width, page.width);
  const height = Math.min(rect.height, page.height);
  return {
    x: Math.min(Math.max(rect.x, 0), page.width - width),
    y: Math.min(Math.max(rect.y, 0), page.height - height),
    width,
    height,
  };
}

function sameRect(a: Rect, b: Rect): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}
