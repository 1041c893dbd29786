import { describe, expect, it } from 'vitest';
import type { CertifiedFacts } from '../identity/index.ts';
import { decideIdentity, type IdentityClaim, type IdentityFacts, InvalidFacts } from './facts.ts';

const NOW = new Date('2026-11-24T10:00:00+08:00');
const PERSON = { name: '张三', idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber: '11010119900307885X' };
const REPRESENTATIVE = { name: '李娜', idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber: '310101198804120026' };
const COMPANY = { name: '示例（天津）有限公司', idDocumentType: 'CRED_ORG_USCC', idNumber: '91120116MA0600011L' };
const COMPANY_FACTS: IdentityFacts = {
  ...COMPANY,
  representativeName: '李娜',
  representativeIdDocumentType: 'CRED_PSN_CH_IDCARD',
  representativeIdNumber: '310101198804120026',
};

const personFlow: CertifiedFacts = { ...PERSON, kind: 'person', verificationId: 'OPFN1' };
const companyFlow: CertifiedFacts = {
  ...COMPANY,
  kind: 'organization',
  verificationId: 'OPFN2',
  legalRepresentative: REPRESENTATIVE,
};
const recordFlow: CertifiedFacts = { ...companyFlow, legalRepresentative: { name: '李娜' } };

const claim = (change: Partial<IdentityClaim>): IdentityClaim => ({
  ...{ kind: 'person', selfCertification: false, certified: undefined, claimed: {}, now: NOW },
  ...change,
});

function problemsOf(change: Partial<IdentityClaim>): unknown {
  try {
    return decideIdentity(claim(change));
  } catch (error) {
    return error instanceof InvalidFacts ? error.problems : error;
  }
}

describe('the identity of a new user', () => {
  it.each<[string, Partial<IdentityClaim>, object]>([
    ['a flow alone decides', { certified: personFlow }, PERSON],
    ['equal facts beside a flow are accepted', { certified: personFlow, claimed: PERSON }, PERSON],
    [
      'a lower-case x and blanks make no difference',
      { certified: personFlow, claimed: { name: ' 张三 ', idNumber: '11010119900307885x' } },
      PERSON,
    ],
    [
      'a self-certifying app vouches, numbers in one spelling',
      { selfCertification: true, claimed: { ...PERSON, idNumber: '11010119900307885x' } },
      PERSON,
    ],
    [
      'a company flow brings its representative',
      { kind: 'organization', certified: companyFlow, claimed: COMPANY_FACTS },
      { ...COMPANY, legalRepresentative: REPRESENTATIVE },
    ],
    [
      'both spellings of a document type and of brackets are the same',
      {
        ...{ kind: 'organization', certified: companyFlow },
        claimed: { name: '示例(天津)有限公司', idDocumentType: 'CRED_CORP_USCC' },
      },
      COMPANY,
    ],
    [
      'a fact that the flow did not check is not taken over',
      { kind: 'organization', certified: recordFlow, claimed: COMPANY_FACTS },
      { ...COMPANY, legalRepresentative: { name: '李娜' } },
    ],
    [
      'a self-certified company has its representative',
      { kind: 'organization', selfCertification: true, claimed: COMPANY_FACTS },
      { ...COMPANY, legalRepresentative: REPRESENTATIVE },
    ],
  ])('%s', (_, change, expected) => {
    expect(decideIdentity(claim(change))).toMatchObject(expected);
  });

  it.each<[string, Partial<IdentityClaim>, readonly string[]]>([
    ['another name', { certified: personFlow, claimed: { ...PERSON, name: '张四' } }, ['name']],
    [
      'every differing fact',
      { certified: personFlow, claimed: { ...PERSON, name: '张四', idNumber: REPRESENTATIVE.idNumber } },
      ['name', 'idNumber'],
    ],
    [
      'another representative',
      { kind: 'organization', certified: companyFlow, claimed: { representativeIdNumber: PERSON.idNumber } },
      ['representativeIdNumber'],
    ],
    ['all missing facts of a person', { selfCertification: true }, ['name', 'idDocumentType', 'idNumber']],
    ['a name of blanks', { selfCertification: true, claimed: { ...PERSON, name: '  ' } }, ['name']],
    [
      'all missing facts of a company',
      { kind: 'organization', selfCertification: true, claimed: COMPANY },
      ['representativeName', 'representativeIdDocumentType', 'representativeIdNumber'],
    ],
    [
      'a birthday in the future',
      { selfCertification: true, claimed: { ...PERSON, idNumber: '110101202611252511' } },
      ['idNumber'],
    ],
  ])('is refused by name: %s', (_, change, facts) => {
    expect(Object.keys(problemsOf(change) as object)).toEqual(facts);
  });

  it.each<[string, Partial<IdentityClaim>, string]>([
    ['no flow in an app that may not certify', { claimed: PERSON }, 'FLOW_NOT_COMPLIANT'],
    ["a company's flow for a person", { certified: companyFlow }, 'FLOW_OF_ANOTHER_KIND'],
    ["a person's flow for a company", { kind: 'organization', certified: personFlow }, 'FLOW_OF_ANOTHER_KIND'],
  ])('is refused by code: %s', (_, change, error) => {
    expect(problemsOf(change)).toMatchObject({ error });
  });
});
