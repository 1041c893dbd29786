/** Paper on which a letter is set: a cursor that goes down, and a new page where the present one is full. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type EmbeddedFont, PDF, type PDFPage, rgb } from '@libpdf/core';
import { setLines } from './chinese-lines.ts';

const require = createRequire(import.meta.url);

/** A4, in points. */
const PAPER = { width: 595.28, height: 841.89 };
export const MARGIN = 76;
export const COLUMN = PAPER.width - 2 * MARGIN;
export const CENTER = PAPER.width / 2;
const TOP = PAPER.height - 64;
/** Below it stands the foot of the page. */
const BOTTOM = 92;

const INK = rgb(0.086, 0.125, 0.18);
const GRAY = rgb(0.36, 0.4, 0.46);
const HAIRLINE = rgb(0.72, 0.75, 0.79);

export interface Type {
  readonly size: number;
  readonly face?: 'text' | 'heading';
  readonly isGray?: boolean;
}

export interface Column {
  readonly x?: number;
  readonly width?: number;
  readonly indent?: number;
  readonly leading: number;
}

export class LetterSheet {
  /** The baseline of what was written last. */
  y = TOP;
  private readonly pdf: PDF;
  private readonly faces: Readonly<Record<'text' | 'heading', EmbeddedFont>>;
  private readonly pages: PDFPage[] = [];

  private constructor(pdf: PDF, faces: LetterSheet['faces']) {
    this.pdf = pdf;
    this.faces = faces;
    this.turn();
  }

  static async open(title: string, at: Date): Promise<LetterSheet> {
    const pdf = PDF.create();
    pdf.setTitle(title, { showInWindowTitleBar: true });
    pdf.setLanguage('zh-CN');
    pdf.setCreationDate(at);
    pdf.setModificationDate(at);
    const embed = async (file: string) => pdf.embedFont(await readFile(require.resolve(`@expo-google-fonts/${file}`)));
    return new LetterSheet(pdf, {
      text: await embed('noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
      heading: await embed('noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf'),
    });
  }

  /** What follows and is this high stands on one page. */
  keep(height: number): void {
    if (this.y - height < BOTTOM) this.turn();
  }

  skip(height: number): void {
    this.y -= height;
  }

  widthOf(text: string, { size, face = 'text' }: Type): number {
    return this.faces[face].widthOfTextAtSize(text, size);
  }

  /** One line at a place. */
  write(text: string, x: number, y: number, { size, face = 'text', isGray = false }: Type): void {
    this.page.drawText(text, { x, y, size, font: this.faces[face], color: isGray ? GRAY : INK });
  }

  writeCentered(text: string, x: number, y: number, type: Type): void {
    this.write(text, x - this.widthOf(text, type) / 2, y, type);
  }

  /** Lines below the cursor. @returns how many. */
  writeLines(text: string, type: Type, column: Column): number {
    const { x = MARGIN, width = COLUMN, indent = 0, leading } = column;
    const widthOf = (piece: string): number => this.widthOf(piece, type);
    const lines = setLines(text, { size: type.size, width, indent, widthOf });
    for (const line of lines) {
      this.keep(leading);
      this.skip(leading);
      for (const piece of line) this.write(piece.text, x + piece.x, this.y, type);
    }
    return lines.length;
  }

  rule(y: number, { x = MARGIN, width = COLUMN, isInk = false, thickness = 0.6 } = {}): void {
    this.page.drawLine({
      ...{ start: { x, y }, end: { x: x + width, y }, thickness },
      color: isInk ? INK : HAIRLINE,
    });
  }

  /** A dashed circle, where a round seal of that width goes. */
  sealPlace(x: number, y: number, width: number): void {
    const corner = { x: x - width / 2, y: y - width / 2, width, height: width, cornerRadius: width / 2 };
    this.page.drawRectangle({ ...corner, borderColor: HAIRLINE, borderWidth: 0.8, borderDashArray: [3, 3] });
  }

  /** Writes the foot of every page: what it belongs to, and its number. */
  async finish(note: string, foot: string): Promise<Uint8Array> {
    for (const [i, page] of this.pages.entries()) {
      const type = { x: MARGIN, size: 9, font: this.faces.text, color: GRAY };
      const number = `第 ${i + 1} 页，共 ${this.pages.length} 页`;
      const right = MARGIN + COLUMN - this.widthOf(number, { size: 9 });
      page.drawText(note, { ...type, y: 68 });
      const [start, end] = [
        { x: MARGIN, y: 60 },
        { x: MARGIN + COLUMN, y: 60 },
      ];
      page.drawLine({ start, end, color: HAIRLINE, thickness: 0.6 });
      page.drawText(foot, { ...type, y: 46 });
      page.drawText(number, { ...type, x: right, y: 46 });
    }
    return this.pdf.save({ subsetFonts: true });
  }

  private turn(): void {
    this.pages.push(this.pdf.addPage(PAPER));
    this.y = TOP;
  }

  private get page(): PDFPage {
    return this.pages.at(-1) as PDFPage;
  }
}
