import { describe, expect, it } from 'vitest';
import { readCompanyFacts, readPersonFacts, refuseOtherCompany, refuseOtherPerson } from './facts.ts';
import type { CompanyFacts, PersonFacts } from './ports.ts';

const PERSON: PersonFacts = { name: '周小燕', idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber: '51010719790218004X' };
const COMPANY: CompanyFacts = {
  name: '示例（天津）融资租赁有限公司',
  idDocumentType: 'CRED_ORG_USCC',
  idNumber: '91120116MA0600011L',
  legalRepresentative: { name: '李娜', idNumber: '310101198804120026' },
};

describe('reading identity facts', () => {
  it('gives an id number one spelling', () => {
    const read = readPersonFacts(
      { ...PERSON, name: ' 周小燕 ', idNumber: '51010719790218004x' },
      new Date('2026-11-24'),
    );
    expect(read).toEqual(PERSON);
  });

  it('refuses a birthday that is still to come in Shanghai', () => {
    const evening = new Date('1979-02-17T15:59:59Z');
    expect(() => readPersonFacts(PERSON, evening)).toThrowError(
      expect.objectContaining({ error: 'BAD_PARAMETER', msg: expect.stringContaining('psnIDCardNum') }),
    );
    expect(readPersonFacts(PERSON, new Date('1979-02-17T16:00:00Z'))).toEqual(PERSON);
  });

  it('refuses an unborn legal representative by the field of its own', () => {
    expect(() => readCompanyFacts(COMPANY, new Date('1980-01-01'))).toThrowError(
      expect.objectContaining({ msg: expect.stringContaining('legalRepIDCardNum') }),
    );
  });
});

describe('continuing a personal flow', () => {
  it('accepts the same person', () => {
    expect(() => refuseOtherPerson(PERSON, { ...PERSON })).not.toThrow();
  });

  it('names each field that differs', () => {
    const other = { ...PERSON, name: '周燕', idNumber: '310101198804120026' };
    expect(() => refuseOtherPerson(PERSON, other)).toThrowError(
      expect.objectContaining({ error: 'FLOW_FACTS_DIFFER', msg: expect.stringContaining('姓名、证件号') }),
    );
  });
});

describe('continuing a company flow', () => {
  const { idNumber: _, ...nameOnly } = COMPANY.legalRepresentative;

  it.each<[string, Partial<CompanyFacts>]>([
    ['the same facts', {}],
    ['brackets of another width', { name: '示例(天津)融资租赁有限公司' }],
    ['the other name of the same document type', { idDocumentType: 'CRED_CORP_USCC' }],
    ["no representative's number", { legalRepresentative: nameOnly }],
  ])('accepts %s', (_, changes) => {
    expect(() => refuseOtherCompany(COMPANY, { ...COMPANY, ...changes })).not.toThrow();
  });

  it.each<[string, Partial<CompanyFacts>]>([
    ['企业名称', { name: '示例融资租赁有限公司' }],
    ['企业证件类型', { idDocumentType: 'CRED_ORG_REGCODE' }],
    ['企业证件号', { idNumber: '91310000MA1FL0001R' }],
    ['法定代表人姓名', { legalRepresentative: { ...COMPANY.legalRepresentative, name: '李娜娜' } }],
    ['法定代表人证件号', { legalRepresentative: { ...nameOnly, idNumber: '110101199003078857' } }],
  ])('refuses another %s', (field, changes) => {
    expect(() => refuseOtherCompany(COMPANY, { ...COMPANY, ...changes })).toThrowError(
      expect.objectContaining({ error: 'FLOW_FACTS_DIFFER', msg: expect.stringContaining(field) }),
    );
  });
});
