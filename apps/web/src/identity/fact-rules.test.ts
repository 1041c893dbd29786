import { describe, expect, it } from 'vitest';
import { type FactName, factProblem, tidyFact } from './fact-rules.ts';

describe('a fact on a form', () => {
  it.each<[FactName, string]>([
    ['idNumber', '11010119900307885 7'],
    ['idNumber', 'E12345678'],
    ['mobile', '138 0000-0000'],
    ['bankCardNumber', '6222 0202 0000 0000 022'],
    ['creditCode', '91110105ma01d00006'],
    ['name', ' 欧阳·娜 '],
  ])('may be typed with spaces and in lower case: %s %s', (name, typed) => {
    expect(factProblem(name, tidyFact(name, typed))).toBeUndefined();
  });

  it.each<[FactName, string, string]>([
    ['name', ' ', 'missing'],
    ['idNumber', '1101011990030788', 'idLength'],
    ['idNumber', '110101199003078858', 'idNumber'],
    ['mobile', '12800000000', 'mobile'],
    ['bankCardNumber', '6222020200000000023', 'bankCard'],
    ['creditCode', '91110105MA01D00007', 'creditCode'],
  ])('says what is wrong with it: %s %s', (name, typed, problem) => {
    expect(factProblem(name, tidyFact(name, typed))).toBe(problem);
  });
});
