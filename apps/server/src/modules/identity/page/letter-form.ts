/** 企业经办人授权书 to print: a letter of the company that names its agent, with room for its seal and two signatures. */
import { toShanghai } from '../../../kernel/time.ts';
import type { CompanyFacts, PersonFacts } from '../ports.ts';
import { CENTER, COLUMN, LetterSheet, MARGIN } from './letter-sheet.ts';

const TITLE = '企业经办人授权书';
const BODY = { size: 11 } as const;
const LABEL = { size: 10.5, isGray: true } as const;
const SIGN = { size: 11.5, face: 'heading' } as const;
const LEADING = 19;
const ROW = 25;
/** Of the first line in a row, below the rule. */
const BASELINE = 16.5;
const LABEL_WIDTH = 126;
/** Official round seals are 40 to 42 mm wide. */
const SEAL_WIDTH = 119;
/** With room to write. */
const BLANK_DATE = '　　　年　　月　　日';
const BLANK_END = '＿＿＿＿年＿＿月＿＿日';

export interface LetterFacts {
  readonly company: CompanyFacts;
  readonly agent: PersonFacts;
  /** Of the app that asks for the letter. */
  readonly appName: string;
  readonly verificationId: string;
  readonly at: Date;
}

export async function setLetter(facts: LetterFacts): Promise<Uint8Array> {
  const sheet = await LetterSheet.open(TITLE, facts.at);
  writeHead(sheet, facts.company);
  writeTitle(sheet, facts);
  writeFacts(sheet, facts);
  for (const { text, indent } of paragraphs()) {
    sheet.skip(3);
    sheet.writeLines(text, BODY, { indent: indent * BODY.size, leading: LEADING });
  }
  writeSignatures(sheet, facts.company);
  const foot = `认证编号 ${facts.verificationId}　生成日期 ${toShanghai(facts.at).slice(0, 10)}`;
  return sheet.finish('请打印后签字并加盖企业公章，完整拍照或扫描上传。涂改无效。', foot);
}

/** The company's own paper: its name and code over a double rule. */
function writeHead(sheet: LetterSheet, { name, idNumber, idDocumentType }: CompanyFacts): void {
  const type = { size: 15, face: 'heading' } as const;
  for (const line of inHalves(name, sheet.widthOf(name, type) > COLUMN)) {
    sheet.skip(20);
    sheet.writeCentered(line, CENTER, sheet.y, type);
  }
  sheet.skip(16);
  sheet.writeCentered(`${numberLabel(idDocumentType)} ${idNumber}`, CENTER, sheet.y, { size: 9, isGray: true });
  sheet.skip(12);
  sheet.rule(sheet.y, { isInk: true, thickness: 1.4 });
  sheet.skip(3);
  sheet.rule(sheet.y, { isInk: true, thickness: 0.5 });
}

function writeTitle(sheet: LetterSheet, { appName }: LetterFacts): void {
  sheet.skip(44);
  sheet.writeCentered(TITLE, CENTER, sheet.y, { size: 22, face: 'heading' });
  sheet.skip(14);
  sheet.writeLines(`致：“${appName}”及其使用的电子签约平台`, BODY, { leading: LEADING });
  sheet.skip(12);
}

function writeFacts(sheet: LetterSheet, { company, agent }: LetterFacts): void {
  sheet.rule(sheet.y);
  for (const [label, value] of [
    ['企业名称', company.name],
    [numberLabel(company.idDocumentType), company.idNumber],
    ['法定代表人', company.legalRepresentative.name],
    ['经办人姓名', agent.name],
    ['经办人证件', '居民身份证'],
    ['经办人证件号码', agent.idNumber],
  ] as const) {
    const top = sheet.y;
    sheet.write(label, MARGIN + 4, top - BASELINE, LABEL);
    sheet.y = top - BASELINE + LEADING;
    const column = { x: MARGIN + LABEL_WIDTH, width: COLUMN - LABEL_WIDTH - 4, leading: LEADING };
    const lines = sheet.writeLines(value, BODY, column);
    sheet.y = top - ROW - (lines - 1) * LEADING;
    sheet.rule(sheet.y);
  }
  sheet.skip(4);
}

function paragraphs(): readonly { readonly text: string; readonly indent: number }[] {
  return [
    '本企业授权上列经办人，代表本企业在上述平台办理下列事项：',
    '（一）办理企业实名认证，提交并确认本企业的信息和证明材料；',
    '（二）认证通过后，创建、管理本企业的电子印章并授权使用；',
    '（三）以本企业名义发起、签署、拒签和撤回电子合同等电子文件，接收通知。',
    `授权期限：自落款日期起至${BLANK_END}止。未填写截止日期的，至本企业书面撤销并送达平台之日止。`,
    '经办人在授权范围和期限内的操作视为本企业的行为，由本企业承担相应的法律后果。撤销授权不影响此前已经完成的操作。',
    '本企业保证以上信息和所提交的材料真实、准确、完整。',
  ].map((text) => ({ text, indent: 2 }));
}

/** The agent and the representative sign on the left; the seal goes over the company's name and the date on the right. */
function writeSignatures(sheet: LetterSheet, { name }: CompanyFacts): void {
  sheet.keep(SEAL_WIDTH + 20);
  sheet.skip(30);
  const top = sheet.y;
  const lineWidth = 96;
  for (const [i, label] of ['经办人（签字）：', '法定代表人（签字）：'].entries()) {
    const y = top - 18 - i * 56;
    sheet.write(label, MARGIN, y, SIGN);
    sheet.rule(y - 4, { x: MARGIN + sheet.widthOf(label, SIGN), width: lineWidth, isInk: true });
  }

  const right = MARGIN + COLUMN - 88;
  const middle = top - SEAL_WIDTH / 2 + 12;
  sheet.sealPlace(right, middle, SEAL_WIDTH);
  sheet.writeCentered('企业（加盖公章）', right, middle + 30, { ...LABEL, size: 9.5 });
  writeName(sheet, name, right, middle);
  sheet.writeCentered(BLANK_DATE, right, middle - 32, { size: 11.5 });
  sheet.y = middle - SEAL_WIDTH / 2;
}

/** In at most two lines beside the signatures. */
function writeName(sheet: LetterSheet, name: string, x: number, y: number): void {
  const widest = 176;
  const size = Math.min(11.5, Math.max(7, (11.5 * widest * 2) / Math.max(1, sheet.widthOf(name, SIGN))));
  const type = { ...SIGN, size };
  const lines = inHalves(name, sheet.widthOf(name, type) > widest);
  for (const [i, line] of lines.entries()) sheet.writeCentered(line, x, y + 7 * (lines.length - 1) - 15 * i, type);
}

/** Two lines of about the same length, or the one. */
function inHalves(name: string, isLong: boolean): readonly string[] {
  if (!isLong) return [name];
  const characters = [...name];
  const half = Math.ceil(characters.length / 2);
  return [characters.slice(0, half).join(''), characters.slice(half).join('')];
}

function numberLabel(idDocumentType: string): string {
  return idDocumentType.endsWith('REGCODE') ? '企业注册号' : '统一社会信用代码';
}
