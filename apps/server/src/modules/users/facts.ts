import { ApiError } from '@signet/protocol/errors';
import { residentIdBirthday } from '@signet/protocol/identifiers';
import { toShanghai } from '../../kernel/time.ts';
import { type CertifiedFacts, comparableName } from '../identity/index.ts';
import type { LegalRepresentative, UserKind } from './user.ts';

/** Who somebody is, as one flat list so that missing and differing facts can be named. */
export interface IdentityFacts {
  readonly name?: string | undefined;
  readonly idDocumentType?: string | undefined;
  readonly idNumber?: string | undefined;
  readonly representativeName?: string | undefined;
  readonly representativeIdDocumentType?: string | undefined;
  readonly representativeIdNumber?: string | undefined;
}

export type FactName = keyof IdentityFacts;

/** Facts that the caller must mend. The names are ours: a surface that shows them puts its own in their place. */
export class InvalidFacts extends Error {
  override readonly name = 'InvalidFacts';
  readonly problems: Readonly<Partial<Record<FactName, string>>>;

  constructor(problems: Readonly<Partial<Record<FactName, string>>>) {
    super('invalid identity facts');
    this.problems = problems;
  }
}

/** The identity that a user is created with. */
export interface Identity {
  readonly name: string;
  readonly idDocumentType: string;
  readonly idNumber: string;
  readonly legalRepresentative?: LegalRepresentative;
}

export interface IdentityClaim {
  readonly kind: UserKind;
  /** 自身认证方式: the app vouches for its users. */
  readonly selfCertification: boolean;
  readonly certified: CertifiedFacts | undefined;
  readonly claimed: IdentityFacts;
  readonly now: Date;
}

const PERSON_FACTS: readonly FactName[] = ['name', 'idDocumentType', 'idNumber'];
const FACTS_OF: Readonly<Record<UserKind, readonly FactName[]>> = {
  person: PERSON_FACTS,
  organization: [...PERSON_FACTS, 'representativeName', 'representativeIdDocumentType', 'representativeIdNumber'],
};

/** A flow decides and the claimed facts may only repeat it; without one a self-certifying app must give them all. */
export function decideIdentity(claim: IdentityClaim): Identity {
  if (claim.certified) return fromFlow(claim.certified, claim);

  if (!claim.selfCertification) throw new ApiError('FLOW_NOT_COMPLIANT');
  return fromClaim(claim);
}

function fromFlow(certified: CertifiedFacts, { kind, claimed }: IdentityClaim): Identity {
  requireKind(certified, kind);

  const known = flatten(certified);
  const differing = FACTS_OF[kind].filter((fact) => differs(fact, claimed[fact], known[fact]));
  if (differing.length > 0) throw problemOf(differing, '与认证流程中的信息不一致');

  const { name, idDocumentType, idNumber } = certified;
  const identity = { name, idDocumentType, idNumber: canonical('idNumber', idNumber) };
  if (certified.kind === 'person') return identity;
  return { ...identity, legalRepresentative: certified.legalRepresentative };
}

/** A person's flow makes persons, a company's flow companies. */
export function requireKind(certified: CertifiedFacts, kind: UserKind): void {
  if (certified.kind !== kind) {
    throw new ApiError('FLOW_OF_ANOTHER_KIND', { verificationId: certified.verificationId });
  }
}

function fromClaim({ kind, claimed, now }: IdentityClaim): Identity {
  const missing = FACTS_OF[kind].filter((fact) => !claimed[fact]?.trim());
  if (missing.length > 0) throw problemOf(missing, '无认证流程时必填');

  const unborn = (['idNumber', 'representativeIdNumber'] as const).filter(
    (fact) => isPersonal(kind, fact) && isBornAfter(claimed[fact], now),
  );
  if (unborn.length > 0) throw problemOf(unborn, '出生日期晚于今天');

  const text = (fact: FactName): string => (claimed[fact] ?? '').trim();
  const identity = {
    name: text('name'),
    idDocumentType: text('idDocumentType'),
    idNumber: canonical('idNumber', text('idNumber')),
  };
  if (kind === 'person') return identity;

  const legalRepresentative = {
    name: text('representativeName'),
    idDocumentType: text('representativeIdDocumentType'),
    idNumber: canonical('representativeIdNumber', text('representativeIdNumber')),
  };
  return { ...identity, legalRepresentative };
}

function isPersonal(kind: UserKind, fact: FactName): boolean {
  return kind === 'person' || fact === 'representativeIdNumber';
}

function isBornAfter(idNumber: string | undefined, now: Date): boolean {
  const birthday = idNumber && residentIdBirthday(idNumber)?.toISOString().slice(0, 10);
  return Boolean(birthday && birthday > toShanghai(now).slice(0, 10));
}

function flatten(certified: CertifiedFacts): IdentityFacts {
  const { name, idDocumentType, idNumber } = certified;
  if (certified.kind === 'person') return { name, idDocumentType, idNumber };

  const representative = certified.legalRepresentative;
  return {
    name,
    idDocumentType,
    idNumber,
    representativeName: representative.name,
    representativeIdDocumentType: representative.idDocumentType,
    representativeIdNumber: representative.idNumber,
  };
}

/** A fact that the flow did not check can neither agree nor differ; it is not taken over. */
function differs(fact: FactName, claimed: string | undefined, known: string | undefined): boolean {
  if (claimed === undefined || known === undefined) return false;
  return canonical(fact, claimed) !== canonical(fact, known);
}

/** The documentation spells one document type both ways. */
const SAME_DOCUMENT_TYPE: Readonly<Record<string, string>> = {
  CRED_CORP_USCC: 'CRED_ORG_USCC',
  CRED_CORP_REGCODE: 'CRED_ORG_REGCODE',
};

/** One spelling of what people type in several, such as a lower-case x. */
function canonical(fact: FactName, value: string): string {
  const text = value.trim();
  if (fact === 'idDocumentType' || fact === 'representativeIdDocumentType') return SAME_DOCUMENT_TYPE[text] ?? text;
  if (fact === 'idNumber' || fact === 'representativeIdNumber') return text.toUpperCase();
  return comparableName(text);
}

function problemOf(facts: readonly FactName[], problem: string): InvalidFacts {
  return new InvalidFacts(Object.fromEntries(facts.map((fact) => [fact, problem])));
}
