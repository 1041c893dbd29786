/** The front of a bank card: its number (ISO/IEC 7812), and what is printed around it. */
import { BANK_NAMES, type BankCardType, issuerOf } from './bank-issuers.ts';
import { readCheckedNumber } from './checked-number.ts';
import { type CardOutcome, read, unread } from './outcome.ts';
import { type Row, rowsOf, textOf } from './page-text.ts';
import type { ReadLine } from './ports.ts';

export interface BankCard {
  readonly cardNumber: string;
  /** Undefined when neither the card nor the table of issuers says so. */
  readonly bankName: string | undefined;
  readonly cardType: BankCardType | undefined;
  /** MM/YY; many debit cards have none. */
  readonly validDate: string | undefined;
}

export const LENGTHS = [16, 17, 18, 19];
/** Fewer digits in a row are a date or a phone number. */
const LEAST_DIGITS = 13;

export function parseBankCard(lines: readonly ReadLine[]): CardOutcome<BankCard> {
  const rows = rowsOf(lines);
  if (rows.length === 0) return unread('no-text');
  const candidates = rows.filter((row) => digitsOf(row) >= LEAST_DIGITS && !/[\p{Script=Han}]{3}/u.test(textOf(row)));
  const numbers = candidates.flatMap((row) => {
    const number = readCheckedNumber(row, { lengths: LENGTHS, alphabet: '0123456789', holds: isCardNumber });
    return number ? [number] : [];
  });
  const [best] = numbers.toSorted((a, b) => rank(b.value) - rank(a.value) || a.repairs - b.repairs);
  if (!best) return unread(candidates.length > 0 ? 'number-unsure' : 'other-document');

  const issuer = issuerOf(best.value);
  const texts = rows.map((row) => textOf(row).replace(/\s/g, ''));
  return read({
    cardNumber: best.value,
    bankName: BANK_NAMES.find((name) => texts.some((text) => text.includes(name))) ?? issuer?.bankName,
    cardType: printedType(texts) ?? issuer?.cardType,
    validDate: readValidDate(rows),
  });
}

function digitsOf(row: Row): number {
  return row.filter(({ text }) => /\d/.test(text)).length;
}

/** A number of a known issuer is no coincidence. */
function rank(value: string): number {
  return issuerOf(value) ? 1 : 0;
}

export function isCardNumber(value: string): boolean {
  return /^[2-69]/.test(value) && passesLuhn(value);
}

/** ISO/IEC 7812-1 annex B. */
export function passesLuhn(value: string): boolean {
  const sum = [...value].toReversed().reduce((total, digit, i) => {
    const doubled = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

export function printedType(texts: readonly string[]): BankCardType | undefined {
  if (texts.some((text) => /贷记卡|信用卡|CREDIT/i.test(text))) return '信用卡';
  return texts.some((text) => /借记卡|储蓄卡|DEBIT/i.test(text)) ? '借记卡' : undefined;
}

function readValidDate(rows: readonly Row[]): string | undefined {
  const dates = rows.filter((row) => digitsOf(row) < LEAST_DIGITS).flatMap((row) => [...datesIn(textOf(row))]);
  // Of two, the earlier says since when the card is valid.
  return dates.toSorted((a, b) => `${a.slice(3)}${a}`.localeCompare(`${b.slice(3)}${b}`)).at(-1);
}

function* datesIn(text: string): Generator<string> {
  for (const [, month = '', year = ''] of text.matchAll(/(0[1-9]|1[0-2])\s?[/／]\s?(\d{2})/g)) yield `${month}/${year}`;
}
