import { randomBytes } from 'node:crypto';
import { systemClock } from '../../kernel/clock.ts';
import { createSecretBox } from '../../kernel/secret-box.ts';
import { createTestDatabase } from '../../kernel/testing/test-database.ts';
import {
  CONTRACT_COMPANY,
  CONTRACT_PERSON,
  CONTRACT_SILENT,
  CONTRACT_SILENT_COMPANY,
  CONTRACT_STRANGE_COMPANY,
  CONTRACT_STRANGER,
} from '../../modules/identity/testing/contract-people.ts';
import { describeIdentityRegistry } from '../../modules/identity/testing/registry-contract.ts';
import { createSandboxRegistry } from './index.ts';

describeIdentityRegistry('of the sandbox', async () => {
  const { database, drop } = await createTestDatabase();
  return {
    registry: createSandboxRegistry({ database, secretBox: createSecretBox(randomBytes(32)), clock: systemClock }),
    ...{ person: CONTRACT_PERSON, company: CONTRACT_COMPANY, stranger: CONTRACT_STRANGER },
    ...{ strangeCompany: CONTRACT_STRANGE_COMPANY, silentPerson: CONTRACT_SILENT },
    silentCompany: CONTRACT_SILENT_COMPANY,
    close: drop,
  };
});
