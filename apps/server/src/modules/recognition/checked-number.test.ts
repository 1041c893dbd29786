import { creditCodeCheckDigit, isCreditCode, isResidentId, residentIdCheckDigit } from '@signet/protocol/identifiers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passesLuhn } from './bank-card.ts';
import { type NumberRule, readCheckedNumber } from './checked-number.ts';
import { printed } from './testing/printed-lines.ts';

const ID: NumberRule = { lengths: [18], alphabet: '0123456789X', holds: isResidentId };
const CREDIT: NumberRule = { lengths: [18], alphabet: '0123456789ABCDEFGHJKLMNPQRTUWXY', holds: isCreditCode };
const CARD: NumberRule = { lengths: [16, 17, 18, 19], alphabet: '0123456789', holds: passesLuhn };

const NUMBER = '110101199003078857';

const read = (text: string, rule = ID, doubts: Readonly<Record<number, string>> = {}) =>
  readCheckedNumber(printed(text, 0, 0, doubts).characters, rule);

const residentIds = fc
  .tuple(
    fc.constantFrom('110101', '310115', '440305', '650104'),
    fc.date({ min: new Date('1930-01-01'), max: new Date('2020-12-31'), noInvalidDate: true }),
    fc.integer({ min: 1, max: 998 }),
  )
  .map(([area, birth, sequence]) => {
    const body = `${area}${birth.toISOString().slice(0, 10).replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
    return body + residentIdCheckDigit(body);
  });

describe('a number with a check digit', () => {
  it.each([
    ['as printed', NUMBER],
    ['with spaces', '110101 19900307 8857'],
    ['with a letter O for a zero', 'I10101199OO3078857'],
  ])('is read %s', (_, text) => {
    expect(read(text)?.value).toBe(NUMBER);
  });

  it('takes × and small x for the check character X', () => {
    expect(read('11010119900307109×')?.value).toBe(read('11010119900307109x')?.value);
  });

  it('is mended by a second thought that makes the check digit hold', () => {
    expect(read('110101199003078357', ID, { 15: '8' })).toEqual({ value: NUMBER, repairs: 1 });
  });

  it('loses one superfluous character', () => {
    expect(read('1110101199003078857', ID, { 0: '7' })?.value).toBe(NUMBER);
  });

  it('is refused when the check digit does not hold and nothing was in doubt', () => {
    expect(read('110101199003078858')).toBeUndefined();
  });

  it('is refused when two second thoughts are equally likely', () => {
    const value = '110101199003078857';
    const shifted = [...value]
      .map((digit, i) => (i === 3 || i === 14 ? String((Number(digit) + 1) % 10) : digit))
      .join('');
    const oneWay = candidatesFor(shifted, 3);
    const otherWay = candidatesFor(shifted, 14);

    expect(oneWay).toBeDefined();
    expect(otherWay).toBeDefined();
    expect(read(shifted, ID, { 3: oneWay ?? '', 14: otherWay ?? '' })).toBeUndefined();
  });

  it('is never read as another one: any valid number with one doubtful digit comes back', () => {
    fc.assert(
      fc.property(residentIds, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const wrong = String((Number(number[at]) + by) % 10);
        const misread = number.slice(0, at) + wrong + number.slice(at + 1);

        expect(read(misread, ID, { [at]: number[at] ?? '' })?.value).toBe(number);
      }),
    );
  });

  it('of a company is mended in the same way', () => {
    const body = '91310115MADR7F1F2';
    const code = body + creditCodeCheckDigit(body);

    expect(read(code.replace('MADR', 'MAOR'), CREDIT, { 10: 'D' })?.value).toBe(code);
  });

  it('of a bank card may have 16 to 19 digits', () => {
    expect(read('6222 0210 0100 0000 008', CARD)?.value ?? '').toMatch(/^\d{19}$|^$/);
    expect(read('4392253202509660', CARD)?.value).toBe('4392253202509660');
  });
});

/** The digit that makes the whole number valid when it alone is changed. */
function candidatesFor(number: string, at: number): string | undefined {
  return [...'0123456789'].find(
    (digit) => digit !== number[at] && isResidentId(number.slice(0, at) + digit + number.slice(at + 1)),
  );
}
