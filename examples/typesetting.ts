/** A column of A4 pages that fills from the top: paragraphs, headings, tables. */
import { type EmbeddedFont, ops, type PDF, type PDFPage, PdfArray, PdfRef, PdfStream, rgb } from '@libpdf/core';
import { breakLines, type Line, type SetPiece } from './line-breaking.ts';

export const PAGE = { width: 595.28, height: 841.89 };
export const MARGIN = { left: 79, right: 79, top: 88, bottom: 76 };
export const COLUMN = PAGE.width - MARGIN.left - MARGIN.right;

export const INK = rgb(0.086, 0.125, 0.18);
export const GRAY = rgb(0.42, 0.46, 0.52);
const HAIRLINE = rgb(0.72, 0.75, 0.79);
const SHADE = rgb(0.945, 0.953, 0.964);

export interface Style {
  readonly font: EmbeddedFont;
  readonly size: number;
  readonly leading: number;
  readonly firstIndent?: number;
  readonly indent?: number;
  readonly before?: number;
  readonly after?: number;
  readonly align?: 'justify' | 'left' | 'center';
}

export interface Column {
  readonly title: string;
  readonly width: number;
  readonly align?: 'left' | 'center';
}

/** Where the next line goes. */
export interface Flow {
  readonly pdf: PDF;
  page: PDFPage;
  pageNumber: number;
  y: number;
}

export function startFlow(pdf: PDF): Flow {
  const flow: Flow = { pdf, page: pdf.addPage(PAGE), pageNumber: 1, y: PAGE.height - MARGIN.top };
  return flow;
}

export function turnPage(flow: Flow): void {
  flow.page = flow.pdf.addPage(PAGE);
  flow.pageNumber += 1;
  flow.y = PAGE.height - MARGIN.top;
}

/** Turns the page when less than `height` is left. */
export function ensureRoom(flow: Flow, height: number): void {
  if (flow.y - height < MARGIN.bottom) {
    turnPage(flow);
  }
}

export function writeParagraph(flow: Flow, text: string, style: Style): void {
  const { leading, indent = 0, firstIndent = 0, before = 0, after = 0, align = 'justify' } = style;
  const width = COLUMN - indent;
  const lines = linesOf(text, style, width);
  flow.y -= before;
  for (const [i, line] of lines.entries()) {
    // Neither the first line of a paragraph alone at the foot, nor its last alone at the head.
    const isFirstOfMany = i === 0 && lines.length > 1;
    const isLastButOne = i === lines.length - 2 && lines.length > 2;
    ensureRoom(flow, leading * (isFirstOfMany || isLastButOne ? 2 : 1));
    flow.y -= leading;
    const shift = i === 0 ? firstIndent : 0;
    const room = width - shift;
    const x = MARGIN.left + indent + shift + (align === 'center' ? (room - line.width) / 2 : 0);
    drawLine(flow.page, line, { x, y: flow.y, room, style });
  }
  flow.y -= after;
}

export function linesOf(text: string, style: Style, width: number): Line[] {
  return breakLines(text, {
    width,
    firstIndent: style.firstIndent ?? 0,
    em: style.size,
    widthOf: (piece) => style.font.widthOfTextAtSize(piece, style.size),
  });
}

interface LinePlace {
  readonly x: number;
  readonly y: number;
  readonly room: number;
  readonly style: Style;
}

/** Justifies by letter spacing; pieces after a squeezed mark begin a new run, since the font still has the full advance. */
export function drawLine(page: PDFPage, line: Line, { x, y, room, style }: LinePlace): void {
  const gaps = line.pieces.reduce((sum, piece) => sum + [...piece.text].length, 0) - 1;
  const isJustified = (style.align ?? 'justify') === 'justify' && !line.isLast && gaps > 0;
  const spacing = isJustified ? Math.max(0, (room - line.width) / gaps) : 0;
  let at = x;
  let run = { text: '', x };
  const flush = (): void => {
    if (run.text.trim() !== '') {
      drawRun(page, run.text, { x: run.x, y, spacing, style });
    }
  };

  for (const piece of line.pieces) {
    const width = piece.width + spacing * [...piece.text].length;
    run.text += piece.text;
    underline(page, piece, { x: at, y, width });
    at += width;
    if (piece.isSqueezed) {
      flush();
      run = { text: '', x: at };
    }
  }
  flush();
}

