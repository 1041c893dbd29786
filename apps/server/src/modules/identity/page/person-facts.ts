/** Facts of a person as the form gave them, checked for what can be seen without asking anybody. */
import { badParameter } from '@signet/protocol/errors';
import { isBankCardNumber, isMobile, isResidentId } from '@signet/protocol/identifiers';
import { readPersonFacts } from '../facts.ts';
import type { PersonMode } from '../page-setup.ts';
import type { PersonFacts } from '../ports.ts';
import { lockedFact, type PersonFact } from './person-view.ts';
import type { PageScene } from './progress.ts';

const RESIDENT_ID = 'CRED_PSN_CH_IDCARD';

export interface GivenFacts {
  readonly mode: PersonMode;
  readonly facts: Readonly<Partial<Record<PersonFact, string>>>;
}

export interface ReadFacts {
  readonly facts: PersonFacts;
  readonly mobile: string;
  readonly bankCardNumber: string;
}

export const FACTS_OF_MODE: Readonly<Record<PersonMode, readonly PersonFact[]>> = {
  face: ['name', 'idNumber'],
  mobile: ['name', 'idNumber', 'mobile'],
  bank: ['name', 'idNumber', 'mobile', 'bankCardNumber'],
};

/** @throws BAD_PARAMETER naming each fact that is missing or cannot be one. */
export function readGivenFacts(scene: PageScene, { mode, facts: given }: GivenFacts): ReadFacts {
  const { prefilled } = scene.page;
  const factOf = (name: PersonFact): string =>
    (lockedFact(scene, name) ?? given[name] ?? prefilled?.person[name] ?? '').trim();
  const idDocumentType =
    scene.person?.verification.facts.idDocumentType ?? prefilled?.person.idDocumentType ?? RESIDENT_ID;
  const values = {
    name: factOf('name'),
    idNumber: factOf('idNumber').toUpperCase(),
    mobile: factOf('mobile').replaceAll(/[\s-]/g, ''),
    bankCardNumber: factOf('bankCardNumber').replaceAll(/[\s-]/g, ''),
  };

  const problems = FACTS_OF_MODE[mode].flatMap((name) => {
    const problem = values[name] === '' ? '请填写' : PROBLEMS[name](values[name], idDocumentType);
    return problem === undefined ? [] : [[name, problem] as const];
  });
  if (problems.length > 0) throw badParameter(Object.fromEntries(problems));
  const { name, idNumber, mobile, bankCardNumber } = values;
  return { facts: readPersonFacts({ name, idDocumentType, idNumber }, scene.now), mobile, bankCardNumber };
}

const PROBLEMS: Readonly<Record<PersonFact, (value: string, idDocumentType: string) => string | undefined>> = {
  name: (value) => (value.length > 50 ? '姓名过长' : undefined),
  idNumber: (value, type) => (type === RESIDENT_ID && !isResidentId(value) ? '身份证号不正确' : undefined),
  mobile: (value) => (isMobile(value) ? undefined : '手机号不正确'),
  bankCardNumber: (value) => (isBankCardNumber(value) ? undefined : '银行卡号不正确'),
};
