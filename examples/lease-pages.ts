/** The twelve pages of the sample lease: cover, contents, articles, three annexes, signatures. */
import type { EmbeddedFont, PDF } from '@libpdf/core';
import { writeAnnexes } from './lease-annexes.ts';
import { type SealPlace, writeSignatures } from './lease-signatures.ts';
import { ARTICLES, CONTRACT_NUMBER, GUARANTOR, LESSOR, PREAMBLE, TENANT } from './lease-text.ts';
import {
  COLUMN,
  ensureRoom,
  type Flow,
  joinContents,
  MARGIN,
  PAGE,
  rule,
  type Style,
  startFlow,
  turnPage,
  writeParagraph,
  writeText,
} from './typesetting.ts';

export interface Faces {
  readonly text: EmbeddedFont;
  readonly strong: EmbeddedFont;
  readonly heading: EmbeddedFont;
}

export interface ComposedLease {
  readonly pageCount: number;
  readonly pagesOfHeadings: ReadonlyMap<string, number>;
  readonly sealPlaces: readonly SealPlace[];
}

const BODY = { size: 11, leading: 21 };

export function composeLease(pdf: PDF, faces: Faces, knownPages: ReadonlyMap<string, number>): ComposedLease {
  const flow = startFlow(pdf);
  const pagesOfHeadings = new Map<string, number>();
  const note = (heading: string): void => {
    pagesOfHeadings.set(heading, flow.pageNumber);
  };

  writeCover(flow, faces);
  turnPage(flow);
  writeContents(flow, faces, knownPages);
  turnPage(flow);
  writeArticles(flow, faces, note);
  writeAnnexes(flow, faces, note);
  turnPage(flow);
  note('签署页');
  const sealPlaces = writeSignatures(flow, faces);
  writeFurniture(pdf, faces);
  joinContents(pdf);

  return { pageCount: flow.pageNumber, pagesOfHeadings, sealPlaces };
}

const NUMERALS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

function chineseNumber(n: number): string {
  if (n <= 10) {
    return NUMERALS[n] ?? '';
  }
  return `${n < 20 ? '' : NUMERALS[Math.floor(n / 10)]}十${NUMERALS[n % 10]}`;
}

const articleHeading = (index: number, title: string): string => `第${chineseNumber(index + 1)}条  ${title}`;

function writeCover(flow: Flow, faces: Faces): void {
  const { page } = flow;
  const middle = (text: string, y: number, font: EmbeddedFont, size: number): void => {
    writeText(page, text, { x: (PAGE.width - font.widthOfTextAtSize(text, size)) / 2, y, font, size });
  };
  const number = `合同编号：${CONTRACT_NUMBER}`;
  const right = PAGE.width - MARGIN.right - faces.text.widthOfTextAtSize(number, 10.5);
  writeText(page, number, { x: right, y: 762, font: faces.text, size: 10.5 });
  middle('房 屋 租 赁 合 同', 610, faces.strong, 34);
  middle('（住房租赁企业版）', 574, faces.text, 14);

  const lines = [
    ['出租方（甲方）', LESSOR.name],
    ['承租方（乙方）', TENANT.name],
    ['担保人（丙方）', GUARANTOR.name],
    ['房屋坐落', '杭州市星河区望江里小区 6 幢 2 单元 1203 室'],
    ['租赁期限', '2026 年 12 月 1 日至 2028 年 11 月 30 日'],
    ['签订地点', '杭州市星河区'],
  ] as const;
  lines.forEach(([label, value], i) => {
    const y = 440 - i * 38;
    writeText(page, label, { x: 108, y, font: faces.heading, size: 12 });
    writeText(page, value, { x: 212, y, font: faces.text, size: 12.5 });
    rule(page, 208, y - 7, PAGE.width - 208 - 108);
  });
  middle('二〇二六年十一月', 150, faces.text, 13);
  const invented = '样例文本：所载人物、企业、地址、证件号码与账号均为虚构';
  const x = (PAGE.width - faces.text.widthOfTextAtSize(invented, 8.5)) / 2;
  writeText(page, invented, { x, y: 60, font: faces.text, size: 8.5, gray: true });
}

function writeContents(flow: Flow, faces: Faces, knownPages: ReadonlyMap<string, number>): void {
  writeParagraph(flow, '目  录', { font: faces.strong, size: 18, leading: 26, after: 14, align: 'center' });
  for (const [heading, pageNumber] of knownPages) {
    flow.y -= 23.5;
    const size = 11;
    const number = String(pageNumber);
    const right = PAGE.width - MARGIN.right - faces.text.widthOfTextAtSize(number, size);
    writeText(flow.page, heading, { x: MARGIN.left, y: flow.y, font: faces.text, size });
    writeText(flow.page, number, { x: right, y: flow.y, font: faces.text, size });
    const from = MARGIN.left + faces.text.widthOfTextAtSize(heading, size) + 8;
    const dot = faces.text.widthOfTextAtSize('.', size) + 2;
    for (let x = right - 10; x > from; x -= dot) {
      flow.page.drawCircle({ x, y: flow.y + 1.4, radius: 0.55, color: { type: 'Grayscale', gray: 0.55 } });
    }
  }
}

function writeArticles(flow: Flow, faces: Faces, note: (heading: string) => void): void {
  const body: Style = { font: faces.text, ...BODY, firstIndent: 2 * BODY.size };
  writeParagraph(flow, '房屋租赁合同', { font: faces.strong, size: 20, leading: 30, after: 12, align: 'center' });
  for (const text of PREAMBLE) {
    writeParagraph(flow, text, { ...body, after: 4 });
  }

  ARTICLES.forEach(({ title, clauses }, index) => {
    ensureRoom(flow, 30 + 2 * BODY.leading);
    const heading = articleHeading(index, title);
    note(heading);
    writeParagraph(flow, heading, { font: faces.heading, size: 12, leading: 22, before: 7, after: 2, align: 'left' });
    clauses.forEach((clause, i) => {
      writeParagraph(flow, `${index + 1}.${i + 1} ${clause}`, body);
    });
  });
}

function writeFurniture(pdf: PDF, faces: Faces): void {
  const pages = pdf.getPages();
  pages.slice(1).forEach((page, i) => {
    const foot = `第 ${i + 2} 页  共 ${pages.length} 页`;
    const size = 9;
    const width = faces.text.widthOfTextAtSize(foot, size);
    writeText(page, '房屋租赁合同', { x: MARGIN.left, y: PAGE.height - 56, font: faces.text, size, gray: true });
    const number = `合同编号：${CONTRACT_NUMBER}`;
    const right = PAGE.width - MARGIN.right - faces.text.widthOfTextAtSize(number, size);
    writeText(page, number, { x: right, y: PAGE.height - 56, font: faces.text, size, gray: true });
    rule(page, MARGIN.left, PAGE.height - 63, COLUMN);
    writeText(page, foot, { x: (PAGE.width - width) / 2, y: 44, font: faces.text, size, gray: true });
  });
}
