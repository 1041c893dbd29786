/** A contract to try signing with: a company that signs by itself after the visitor, two short pages. */
import { fileURLToPath } from 'node:url';
import { ApiError } from '@signet/protocol/errors';
import { newId19, opaqueToken } from '../../kernel/ids.ts';
import type { App, Apps } from '../../modules/apps/index.ts';
import type { Contracts, StartRequest } from '../../modules/contracts/index.ts';
import type { Files } from '../../modules/files/index.ts';
import type { Seals } from '../../modules/seals/index.ts';
import type { Users } from '../../modules/users/index.ts';

const AGREEMENT = fileURLToPath(new URL('../../../assets/trial-agreement.zh.pdf', import.meta.url));
const FILE_NAME = '电子签署体验协议.pdf';
const APP_KEY = 'signet-trial';
const COMPANY = 'trial-company';
/** Nobody is called: a sandbox shows its messages. */
const PHONE = '13800000000';
const ID_DOCUMENT = 'CRED_PSN_CH_IDCARD';
const ID_NUMBER = '110101200001010010';
const COMPANY_FACTS = {
  ...{ name: '签印示例科技有限公司', idDocumentType: 'CRED_ORG_USCC', idNumber: '91330100MA2KQYX7X2' },
  ...{ representativeName: '张三', representativeIdDocumentType: ID_DOCUMENT },
  representativeIdNumber: '110101199003078857',
};

/** Where the two parties sign on the agreement, in points. */
const COMPANY_PLACE = { page: 2, x: 430, y: 640 };
const VISITOR_PLACE = { page: 2, x: 430, y: 425 };
const SEAM_HEIGHT = 470;
const HANDWRITING = { width: 113, height: 57 };

export interface SampleModules {
  readonly apps: Apps;
  readonly users: Users;
  readonly seals: Seals;
  readonly files: Files;
  readonly contracts: Contracts;
}

export interface Sample {
  readonly app: App;
  readonly contractId: string;
  readonly accountId: string;
}

export function createSampleContracts(modules: SampleModules) {
  const { apps, users, files, contracts } = modules;
  let prepared: Promise<Prepared> | undefined;

  return async function startSample(name: string): Promise<Sample> {
    prepared ??= prepare(modules).catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    const { app, authorizeCode } = await prepared;
    const accountId = `visitor-${newId19()}`;
    const facts = { name, idDocumentType: ID_DOCUMENT, idNumber: ID_NUMBER };
    await users.createPerson(app, { accountId, phone: PHONE, facts });
    const { fileCode } = await files.upload(app, { fileName: FILE_NAME, path: AGREEMENT });
    const { contractId } = await contracts.start(app, sampleRequest(fileCode, accountId, authorizeCode));
    return { app: (await apps.find(app.id)) ?? app, contractId, accountId };
  };
}

interface Prepared {
  readonly app: App;
  readonly authorizeCode: string;
}

/** The app and the company behind all samples; nobody knows the app's secret, so nobody can call by it. */
async function prepare({ apps, users, seals }: SampleModules): Promise<Prepared> {
  const choices = { name: '首页体验', selfCertification: true, silentSigning: true, smsLimits: false };
  const app = await apps.ensure(APP_KEY, opaqueToken(32), choices);
  await users
    .createOrganization(app, { accountId: COMPANY, phone: PHONE, facts: COMPANY_FACTS })
    .catch((error: unknown) => {
      if (!(error instanceof ApiError) || error.error !== 'ACCOUNT_EXISTS') throw error;
    });
  const company = await users.getByAccount(app.id, COMPANY);
  const { authorizeCode } = await seals.grantSilentSigning({ app, ownerId: company.id, simulated: true });
  return { app, authorizeCode };
}

function sampleRequest(fileCode: string, visitor: string, authorizeCode: string): StartRequest {
  const party = { agentAccountId: null, intentModes: ['CODE_SMS'], noticeTypes: 0, signDeadlineAt: null } as const;
  const own = { fileCode, sealId: null };
  const single = { style: 'single-page', dateFormat: 'YYYY-MM-DD' } as const;
  const seam = { style: 'cross-page', dateFormat: null, page: null, x: null, y: SEAM_HEIGHT, size: null } as const;
  return {
    ...{ name: '电子签署体验协议', businessCode: null, attachments: [], initiatorAccountId: COMPANY },
    files: [{ fileId: 'agreement', fileCode, order: 1, name: FILE_NAME }],
    parties: [
      {
        ...{ ...party, accountId: visitor, sequenceNumber: 1 },
        fields: [{ ...own, authorizeCode: null, placement: { ...single, ...VISITOR_PLACE, size: HANDWRITING } }],
      },
      {
        ...{ ...party, accountId: COMPANY, sequenceNumber: 2 },
        fields: [
          { ...own, authorizeCode, placement: { ...single, ...COMPANY_PLACE, size: null } },
          { ...own, authorizeCode, placement: seam },
        ],
      },
    ],
    ...{ sequential: true, signDeadlineAt: null, options: {} },
  };
}
