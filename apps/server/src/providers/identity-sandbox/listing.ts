import type { RegistryListing } from '../../modules/identity/index.ts';
import { type CompanyEntry, companyVerdicts, type PersonEntry, personVerdicts, type RegistryEntry } from './entries.ts';

/** An entry as the test helper shows it: facts to send, and what each check will say. */
export function toListing(entry: RegistryEntry): RegistryListing {
  return entry.kind === 'person' ? listPerson(entry) : listCompany(entry);
}

function listPerson(entry: PersonEntry): RegistryListing {
  const { name, idNumber, mobile, bankCardNumber } = entry;
  return {
    kind: 'person',
    facts: { name, idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber },
    mobile,
    bankCardNumber,
    verdicts: personVerdicts(entry),
  };
}

function listCompany(entry: CompanyEntry): RegistryListing {
  const { name, idNumber, representativeName, representativeIdNumber } = entry;
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
    verdicts: companyVerdicts(entry),
  };
}
