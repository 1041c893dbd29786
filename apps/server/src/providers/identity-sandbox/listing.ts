import type { RegistryListing } from '../../modules/identity/index.ts';
import {
  COMPANY_BEHAVIOURS,
  type CompanyEntry,
  PERSON_BEHAVIOURS,
  type PersonEntry,
  type RegistryEntry,
} from './entries.ts';

/** An entry as the test helper shows it: facts to send, and what each check will say. */
export function toListing(entry: RegistryEntry): RegistryListing {
  return entry.kind === 'person' ? listPerson(entry) : listCompany(entry);
}

function listPerson({ name, idNumber, mobile, behaviour }: PersonEntry): RegistryListing {
  const { first, second } = PERSON_BEHAVIOURS[behaviour];
  return {
    kind: 'person',
    facts: { name, idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber },
    mobile,
    verdicts: { nameAndIdCheck: first, carrierCheck: second },
  };
}

function listCompany(entry: CompanyEntry): RegistryListing {
  const { name, idNumber, representativeName, representativeIdNumber } = entry;
  const { first, second } = COMPANY_BEHAVIOURS[entry.behaviour];
  return {
    kind: 'company',
    facts: {
      name,
      idDocumentType: idNumber.length === 18 ? 'CRED_ORG_USCC' : 'CRED_ORG_REGCODE',
      idNumber,
      legalRepresentative: {
        name: representativeName,
        idDocumentType: 'CRED_PSN_CH_IDCARD',
        ...(representativeIdNumber !== undefined && { idNumber: representativeIdNumber }),
      },
    },
    verdicts: { companyRecordCheck: first, companyRepresentativeCheck: second },
  };
}
