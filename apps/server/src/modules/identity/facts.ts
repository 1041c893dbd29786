/** Identity facts: what a flow is about. A flow is continued only with the same facts. */
import { ApiError, badParameter } from '@signet/protocol/errors';
import { residentIdBirthday } from '@signet/protocol/identifiers';
import { toShanghai } from '../../kernel/time.ts';
import { type CompanyFacts, comparableName, type PersonFacts } from './ports.ts';

/** What a compliant flow has proven; what a user is created from. */
export type CertifiedFacts = CertifiedPerson | CertifiedCompany;

interface CertifiedOrigin {
  readonly verificationId: string;
  readonly businessCode?: string;
}

type CertifiedPerson = PersonFacts & CertifiedOrigin & { readonly kind: 'person'; readonly mobile?: string };

type CertifiedCompany = CompanyFacts &
  CertifiedOrigin & { readonly kind: 'organization'; readonly agentVerificationId?: string };

/** One spelling for each fact; an id number that tells of a birth in the future is refused. */
export function readPersonFacts(facts: PersonFacts, now: Date): PersonFacts {
  const idNumber = facts.idNumber.toUpperCase();
  if (isUnborn(idNumber, now)) throw badParameter({ psnIDCardNum: UNBORN });
  return { name: facts.name.trim(), idDocumentType: facts.idDocumentType, idNumber };
}

export function readCompanyFacts(facts: CompanyFacts, now: Date): CompanyFacts {
  const { name, idDocumentType, idNumber } = facts.legalRepresentative;
  if (idNumber !== undefined && isUnborn(idNumber, now)) throw badParameter({ legalRepIDCardNum: UNBORN });
  return {
    name: facts.name.trim(),
    idDocumentType: facts.idDocumentType,
    idNumber: facts.idNumber.toUpperCase(),
    legalRepresentative: {
      name: name.trim(),
      ...(idDocumentType !== undefined && { idDocumentType }),
      ...(idNumber !== undefined && { idNumber: idNumber.toUpperCase() }),
    },
  };
}

export function refuseOtherPerson(known: PersonFacts, given: PersonFacts): void {
  refuseDifferences([
    ['姓名', comparableName(known.name) === comparableName(given.name)],
    ['证件类型', known.idDocumentType === given.idDocumentType],
    ['证件号', known.idNumber === given.idNumber],
  ]);
}

/** The representative's number may be missing on either side: a 3element call does not carry it. */
export function refuseOtherCompany(known: CompanyFacts, given: CompanyFacts): void {
  const [ours, theirs] = [known.legalRepresentative, given.legalRepresentative];
  refuseDifferences([
    ['企业名称', comparableName(known.name) === comparableName(given.name)],
    ['企业证件类型', documentFamily(known.idDocumentType) === documentFamily(given.idDocumentType)],
    ['企业证件号', known.idNumber === given.idNumber],
    ['法定代表人姓名', comparableName(ours.name) === comparableName(theirs.name)],
    ['法定代表人证件号', !ours.idNumber || !theirs.idNumber || ours.idNumber === theirs.idNumber],
  ]);
}

const UNBORN = '出生日期晚于今天';

function isUnborn(idNumber: string, now: Date): boolean {
  const birthday = residentIdBirthday(idNumber);
  return birthday !== undefined && birthday.toISOString().slice(0, 10) > toShanghai(now).slice(0, 10);
}

/** CRED_ORG_USCC and CRED_CORP_USCC name the same document, as do the two REGCODE types. */
function documentFamily(idDocumentType: string): string {
  return idDocumentType.replace(/^CRED_(ORG|CORP)_/, '');
}

function refuseDifferences(comparisons: readonly (readonly [label: string, isSame: boolean])[]): void {
  const different = comparisons.filter(([, isSame]) => !isSame).map(([label]) => label);
  if (different.length > 0) throw new ApiError('FLOW_FACTS_DIFFER', { different }, { detail: different.join('、') });
}
