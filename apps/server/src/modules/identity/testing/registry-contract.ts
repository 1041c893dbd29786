/** What every identity source must do, whoever it is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CompanyQuestion,
  type IdentityRegistry,
  IdentitySourceUnavailable,
  type PersonFacts,
  type RegistryFinding,
} from '../ports.ts';

export type AskedPerson = PersonFacts & { readonly mobile: string; readonly bankCardNumber: string };
export type AskedCompany = CompanyQuestion & { readonly representativeIdNumber: string };

export interface RegistryUnderTest {
  readonly registry: IdentityRegistry;
  /** Whose facts belong together. */
  readonly person: AskedPerson;
  readonly company: AskedCompany;
  /** Of whom the source has never heard. */
  readonly stranger: AskedPerson;
  readonly strangeCompany: AskedCompany;
  /** About whom the source gives no answer. */
  readonly silentPerson: AskedPerson;
  readonly silentCompany: AskedCompany;
  close(): Promise<void>;
}

const PERSON_CHECKS = ['checkNameAndId', 'checkCarrier', 'checkBankCard'] as const;
const COMPANY_CHECKS = ['checkCompanyRecord', 'checkCompanyRepresentative'] as const;

export function describeIdentityRegistry(name: string, setup: () => Promise<RegistryUnderTest>): void {
  describe(`the identity source ${name}`, () => {
    let given: RegistryUnderTest;
    beforeAll(async () => {
      given = await setup();
    });
    afterAll(() => given.close());

    it.each(PERSON_CHECKS)('%s passes facts that belong together, with their origin', async (check) => {
      expectOrigin(await given.registry[check](given.person), 'passed');
    });

    it.each(COMPANY_CHECKS)('%s passes facts that belong together, with their origin', async (check) => {
      expectOrigin(await given.registry[check](given.company), 'passed');
    });

    it.each([
      ['checkNameAndId', { name: '王别人' }],
      ['checkCarrier', { name: '王别人' }],
      ['checkCarrier', { mobile: '13912345678' }],
      ['checkBankCard', { name: '王别人' }],
      ['checkBankCard', { mobile: '13912345678' }],
      ['checkBankCard', { bankCardNumber: '6222020200000099999' }],
    ] as const)('%s does not pass a person with %o, and says why', async (check, change) => {
      expectOrigin(await given.registry[check]({ ...given.person, ...change }), 'un_passed');
    });

    it.each([
      ['checkCompanyRecord', { name: '别家有限公司' }],
      ['checkCompanyRecord', { representativeName: '王别人' }],
      ['checkCompanyRepresentative', { name: '别家有限公司' }],
      ['checkCompanyRepresentative', { representativeName: '王别人' }],
      ['checkCompanyRepresentative', { representativeIdNumber: '110108198604120037' }],
    ] as const)('%s does not pass a company with %o, and says why', async (check, change) => {
      expectOrigin(await given.registry[check]({ ...given.company, ...change }), 'un_passed');
    });

    it.each(PERSON_CHECKS)('%s does not pass somebody of whom nobody has heard', async (check) => {
      expectOrigin(await given.registry[check](given.stranger), 'un_passed');
    });

    it.each(COMPANY_CHECKS)('%s does not pass a company of which nobody has heard', async (check) => {
      expectOrigin(await given.registry[check](given.strangeCompany), 'un_passed');
    });

    it.each(PERSON_CHECKS)('%s has no finding where the source gives no answer', async (check) => {
      await expect(given.registry[check](given.silentPerson)).rejects.toBeInstanceOf(IdentitySourceUnavailable);
    });

    it.each(COMPANY_CHECKS)('%s has no finding where the register gives no answer', async (check) => {
      await expect(given.registry[check](given.silentCompany)).rejects.toBeInstanceOf(IdentitySourceUnavailable);
    });

    it('gives each question a number of its own', async () => {
      const first = await given.registry.checkNameAndId(given.person);
      const second = await given.registry.checkNameAndId(given.person);

      expect(first.requestId).not.toBe(second.requestId);
    });
  });
}

function expectOrigin(finding: RegistryFinding, outcome: RegistryFinding['outcome']): void {
  expect(finding).toMatchObject({
    outcome,
    reason: expect.stringMatching(/\p{Script=Han}/u),
    source: expect.stringMatching(/^[\w.:-]+$/),
    requestId: expect.stringMatching(/^\S{8,}$/),
  });
}
