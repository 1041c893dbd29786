/** What can be seen of a fact without asking anybody. */
import {
  isBankCardNumber,
  isCreditCode,
  isMobile,
  isRegistrationNumber,
  isResidentId,
} from '@signet/protocol/identifiers';
import type { CompanyFactName, PersonFactName, PersonMode } from '@signet/protocol/page-api';

export type FactName = PersonFactName | CompanyFactName;
export type FactProblem = 'missing' | 'idLength' | 'idNumber' | 'mobile' | 'bankCard' | 'creditCode';

export const FACTS_OF_MODE: Readonly<Record<PersonMode, readonly PersonFactName[]>> = {
  face: ['name', 'idNumber'],
  mobile: ['name', 'idNumber', 'mobile'],
  bank: ['name', 'idNumber', 'bankCardNumber', 'mobile'],
};

/** Spaces and hyphens help to read a number and are no part of it. */
export function tidyFact(name: FactName, typed: string): string {
  if (name === 'name' || name === 'representativeName') return typed.trim();
  return typed.replaceAll(/[\s-]/g, '').toUpperCase();
}

export function factProblem(name: FactName, value: string): FactProblem | undefined {
  if (value === '') return 'missing';
  if (name === 'idNumber' || name === 'representativeIdNumber') return idProblem(value);
  if (name === 'mobile') return isMobile(value) ? undefined : 'mobile';
  if (name === 'bankCardNumber') return isBankCardNumber(value) ? undefined : 'bankCard';
  if (name === 'creditCode') return isCreditCode(value) || isRegistrationNumber(value) ? undefined : 'creditCode';
  return undefined;
}

/** Passports and permits have letters; only the server knows which document the app has named. */
function idProblem(value: string): FactProblem | undefined {
  if (!/^\d+X?$/.test(value)) return undefined;
  if (value.length !== 18) return 'idLength';
  return isResidentId(value) ? undefined : 'idNumber';
}
