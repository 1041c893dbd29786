/**
 * A small registry in place of the authorities: it knows some invented people and companies, what an operator loaded, and nobody
 * else. It says no as often as the real ones do, so that an integrator meets every outcome.
 */
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import { opaqueToken } from '../../kernel/ids.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import {
  comparableName,
  type IdentityRegistry,
  IdentitySourceUnavailable,
  type PersonFacts,
  type RegistryDirectory,
  type RegistryFinding,
} from '../../modules/identity/index.ts';
import { BUILT_IN } from './built-in.ts';
import {
  type CompanyEntry,
  companyVerdicts,
  entryKey,
  faceVerdict,
  type PersonEntry,
  personVerdicts,
  type RegistryEntry,
  type Verdict,
} from './entries.ts';
import { toListing } from './listing.ts';
import { loadRegistryCsv } from './registry-csv.ts';
import { findLoaded, listLoaded, saveLoaded } from './store.ts';

export { RegistryCsvError } from './registry-csv.ts';
export { REGISTRY_SEALED_COLUMNS } from './store.ts';

const SOURCE = 'sandbox';
const UNKNOWN: Verdict = { outcome: 'un_passed', reason: '未查得' };
const NAME_DIFFERS: Verdict = { outcome: 'un_passed', reason: '姓名与证件号不一致' };
const COMPANY_NAME_DIFFERS: Verdict = { outcome: 'un_passed', reason: '企业名称与证件号不一致' };
const REPRESENTATIVE_DIFFERS: Verdict = { outcome: 'un_passed', reason: '法定代表人姓名不一致' };
const NUMBER_DIFFERS: Verdict = { outcome: 'un_passed', reason: '法定代表人证件号不一致' };
const CARD_DIFFERS: Verdict = { outcome: 'un_passed', reason: '银行卡号与本人不一致' };
const BANK_MOBILE_DIFFERS: Verdict = { outcome: 'un_passed', reason: '银行预留手机号不一致' };
const MOBILE_DIFFERS: Verdict = { outcome: 'un_passed', reason: '手机号的实名信息与本人不一致' };

export interface SandboxRegistry extends IdentityRegistry, RegistryDirectory {
  /** Stands in for the comparison with the picture on the card. */
  checkFace(question: PersonFacts): Promise<RegistryFinding>;
  /** Loads an operator's CSV, all or nothing; throws `RegistryCsvError` naming every wrong line. */
  importCsv(text: string): Promise<{ readonly loaded: number }>;
}

interface SandboxRegistryParts {
  readonly database: Database;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
}

export function createSandboxRegistry(parts: SandboxRegistryParts): SandboxRegistry {
  const { database, secretBox, clock } = parts;
  const builtIn = new Map(BUILT_IN.map((entry) => [entryKey(entry), entry]));
  const find = async (kind: RegistryEntry['kind'], idNumber: string) =>
    (await findLoaded(database.db, secretBox, { kind, idNumber })) ?? builtIn.get(entryKey({ kind, idNumber }));
  const findPerson = async (idNumber: string) => (await find('person', idNumber)) as PersonEntry | undefined;
  const findCompany = async (idNumber: string) => (await find('company', idNumber)) as CompanyEntry | undefined;

  return {
    checkNameAndId: async (question) => answer(judgeName(await findPerson(question.idNumber), question.name)),
    checkFace: async (question) => answer(judgeFace(await findPerson(question.idNumber), question.name)),
    checkCarrier: async (question) => answer(judgeCarrier(await findPerson(question.idNumber), question)),
    checkBankCard: async (question) => answer(judgeBankCard(await findPerson(question.idNumber), question)),
    checkCompanyRecord: async (question) => answer(judgeRecord(await findCompany(question.idNumber), question)),
    checkCompanyRepresentative: async (question) =>
      answer(judgeRepresentative(await findCompany(question.idNumber), question)),

    list: async ({ keyword, pageNumber, pageSize }) => {
      const loaded = await listLoaded(database.db, secretBox);
      const all = new Map([...BUILT_IN, ...loaded].map((entry) => [entryKey(entry), entry]));
      const wanted = [...all.values()].filter((entry) => mentions(entry, keyword));
      const start = (pageNumber - 1) * pageSize;
      return { list: wanted.slice(start, start + pageSize).map(toListing), total: wanted.length };
    },

    importCsv: async (text) => {
      const entries = loadRegistryCsv(text);
      await database.transaction((tx) => saveLoaded(tx, secretBox, { entries, at: clock.now() }));
      return { loaded: entries.length };
    },
  };
}