function drawRun(page: PDFPage, text: string, at: { x: number; y: number; spacing: number; style: Style }): void {
  page.drawOperators([ops.setCharSpacing(Math.round(at.spacing * 1000) / 1000)]);
  page.drawText(text, { x: at.x, y: at.y, font: at.style.font, size: at.style.size, color: INK });
  page.drawOperators([ops.setCharSpacing(0)]);
}

function underline(page: PDFPage, piece: SetPiece, { x, y, width }: { x: number; y: number; width: number }): void {
  if (piece.isFilled) {
    const line = { start: { x, y: y - 2.4 }, end: { x: x + width, y: y - 2.4 } };
    page.drawLine({ ...line, color: INK, thickness: 0.5 });
  }
}

export function writeText(
  page: PDFPage,
  text: string,
  at: { x: number; y: number; font: EmbeddedFont; size: number; gray?: boolean },
): void {
  page.drawText(text, { x: at.x, y: at.y, font: at.font, size: at.size, color: at.gray ? GRAY : INK });
}

export function rule(page: PDFPage, x: number, y: number, width: number): void {
  page.drawLine({ start: { x, y }, end: { x: x + width, y }, color: HAIRLINE, thickness: 0.6 });
}

const CELL_PADDING = 5;

/** A ruled table; its head is repeated on every page that it reaches. */
export function writeTable(
  flow: Flow,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  styles: { head: Style; body: Style },
): void {
  const titles = columns.map((column) => column.title);
  writeRow(flow, columns, titles, { style: styles.head, isHead: true });
  for (const row of rows) {
    if (flow.y - rowHeight(columns, row, styles.body) < MARGIN.bottom) {
      turnPage(flow);
      writeRow(flow, columns, titles, { style: styles.head, isHead: true });
    }
    writeRow(flow, columns, row, { style: styles.body, isHead: false });
  }
}

function cellLines(columns: readonly Column[], row: readonly string[], style: Style): Line[][] {
  return columns.map((column, i) =>
    linesOf(row[i] ?? '', { ...style, align: 'left' }, column.width - 2 * CELL_PADDING),
  );
}

function rowHeight(columns: readonly Column[], row: readonly string[], style: Style): number {
  const most = Math.max(...cellLines(columns, row, style).map((lines) => lines.length));
  return most * style.leading + 2 * CELL_PADDING;
}

function writeRow(
  flow: Flow,
  columns: readonly Column[],
  row: readonly string[],
  { style, isHead }: { style: Style; isHead: boolean },
): void {
  const height = rowHeight(columns, row, style);
  const cells = cellLines(columns, row, style);
  let x = MARGIN.left;
  columns.forEach((column, i) => {
    const box = { x, y: flow.y - height, width: column.width, height };
    flow.page.drawRectangle({ ...box, borderColor: HAIRLINE, borderWidth: 0.6, ...(isHead ? { color: SHADE } : {}) });
    const lines = cells[i] ?? [];
    const top = flow.y - (height - lines.length * style.leading) / 2;
    lines.forEach((line, k) => {
      const room = column.width - 2 * CELL_PADDING;
      const isCentred = isHead || column.align === 'center';
      const left = x + CELL_PADDING + (isCentred ? (room - line.width) / 2 : 0);
      const y = top - k * style.leading - style.leading * 0.5 - style.size * 0.36;
      drawLine(flow.page, line, { x: left, y, room, style: { ...style, align: 'left' } });
    });
    x += column.width;
  });
  flow.y -= height;
}

/** The library makes one content stream per drawing call; a page of text deserves a single one. */
export function joinContents(pdf: PDF): void {
  for (const page of pdf.getPages()) {
    const contents = page.dict.get('Contents');
    if (contents instanceof PdfArray) {
      const parts = [...contents].flatMap((item) => {
        const part = item instanceof PdfRef ? pdf.context.resolve(item) : item;
        return part instanceof PdfStream ? [part.data, Buffer.from('\n')] : [];
      });
      page.dict.set('Contents', pdf.context.register(new PdfStream([], Buffer.concat(parts))));
    }
  }
}
