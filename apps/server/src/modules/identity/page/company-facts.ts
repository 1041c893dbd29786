/** Facts of a company as the form gave them, checked for what can be seen without asking anybody. */
import { badParameter } from '@signet/protocol/errors';
import { isCreditCode, isRegistrationNumber, isResidentId } from '@signet/protocol/identifiers';
import { maskIdNumber, maskName } from '../../../kernel/mask.ts';
import type { CompanyField } from '../page-setup.ts';
import type { CompanyFacts } from '../ports.ts';
import type { FieldView } from './person-view.ts';
import type { PageScene } from './progress.ts';

export const COMPANY_FACTS = ['name', 'creditCode', 'representativeName', 'representativeIdNumber'] as const;
export type CompanyFact = (typeof COMPANY_FACTS)[number];

const FIELD_OF: Readonly<Record<CompanyFact, CompanyField>> = {
  ...{ name: 'name', creditCode: 'idNumber', representativeName: 'representativeName' },
  representativeIdNumber: 'representativeIdNumber',
};

const RESIDENT_ID = 'CRED_PSN_CH_IDCARD';

export function companyFields(scene: PageScene): FieldView<CompanyFact>[] {
  return COMPANY_FACTS.map((name) => {
    const locked = lockedFact(scene, name);
    if (locked !== undefined) return { name, value: MASKS[name](locked), locked: true };
    return { name, value: scene.page.prefilled?.company?.[FIELD_OF[name]] ?? '', locked: false };
  });
}

/** A company's name and code are public; its representative's data is not. */
const MASKS: Readonly<Record<CompanyFact, (value: string) => string>> = {
  ...{ name: String, creditCode: String, representativeName: maskName, representativeIdNumber: maskIdNumber },
};

function lockedFact({ page, company }: PageScene, name: CompanyFact): string | undefined {
  if (company) return beganWith(company.verification.facts)[name] ?? '';
  const isEditable = page.setup.company?.editableFields.includes(FIELD_OF[name]) ?? true;
  return isEditable ? undefined : page.prefilled?.company?.[FIELD_OF[name]];
}

function beganWith({ name, idNumber, legalRepresentative }: CompanyFacts): Record<CompanyFact, string | undefined> {
  return {
    ...{ name, creditCode: idNumber, representativeName: legalRepresentative.name },
    representativeIdNumber: legalRepresentative.idNumber,
  };
}

/** The representative's number may be missing. @throws BAD_PARAMETER */
export function readCompanyForm(scene: PageScene, given: Readonly<Partial<Record<CompanyFact, string>>>): CompanyFacts {
  const prefilled = scene.page.prefilled?.company;
  const factOf = (name: CompanyFact): string =>
    (lockedFact(scene, name) ?? given[name] ?? prefilled?.[FIELD_OF[name]] ?? '').trim();
  const name = factOf('name');
  const idNumber = factOf('creditCode').toUpperCase();
  const representativeName = factOf('representativeName');
  const representativeIdNumber = factOf('representativeIdNumber').toUpperCase();
  const documentType = prefilled?.representativeIdDocumentType ?? RESIDENT_ID;

  const isOfResident = documentType === RESIDENT_ID && representativeIdNumber !== '';
  const problems: Record<string, string> = {
    ...(name === '' && { name: '请填写' }),
    ...(!isCreditCode(idNumber) && !isRegistrationNumber(idNumber) && { creditCode: '统一社会信用代码不正确' }),
    ...(representativeName === '' && { representativeName: '请填写' }),
    ...(isOfResident && !isResidentId(representativeIdNumber) && { representativeIdNumber: '身份证号不正确' }),
  };
  if (Object.keys(problems).length > 0) throw badParameter(problems);
  return {
    ...{ name, idNumber },
    idDocumentType: prefilled?.idDocumentType ?? (isCreditCode(idNumber) ? 'CRED_ORG_USCC' : 'CRED_ORG_REGCODE'),
    legalRepresentative: {
      name: representativeName,
      ...(representativeIdNumber !== '' && { idDocumentType: documentType, idNumber: representativeIdNumber }),
    },
  };
}