function answer({ outcome, reason }: Verdict): RegistryFinding {
  if (outcome === 'unavailable') throw new IdentitySourceUnavailable(reason);
  return { outcome, reason, source: SOURCE, requestId: opaqueToken(12) };
}

function judgeName(entry: PersonEntry | undefined, name: string): Verdict {
  if (!entry) return UNKNOWN;
  const { nameAndIdCheck } = personVerdicts(entry);
  return isDown(nameAndIdCheck) || isSameName(entry.name, name) ? nameAndIdCheck : NAME_DIFFERS;
}

function judgeFace(entry: PersonEntry | undefined, name: string): Verdict {
  const named = judgeName(entry, name);
  return entry && named.outcome === 'passed' ? faceVerdict(entry) : named;
}

function judgeCarrier(entry: PersonEntry | undefined, question: { name: string; mobile: string }): Verdict {
  const named = judgeName(entry, question.name);
  if (!entry || named.outcome !== 'passed') return named;
  const { carrierCheck } = personVerdicts(entry);
  if (carrierCheck.outcome !== 'passed') return carrierCheck;
  return entry.mobile === question.mobile ? carrierCheck : MOBILE_DIFFERS;
}

/** The bank has the same mobile on file as the carrier. */
function judgeBankCard(
  entry: PersonEntry | undefined,
  question: { name: string; mobile: string; bankCardNumber: string },
): Verdict {
  const named = judgeName(entry, question.name);
  if (!entry || named.outcome !== 'passed') return named;
  const { bankCardCheck } = personVerdicts(entry);
  if (bankCardCheck.outcome !== 'passed') return bankCardCheck;
  if (entry.bankCardNumber !== question.bankCardNumber) return CARD_DIFFERS;
  return entry.mobile === question.mobile ? bankCardCheck : BANK_MOBILE_DIFFERS;
}

function judgeRecord(entry: CompanyEntry | undefined, question: { name: string; representativeName: string }): Verdict {
  if (!entry) return UNKNOWN;
  const { companyRecordCheck } = companyVerdicts(entry);
  if (isDown(companyRecordCheck)) return companyRecordCheck;
  if (!isSameName(entry.name, question.name)) return COMPANY_NAME_DIFFERS;
  return isSameName(entry.representativeName, question.representativeName)
    ? companyRecordCheck
    : REPRESENTATIVE_DIFFERS;
}

function judgeRepresentative(
  entry: CompanyEntry | undefined,
  question: { name: string; representativeName: string; representativeIdNumber: string },
): Verdict {
  const recorded = judgeRecord(entry, question);
  if (!entry || recorded.outcome !== 'passed') return recorded;
  const { companyRepresentativeCheck } = companyVerdicts(entry);
  if (companyRepresentativeCheck.outcome !== 'passed') return companyRepresentativeCheck;
  const isTheirs = entry.representativeIdNumber === question.representativeIdNumber.toUpperCase();
  return isTheirs ? companyRepresentativeCheck : NUMBER_DIFFERS;
}

/** A source that is down does not get to compare names. */
function isDown(verdict: Verdict): boolean {
  return verdict.outcome === 'unavailable';
}

function isSameName(one: string, other: string): boolean {
  return comparableName(one) === comparableName(other);
}

function mentions(entry: RegistryEntry, keyword: string | undefined): boolean {
  if (keyword === undefined) return true;
  const { kind: _, ...facts } = entry;
  return Object.values(facts).some((fact) => comparableName(fact).includes(comparableName(keyword)));
}
