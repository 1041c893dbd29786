/** The people of a journey, created through the SDK as an application would. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSignetClient, type SignetClient } from '@signet/sdk';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';

export interface Journey {
  readonly platform: TestPlatform;
  readonly client: SignetClient;
}

const LEASE = readFileSync(join(import.meta.dirname, '..', '..', 'examples', 'lease-contract.zh.pdf'));

export async function startJourney(): Promise<Journey> {
  const platform = await startTestPlatform();
  return { platform, client: clientOf(platform, platform.app) };
}

export function clientOf(platform: TestPlatform, app: { appKey: string; appSecret: string }): SignetClient {
  return createSignetClient({ baseUrl: platform.url, appKey: app.appKey, appSecret: app.appSecret });
}

/** A verified person under self-certification; the name and number are the sandbox's 张三. */
export async function person(client: SignetClient, accountId: string): Promise<string> {
  await client.persons.create({
    accountId,
    informPhone: '13800000000',
    psnName: '张三',
    psnIDCardType: 'CRED_PSN_CH_IDCARD',
    psnIDCardNum: '110101199003078857',
  });
  return accountId;
}

export async function company(client: SignetClient, accountId: string): Promise<string> {
  await client.companies.create({
    accountId,
    informPhone: '13800000000',
    corpName: '北京示例科技有限公司',
    corpIDCardType: 'CRED_ORG_USCC',
    corpIDCardNum: '91110105MA01D00006',
    legalRepName: '张三',
    legalRepIDCardType: 'CRED_PSN_CH_IDCARD',
    legalRepIDCardNum: '110101199003078857',
  });
  return accountId;
}

export async function uploadLease(client: SignetClient): Promise<string> {
  return (await client.files.upload({ file: LEASE, fileName: '房屋租赁合同.pdf' })).fileCode;
}

/** Where the nth party signs: a grid on the last page that has room for 24 name seals. */
export function placeOf(index: number, positionPage = 12) {
  return { positionPage, positionX: 80 + (index % 6) * 85, positionY: 110 + Math.floor(index / 6) * 80 };
}

interface Signer {
  readonly accountId: string;
  readonly seqNo?: number;
}

/** A contract of these files; every signer signs once in each, at a place of their own. */
export async function startContract(
  client: SignetClient,
  fileCodes: readonly string[],
  signers: readonly Signer[],
): Promise<string> {
  const started = await client.contracts.start({
    docs: fileCodes.map((fileCode, i) => ({ fileId: `doc-${i + 1}`, fileCode })),
    signFlowInitiator: { accountId: signers[0]?.accountId ?? '' },
    signers: signers.map(({ accountId, seqNo = 1 }, i) => ({
      accountId,
      seqNo,
      signFields: fileCodes.map((fileCode) => ({ fileCode, signFieldPosition: placeOf(i) })),
    })),
  });
  return started.contractId;
}

/** Signatures are sealed in the background: asks until the contract has left `signing`. */
export async function outcomeOf(client: SignetClient, contractId: string): Promise<string> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const { contractStatus } = await client.contracts.get({ contractId });
    if (contractStatus !== 'signing') return contractStatus;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return 'signing';
}

export async function downloadAll(client: SignetClient, contractId: string): Promise<Uint8Array[]> {
  const { docs } = await client.contracts.download({ contractId });
  return Promise.all(docs.map(({ fileUrl }) => client.fetchFile(fileUrl)));
}
