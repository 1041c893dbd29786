import { readFileSync } from 'node:fs';
import {
  isBankCardNumber,
  isCreditCode,
  isMobile,
  isRegistrationNumber,
  isResidentId,
} from '@signet/protocol/identifiers';
import { describe, expect, it } from 'vitest';
import { BUILT_IN } from './built-in.ts';
import {
  COMPANY_BEHAVIOURS,
  type CompanyEntry,
  companyVerdicts,
  entryKey,
  PERSON_BEHAVIOURS,
  type PersonEntry,
  personVerdicts,
  type Verdict,
} from './entries.ts';

const people = BUILT_IN.filter((entry): entry is PersonEntry => entry.kind === 'person');
const companies = BUILT_IN.filter((entry): entry is CompanyEntry => entry.kind === 'company');

describe('the built-in registry', () => {
  it('holds at least 12 people and 6 companies, each once', () => {
    expect(people.length).toBeGreaterThanOrEqual(12);
    expect(companies.length).toBeGreaterThanOrEqual(6);
    expect(new Set(BUILT_IN.map(entryKey)).size).toBe(BUILT_IN.length);
  });

  it('gives every person a valid number, and a mobile of their own if any', () => {
    expect(people.filter(({ idNumber }) => !isResidentId(idNumber))).toEqual([]);
    const mobiles = people.flatMap(({ mobile }) => mobile ?? []);
    expect(mobiles.filter((mobile) => !isMobile(mobile))).toEqual([]);
    expect(new Set(mobiles).size).toBe(mobiles.length);
  });

  it('gives every person a bank card of their own with a valid checksum, if any', () => {
    const cards = people.flatMap(({ bankCardNumber }) => bankCardNumber ?? []);
    expect(cards.filter((card) => !isBankCardNumber(card))).toEqual([]);
    expect(new Set(cards).size).toBe(cards.length);
    expect(cards.length).toBe(people.length - 1);
  });

  it('gives every company a valid number and a representative who is among the people', () => {
    expect(companies.filter(({ idNumber }) => !isCreditCode(idNumber) && !isRegistrationNumber(idNumber))).toEqual([]);
    const known = new Set(people.map(({ name, idNumber }) => `${name} ${idNumber}`));
    const strangers = companies.filter((c) => !known.has(`${c.representativeName} ${c.representativeIdNumber}`));
    expect(strangers).toEqual([]);
  });

  it('shows every behaviour', () => {
    expect(new Set(people.map(({ behaviour }) => behaviour))).toEqual(new Set(Object.keys(PERSON_BEHAVIOURS)));
    expect(new Set(companies.map(({ behaviour }) => behaviour))).toEqual(new Set(Object.keys(COMPANY_BEHAVIOURS)));
  });

  it('has names that are hard: dotted, four characters, outside the basic plane, 4 to 40 characters', () => {
    const names = people.map(({ name }) => name);
    expect(names.some((name) => name.includes('·'))).toBe(true);
    expect(names.some((name) => [...name].length === 4)).toBe(true);
    expect(names.some((name) => name.length > [...name].length)).toBe(true);
    const lengths = companies.map(({ name }) => [...name].length);
    expect([Math.min(...lengths), Math.max(...lengths)]).toEqual([4, 40]);
  });

  it('is what its README says', () => {
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');
    const undocumented = BUILT_IN.map(documentedRow).filter((row) => !readme.includes(row));
    expect(undocumented).toEqual([]);
  });
});

function documentedRow(entry: PersonEntry | CompanyEntry): string {
  const { name, idNumber, behaviour } = entry;
  const third =
    entry.kind === 'person'
      ? `${entry.mobile ?? '–'} | ${entry.bankCardNumber ?? '–'}`
      : `${entry.representativeName} ${entry.representativeIdNumber}`;
  const verdicts = Object.values(entry.kind === 'person' ? personVerdicts(entry) : companyVerdicts(entry)).map(say);
  return `| ${[name, idNumber, third, `\`${behaviour}\``, ...verdicts].join(' | ')} |`;
}

function say({ outcome, reason }: Verdict): string {
  return outcome === 'unavailable' ? 'oc_10517' : `${outcome} ${reason}`;
}
