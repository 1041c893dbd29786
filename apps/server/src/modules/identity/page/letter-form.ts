/** 企业经办人授权书 to print: one page with the company's and the agent's data, room for a seal and two signatures. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type EmbeddedFont, PDF, type PDFPage, rgb } from '@libpdf/core';
import { toShanghai } from '../../../kernel/time.ts';
import type { CompanyFacts, PersonFacts } from '../ports.ts';

const require = createRequire(import.meta.url);
const PAGE = { width: 595.28, height: 841.89 };
const LEFT = 79;
const COLUMN = PAGE.width - 2 * LEFT;
const INK = rgb(0.086, 0.125, 0.18);
const GRAY = rgb(0.42, 0.46, 0.52);
const HAIRLINE = rgb(0.72, 0.75, 0.79);
const BODY = { size: 11.5, leading: 22 };
const ROW = 30;
const LABEL_WIDTH = 128;
const NEVER_FIRST = /^[,。、;:?!)》」』】]/u;

export interface LetterFacts {
  readonly company: CompanyFacts;
  readonly agent: PersonFacts;
  readonly at: Date;
}

interface Sheet {
  readonly page: PDFPage;
  readonly text: EmbeddedFont;
  readonly heading: EmbeddedFont;
}

export async function setLetter(facts: LetterFacts): Promise<Uint8Array> {
  const pdf = PDF.create();
  pdf.setTitle('企业经办人授权书', { showInWindowTitleBar: true });
  pdf.setLanguage('zh-CN');
  pdf.setCreationDate(facts.at);
  pdf.setModificationDate(facts.at);
  const embed = async (file: string) => pdf.embedFont(await readFile(require.resolve(`@expo-google-fonts/${file}`)));
  const sheet: Sheet = {
    page: pdf.addPage(PAGE),
    text: await embed('noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
    heading: await embed('noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf'),
  };
  writeLetter(sheet, facts);
  return pdf.save({ subsetFonts: true });
}

function writeLetter(sheet: Sheet, { company, agent, at }: LetterFacts): void {
  const { legalRepresentative } = company;
  let y = PAGE.height - 112;
  const title = '企业经办人授权书';
  const titleWidth = sheet.heading.widthOfTextAtSize(title, 22);
  write(sheet, title, { x: (PAGE.width - titleWidth) / 2, y, size: 22, isHeading: true });
  y = writeTable(sheet, y - 42, [
    ['企业名称', company.name],
    ['统一社会信用代码', company.idNumber],
    ['法定代表人', legalRepresentative.name],
    ['经办人姓名', agent.name],
    ['经办人证件号码', agent.idNumber],
  ]);
  for (const paragraph of [
    '本企业授权上述经办人在本平台办理企业实名认证,提交企业信息与证明材料,并在认证通过后管理本企业的电子印章、以本企业名义发起和签署电子文件。',
    '经办人在授权范围内所作的操作,视为本企业的行为,由本企业承担相应的法律责任。',
    '本授权自下列日期起生效,至本企业书面撤销之日止。本企业保证所填信息真实、准确、完整。',
  ]) {
    y = writeParagraph(sheet, paragraph, y - 10);
  }
  writeSignatures(sheet, y - 46);
  const note = `打印后请加盖企业公章并签字,拍照或扫描上传。生成日期 ${toShanghai(at).slice(0, 10)}`;
  write(sheet, note, { x: LEFT, y: 66, size: 9, isGray: true });
}

function writeTable(sheet: Sheet, top: number, rows: readonly (readonly [string, string])[]): number {
  let y = top;
  rule(sheet.page, y);
  for (const [label, value] of rows) {
    const lines = breakLines(sheet.text, value, { size: BODY.size, width: COLUMN - LABEL_WIDTH - 8, indent: 0 });
    const height = ROW + (lines.length - 1) * BODY.leading;
    write(sheet, label, { x: LEFT + 6, y: y - 19.5, size: 10.5, isGray: true });
    for (const [i, line] of lines.entries()) {
      write(sheet, line, { x: LEFT + LABEL_WIDTH, y: y - 19.5 - i * BODY.leading, size: BODY.size });
    }
    y -= height;
    rule(sheet.page, y);
  }
  return y - 14;
}

function writeParagraph(sheet: Sheet, text: string, top: number): number {
  const indent = 2 * BODY.size;
  let y = top;
  for (const [i, line] of breakLines(sheet.text, text, { size: BODY.size, width: COLUMN, indent }).entries()) {
    y -= BODY.leading;
    write(sheet, line, { x: LEFT + (i === 0 ? indent : 0), y, size: BODY.size });
  }
  return y;
}

function writeSignatures(sheet: Sheet, top: number): void {
  const half = LEFT + COLUMN / 2 + 16;
  for (const [x, label] of [
    [LEFT, '企业(盖章)'],
    [half, '经办人(签字)'],
  ] as const) {
    write(sheet, label, { x, y: top, size: 12, isHeading: true });
  }
  const y = top - 110;
  for (const [x, label] of [
    [LEFT, '法定代表人(签字)'],
    [half, '日期        年      月      日'],
  ] as const) {
    write(sheet, label, { x, y, size: 12, isHeading: true });
  }
}

interface Written {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly isHeading?: boolean;
  readonly isGray?: boolean;
}

function write({ page, text, heading }: Sheet, words: string, { x, y, size, isHeading, isGray }: Written): void {
  page.drawText(words, { x, y, size, font: isHeading ? heading : text, color: isGray ? GRAY : INK });
}

function rule(page: PDFPage, y: number): void {
  page.drawLine({ start: { x: LEFT, y }, end: { x: LEFT + COLUMN, y }, color: HAIRLINE, thickness: 0.6 });
}

/** Chinese breaks anywhere but before a closing mark; words and numbers stay whole. */
function breakLines(
  font: EmbeddedFont,
  text: string,
  { size, width, indent }: { size: number; width: number; indent: number },
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/[\x21-\x2b\x2d-\x7e]+|./gsu) ?? []) {
    const room = lines.length === 0 ? width - indent : width;
    const isFull = font.widthOfTextAtSize(line + piece, size) > room;
    if (isFull && line !== '' && !NEVER_FIRST.test(piece)) {
      lines.push(line);
      line = '';
    }
    line += piece;
  }
  return [...lines, line];
}
