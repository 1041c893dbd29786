/** What an app asks of a verification page (实名认证页面). */
import { badParameter } from '@signet/protocol/errors';
import { residentIdBirthday } from '@signet/protocol/identifiers';
import { toShanghai } from '../../kernel/time.ts';

export const PERSON_MODES = ['face', 'mobile', 'bank'] as const;
export const COMPANY_MODES = ['legalRep', 'transfer', 'letter'] as const;
export type PersonMode = (typeof PERSON_MODES)[number];
export type CompanyMode = (typeof COMPANY_MODES)[number];

/** Facts of a person that an app may give the page in advance. */
export const PERSON_FIELDS = ['name', 'idDocumentType', 'idNumber', 'mobile', 'bankCardNumber'] as const;
export const COMPANY_FIELDS = [
  ...(['name', 'idDocumentType', 'idNumber'] as const),
  ...(['representativeName', 'representativeIdDocumentType', 'representativeIdNumber'] as const),
];
export type PersonField = (typeof PERSON_FIELDS)[number];
export type CompanyField = (typeof COMPANY_FIELDS)[number];

/** One step of a page: a person's, or a company's. */
export interface StepSetup<Field extends string, Mode extends string> {
  /** Prefilled facts that the person may change; what was not prefilled is always asked for. */
  readonly editableFields: readonly Field[];
  /** In the order in which they are offered. */
  readonly modes: readonly Mode[];
  readonly defaultMode: Mode;
}

export interface PageSetup {
  /** The person, or the company's agent. */
  readonly person: StepSetup<PersonField, PersonMode>;
  readonly company?: StepSetup<CompanyField, CompanyMode>;
}

export interface Prefilled {
  readonly person: Readonly<Partial<Record<PersonField, string>>>;
  readonly company?: Readonly<Partial<Record<CompanyField, string>>>;
}

export interface WantedStep<Field extends string, Mode extends string> {
  readonly editableFields?: readonly Field[] | undefined;
  readonly modes?: readonly Mode[] | undefined;
  readonly defaultMode?: Mode | undefined;
}

/** What was not chosen: every mode, the first one at first, nothing prefilled may be changed. `field` names the default in a refusal. */
export function setUpStep<Field extends string, Mode extends string>(
  wanted: WantedStep<Field, Mode>,
  all: readonly [Mode, ...Mode[]],
  field: string,
): StepSetup<Field, Mode> {
  const modes = wanted.modes?.length ? [...new Set(wanted.modes)] : all;
  const defaultMode = wanted.defaultMode ?? modes[0] ?? all[0];
  if (!modes.includes(defaultMode)) throw badParameter({ [field]: '不在可用的认证方式之内' });
  return { editableFields: [...new Set(wanted.editableFields)], modes, defaultMode };
}

/** One spelling for each fact given in advance; an unborn person is refused. */
export function readPrefilled({ person, company }: Prefilled, now: Date): Prefilled {
  const problems: Record<string, string> = {};
  if (isUnborn(person.idNumber, now)) problems['psnAuthConfig.psnIDCardNum'] = UNBORN;
  if (isUnborn(company?.representativeIdNumber, now)) problems['corpAuthConfig.legalRepIDCardNum'] = UNBORN;
  if (Object.keys(problems).length > 0) throw badParameter(problems);
  return { person: tidy(person), ...(company && { company: tidy(company) }) };
}

const UNBORN = '出生日期晚于今天';

function isUnborn(idNumber: string | undefined, now: Date): boolean {
  const birthday = idNumber && residentIdBirthday(idNumber)?.toISOString().slice(0, 10);
  return Boolean(birthday && birthday > toShanghai(now).slice(0, 10));
}

function tidy<Field extends string>(facts: Readonly<Partial<Record<Field, string>>>): Partial<Record<Field, string>> {
  const given = Object.entries<string | undefined>(facts).flatMap(([field, value]) => {
    const text = value?.trim();
    return text ? [[field, /IdNumber$|^idNumber$/.test(field) ? text.toUpperCase() : text]] : [];
  });
  return Object.fromEntries(given) as Partial<Record<Field, string>>;
}

/** Where a payout goes, as a page may show it. */
export interface PayoutAccount {
  /** Masked. */
  readonly account: string;
  readonly bankName: string;
}
