/** The emblem side of the resident identity card: who issued it and until when it holds. */
import { type CardOutcome, read, unread } from './outcome.ts';
import { type Row, rowsOf, textOf } from './page-text.ts';
import type { ReadLine } from './ports.ts';

export interface IdCardBack {
  readonly authority: string;
  /** yyyy.MM.dd-yyyy.MM.dd or yyyy.MM.dd-长期, as printed. */
  readonly validDate: string;
}

/** Cards hold for so many years, by the age of their owner (居民身份证法 §5). */
const TERMS = [5, 10, 20];

export function parseIdCardBack(lines: readonly ReadLine[]): CardOutcome<IdCardBack> {
  const rows = rowsOf(lines);
  if (rows.length === 0) return unread('no-text');
  const authority = readAuthority(rows);
  const validDate = readValidDate(rows);
  if (authority && validDate) return read({ authority, validDate });

  const texts = rows.map(textOf);
  if (texts.some((text) => /公民身份|姓名|住址/.test(text))) return unread('other-side');
  const isBack = texts.some((text) => /居民身份证|签发机关|有效期/.test(text));
  return unread(isBack ? 'incomplete' : 'other-document');
}

function readAuthority(rows: readonly Row[]): string | undefined {
  const texts = rows.map((row) => textOf(row).replace(/\s/g, ''));
  const at = texts.findIndex((text) => /签发机关|发机关|签发机/.test(text));
  const labelled = at < 0 ? undefined : texts[at]?.replace(/^.*?(签发机关|发机关|签发机)/, '');
  const unlabelled = texts.find((text) => /公安.{0,12}局$/.test(text));
  const own = labelled ?? unlabelled;
  if (own === undefined) return undefined;
  // A long name runs over two lines; the next row with a date is another field.
  const next = at >= 0 && !own.endsWith('局') ? texts[at + 1] : undefined;
  const more = next && !/\d{4}|期限/.test(next) ? next : '';
  const text = (own + more).replace(/[^\p{Script=Han}]/gu, '');
  return text.length >= 4 ? text : undefined;
}

function readValidDate(rows: readonly Row[]): string | undefined {
  for (const text of rows.map((row) => textOf(row).replace(/\s/g, ''))) {
    const digits = text.replace(/[Oo〇]/g, '0').replace(/[Il|]/g, '1');
    const match = /(\d{4})\D?(\d{2})\D?(\d{2})\D{0,3}(?:(\d{4})\D?(\d{2})\D?(\d{2})|[长长]期?)/.exec(digits);
    if (!match) continue;
    const [, year = '', month = '', day = '', endYear, endMonth = '', endDay = ''] = match;
    return periodOf([year, month, day], endYear === undefined ? undefined : [endYear, endMonth, endDay]);
  }
  return undefined;
}

type PrintedDate = readonly [year: string, month: string, day: string];

/** As printed, when it is a term that cards have; without an end it is 长期. */
export function periodOf(begin: PrintedDate, end: PrintedDate | undefined): string | undefined {
  if (!isDate(...begin)) return undefined;
  if (!end) return `${begin.join('.')}-长期`;
  const isTerm = TERMS.includes(Number(end[0]) - Number(begin[0])) && isDate(...end);
  return isTerm ? `${begin.join('.')}-${end.join('.')}` : undefined;
}

function isDate(year: string, month: string, day: string): boolean {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(year) >= 2004;
}
