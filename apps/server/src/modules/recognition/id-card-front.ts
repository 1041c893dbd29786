/** The portrait side of the resident identity card (居民身份证): six labels, one column, the number at the foot. */
import { isResidentId, residentIdBirthday } from '@signet/protocol/identifiers';
import { type CheckedNumber, readCheckedNumber } from './checked-number.ts';
import { nationOf } from './nations.ts';
import { type CardOutcome, read, unread } from './outcome.ts';
import { type Row, rowsOf, textOf } from './page-text.ts';
import type { ReadLine } from './ports.ts';

export interface IdCardFront {
  readonly name: string;
  readonly sex: '男' | '女';
  /** Undefined where it cannot be read. */
  readonly nation: string | undefined;
  /** yyyy-MM-dd */
  readonly birth: string;
  readonly address: string | undefined;
  readonly idNumber: string;
}

export function parseIdCardFront(lines: readonly ReadLine[]): CardOutcome<IdCardFront> {
  const rows = rowsOf(lines);
  if (rows.length === 0) return unread('no-text');
  if (isBack(rows)) return unread('other-side');

  const printed = printedFacts(rows);
  const found = findNumber(rows, printed);
  if (!found) return unread(looksLikeFront(rows) ? 'number-unsure' : 'other-document');
  const body = rows.slice(0, found.at);
  const name = readName(body);
  if (!name) return unread('name-missing');
  return read({ name, ...toldBy(found.number.value), nation: readNation(body), address: readAddress(body) });
}

/** The number itself says when its owner was born, and the sex. */
export function toldBy(idNumber: string): Pick<IdCardFront, 'idNumber' | 'sex' | 'birth'> {
  return {
    idNumber,
    sex: Number(idNumber[16]) % 2 === 1 ? '男' : '女',
    birth: `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`,
  };
}

function isBack(rows: readonly Row[]): boolean {
  return rows.some((row) => /签发机关|有效期限|居民身份证/.test(textOf(row)));
}

function looksLikeFront(rows: readonly Row[]): boolean {
  return rows.some((row) => /公民|身份号|姓名|民族|住址|性别/.test(textOf(row)));
}

/** What the card says beside its number; the number must agree, or the reading of one of them is wrong. */
interface PrintedFacts {
  readonly birth: string | undefined;
  readonly sex: string | undefined;
}

function printedFacts(rows: readonly Row[]): PrintedFacts {
  const texts = rows.map(textOf);
  const birth = texts.map((text) => /(\d{4})年(\d{1,2})月(\d{1,2})日?/.exec(text)).find((match) => match !== null);
  const [, year = '', month = '', day = ''] = birth ?? [];
  const sex = texts.map((text) => /别\s*([男女])|^([男女])民?族?/.exec(text)).find((match) => match !== null);
  return {
    birth: birth ? year + month.padStart(2, '0') + day.padStart(2, '0') : undefined,
    sex: sex?.[1] ?? sex?.[2],
  };
}

function findNumber(rows: readonly Row[], printed: PrintedFacts): { number: CheckedNumber; at: number } | undefined {
  const candidates = [...rows.entries()].flatMap(([at, row]) => {
    const characters = afterLabel(row);
    const isLong = characters.filter(({ text }) => /[\dXx]/.test(text)).length >= 14;
    const number = isLong ? readNumber(characters, printed) : undefined;
    return number ? [{ number, at }] : [];
  });
  // The number stands below everything else.
  return candidates.at(-1);
}

/** As it stands, the check digit is proof enough; a repaired one must also agree with what is printed above it. */
function readNumber(characters: Row, printed: PrintedFacts): CheckedNumber | undefined {
  const rule = { lengths: [18], alphabet: '0123456789X' };
  const plain = readCheckedNumber(characters, { ...rule, holds: isPossible });
  if (plain && (plain.repairs === 0 || agrees(plain.value, printed))) return plain;
  return readCheckedNumber(characters, { ...rule, holds: (value) => isPossible(value) && agrees(value, printed) });
}

/** Nobody older carries a card of this kind. */
const OLDEST = Date.UTC(1900, 0, 1);

export function isPossible(value: string): boolean {
  return isResidentId(value) && (residentIdBirthday(value)?.getTime() ?? 0) >= OLDEST;
}

export function agrees(value: string, { birth, sex }: PrintedFacts): boolean {
  const sexDigit = Number(value[16]) % 2 === 1 ? '男' : '女';
  return (birth === undefined || value.slice(6, 14) === birth) && (sex === undefined || sexDigit === sex);
}

function afterLabel(row: Row): Row {
  const end = row.findLastIndex(({ text }) => /[公民身份证号码]/.test(text));
  return row.slice(end + 1);
}

function rowWith(rows: readonly Row[], label: RegExp): number {
  return rows.findIndex((row) => label.test(textOf(row)));
}

/** The first row that is no row of another field; what the label was read as may be damaged. */
function readName(rows: readonly Row[]): string | undefined {
  const labelled = rowWith(rows, /^.?姓名|^姓|^.名/);
  const other = rowWith(rows, /性别|民族|出生|年.{0,3}月|住址/);
  const end = other < 0 ? rows.length : other;
  const row =
    labelled >= 0 && labelled <= end ? rows[labelled] : rows.slice(0, end).find((one) => nameIn(one) !== undefined);
  return row && nameIn(row);
}

const DOTS = /[•・.．‧∙●。]/gu;

function nameIn(row: Row): string | undefined {
  const text = textOf(row)
    .replace(/\s/g, '')
    .replace(/^.?姓名|^姓(?=名?[\p{Script=Han}]{2})名?/u, '')
    .replace(DOTS, '·')
    .replace(/[^\p{Script=Han}·]/gu, '')
    .replace(/^·+|·+$/g, '')
    .replace(/·{2,}/g, '·');
  return [...text].length >= 2 ? text : undefined;
}

function readNation(rows: readonly Row[]): string | undefined {
  const row = rows.map(textOf).find((text) => /民族|族/.test(text));
  const read = /族\s*([\p{Script=Han}]{1,5})/u.exec(row ?? '')?.[1];
  return read === undefined ? undefined : nationOf(read);
}

function readAddress(rows: readonly Row[]): string | undefined {
  const labelled = rowWith(rows, /^.{0,1}住址|^住|^.址/);
  const birth = rowWith(rows, /\d{4}年|出生/);
  const start = labelled >= 0 ? labelled : birth + 1;
  if (start <= 0) return undefined;
  const text = rows
    .slice(start)
    .map((row) => textOf(row).replace(/\s/g, ''))
    .map((line, i) => (i === 0 ? line.replace(/^.?住址|^住(?=.{3})|^.址/, '') : line))
    .join('');
  const address = text.replace(/[^\p{Script=Han}\p{Letter}\d()（）\-－—#·,，、/]/gu, '');
  return address.length >= 3 ? address : undefined;
}
