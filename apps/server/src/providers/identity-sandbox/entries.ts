/** Whom the sandbox registry knows, and how each of them behaves in each check. */

/** What one check says once the facts match. `unavailable` plays a source that is down. */
export interface Verdict {
  readonly outcome: 'passed' | 'un_passed' | 'unavailable';
  readonly reason: string;
}

const MATCH: Verdict = { outcome: 'passed', reason: '一致' };
const DOWN: Verdict = { outcome: 'unavailable', reason: '数据源不可用' };
const refusal = (reason: string): Verdict => ({ outcome: 'un_passed', reason });
const NUMBER_UNKNOWN = refusal('法定代表人证件号未查得');
const always = (verdict: Verdict) => ({ first: verdict, second: verdict });

/** Company: 三要素 and 四要素. */
interface VerdictPair {
  readonly first: Verdict;
  readonly second: Verdict;
}

/** 二要素, 运营商三要素 and 银行卡四要素. */
export interface PersonVerdicts {
  readonly nameAndIdCheck: Verdict;
  readonly carrierCheck: Verdict;
  readonly bankCardCheck: Verdict;
}

const all = (verdict: Verdict): PersonVerdicts => ({
  nameAndIdCheck: verdict,
  carrierCheck: verdict,
  bankCardCheck: verdict,
});
const NORMAL = all(MATCH);

export const PERSON_BEHAVIOURS = {
  normal: NORMAL,
  'name-differs': all(refusal('姓名与证件号不一致')),
  deceased: all(refusal('证件状态异常:死亡注销')),
  'id-cancelled': all(refusal('证件状态异常:证件号已注销')),
  'carrier-differs': { ...NORMAL, carrierCheck: refusal('手机号的实名信息与本人不一致') },
  'mobile-cancelled': { ...NORMAL, carrierCheck: refusal('手机号已销号') },
  'carrier-down': { ...NORMAL, carrierCheck: DOWN },
  'card-differs': { ...NORMAL, bankCardCheck: refusal('银行卡的开户信息与本人不一致') },
  'card-frozen': { ...NORMAL, bankCardCheck: refusal('银行卡状态异常') },
  'face-differs': NORMAL,
  'bank-down': { ...NORMAL, bankCardCheck: DOWN },
  'source-down': all(DOWN),
} as const satisfies Record<string, PersonVerdicts>;

export const COMPANY_BEHAVIOURS = {
  normal: always(MATCH),
  abnormal: always({ outcome: 'passed', reason: '一致,企业已列入经营异常名录' }),
  revoked: always(refusal('企业已吊销')),
  deregistered: always(refusal('企业已注销')),
  'representative-differs': always(refusal('法定代表人姓名不一致')),
  'record-only': { first: MATCH, second: NUMBER_UNKNOWN },
  'source-down': always(DOWN),
} as const satisfies Record<string, VerdictPair>;

export type PersonBehaviour = keyof typeof PERSON_BEHAVIOURS;
export type CompanyBehaviour = keyof typeof COMPANY_BEHAVIOURS;

export interface PersonEntry {
  readonly kind: 'person';
  readonly name: string;
  readonly idNumber: string;
  /** Without one, no carrier knows this person. */
  readonly mobile?: string;
  /** Without one, no bank knows this person. */
  readonly bankCardNumber?: string;
  readonly behaviour: PersonBehaviour;
}

export interface CompanyEntry {
  readonly kind: 'company';
  readonly name: string;
  readonly idNumber: string;
  readonly representativeName: string;
  readonly representativeIdNumber?: string;
  readonly behaviour: CompanyBehaviour;
}

export type RegistryEntry = PersonEntry | CompanyEntry;

/** What identifies an entry; loading the same one again replaces it. */
export function entryKey(entry: Pick<RegistryEntry, 'kind' | 'idNumber'>): string {
  return `${entry.kind}:${entry.idNumber.toUpperCase()}`;
}

/** What each check says about this person, provided the facts match. */
export function personVerdicts({ behaviour, mobile, bankCardNumber }: PersonEntry): PersonVerdicts {
  const { nameAndIdCheck, carrierCheck, bankCardCheck } = PERSON_BEHAVIOURS[behaviour];
  return {
    nameAndIdCheck,
    carrierCheck: unlessUnknown(carrierCheck, mobile, '手机号未查得'),
    bankCardCheck: unlessUnknown(bankCardCheck, bankCardNumber, '银行卡未查得'),
  };
}

/** What a comparison with the picture on the card says. */
export function faceVerdict({ behaviour }: PersonEntry): Verdict {
  return behaviour === 'face-differs' ? refusal('人脸与证件照片不一致') : PERSON_BEHAVIOURS[behaviour].nameAndIdCheck;
}

function unlessUnknown(verdict: Verdict, fact: string | undefined, reason: string): Verdict {
  return verdict.outcome === 'passed' && fact === undefined ? refusal(reason) : verdict;
}

/** What each check says about this company, provided the facts match. */
export function companyVerdicts(entry: CompanyEntry): {
  companyRecordCheck: Verdict;
  companyRepresentativeCheck: Verdict;
} {
  const { first, second } = COMPANY_BEHAVIOURS[entry.behaviour];
  const isUnknown = second.outcome === 'passed' && entry.representativeIdNumber === undefined;
  return { companyRecordCheck: first, companyRepresentativeCheck: isUnknown ? NUMBER_UNKNOWN : second };
}
