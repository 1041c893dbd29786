/** A platform with an app that has a callback receiver, and people who open its verification pages. */
import {
  type PageFailure,
  type PersonVerificationState,
  type SentCode,
  VERIFICATION_CONSENT_VERSION,
} from '@signet/protocol/page-api';
import { createSignetClient } from '@signet/sdk';
import { openCallbackInbox } from '../../apps/server/src/testing/callback-inbox.ts';
import { startTestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { openPage, otherThan } from '../signing-page/page.ts';

const ALL_TYPES = [
  'OPEN_PSN_CERT_RESULT',
  'OPEN_PSN_FACE_RECOGNITION_RESULT',
  'OPEN_CORP_CERT_RESULT',
  'OPEN_CORP_AUTHORIZATION_AUDIT_RESULT',
];

export const AGREED = { version: VERIFICATION_CONSENT_VERSION };

export const ZHANG_SAN = { name: '张三', idNumber: '110101199003078857', mobile: '13800000000' };
export const LI_NA = { name: '李娜', idNumber: '310101198804120026', mobile: '13800000001' };
export const LI_NA_CARD = '6222020200000000022';

export type VerificationScene = Awaited<ReturnType<typeof startVerificationScene>>;

/** `clock`: to let time pass. */
export async function startVerificationScene(options: Parameters<typeof startTestPlatform>[0] = {}) {
  const inbox = await openCallbackInbox();
  const platform = await startTestPlatform({
    ...options,
    app: { name: '小区租房', callbackUrl: inbox.url, callbackTypes: ALL_TYPES },
  });
  const { appKey, appSecret, id: appId } = platform.app;
  const client = createSignetClient({ baseUrl: platform.url, appKey, appSecret });

  type PersonPageInput = Parameters<typeof client.verification.getPersonPage>[0];
  type CompanyPageInput = Parameters<typeof client.verification.getCompanyPage>[0];

  return {
    ...{ platform, client, inbox, appId },

    personPage: async (input: Partial<PersonPageInput> = {}) => {
      const link = await client.verification.getPersonPage({ integrationConfig: { clientType: 'h5' }, ...input });
      return { ...link, ...(await openPersonPage(link.url)) };
    },
    companyLink: (input: Partial<CompanyPageInput> = {}) =>
      client.verification.getCompanyPage({ integrationConfig: { clientType: 'h5' }, ...input }),

    evidenceOf: (flowNo: string) => platform.modules.evidence.entriesOf(appId, `verification:${flowNo}`),
    told: (flowNo: string, businessType: string) =>
      inbox.received
        .map(({ json }) => json)
        .filter((json) => json.flowNo === flowNo && json.businessType === businessType),
    callback: (flowNo: string, businessType: string) =>
      inbox.find(({ json }) => json.flowNo === flowNo && json.businessType === businessType).then(({ json }) => json),

    close: async () => {
      await platform.close();
      await inbox.close();
    },
  };
}

/** The part of a person; `base` is another one for a company's agent. */
export async function openPersonPage(url: string, base = '/verify-person') {
  const page = await openPage(url);
  const post = (path: string, body: object = {}) =>
    page.post<PersonVerificationState & PageFailure>(`${base}${path}`, body);
  const code = () => page.post<SentCode & PageFailure>(`${base}/code`);
  return {
    ...{ page, post, code },
    look: async () => (await page.get<PersonVerificationState & PageFailure>('/verify-person')).body,
    consent: () => post('/consent', AGREED),
    facts: (mode: string, facts: object) => post('/facts', { mode, facts }),
    /** Asks for a code and gives it back. */
    passCode: async () => post('/code/check', { code: (await code()).body.sandboxCode }),
    failCode: async () => post('/code/check', { code: otherThan((await code()).body.sandboxCode ?? '') }),
  };
}
