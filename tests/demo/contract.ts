/** The lease from upload to the last signature. */
import { setTimeout as pause } from 'node:timers/promises';
import { CROSS_PAGE, PLACES } from './lease.ts';
import type { Story } from './people.ts';

export interface Accounts {
  readonly landlord: string;
  readonly tenant: string;
  readonly guarantor: string;
}

const POLL_MS = 100;
const PATIENCE_MS = 60_000;
const DATE_FORMAT = 'YYYY-MM-DD' as const;

export async function startLease(
  { client, terminal, run }: Story,
  { landlord, tenant, guarantor }: Accounts,
  lease: { readonly fileCode: string; readonly authorizeCode: string },
): Promise<string> {
  const { fileCode, authorizeCode } = lease;
  const field = (signFieldPosition: (typeof PLACES)[keyof typeof PLACES]) => ({
    fileCode,
    signFieldStyle: 1,
    dateFormat: DATE_FORMAT,
    signFieldPosition,
  });
  const { contractId, warnings } = await client.contracts.start(
    {
      contractName: '房屋租赁合同',
      businessCode: `${run}-lease`,
      docs: [{ fileId: 'lease', fileCode, fileOrder: 1, fileName: '房屋租赁合同.pdf' }],
      signFlowInitiator: { accountId: landlord },
      signers: [
        {
          accountId: landlord,
          seqNo: 1,
          signFields: [
            { ...field(PLACES.landlord), authorizeCode },
            { fileCode, signFieldStyle: 2, signFieldPosition: CROSS_PAGE, authorizeCode },
          ],
        },
        { accountId: tenant, seqNo: 2, signFields: [field(PLACES.tenant)] },
        { accountId: guarantor, seqNo: 2, signFields: [field(PLACES.guarantor)] },
      ],
    },
    { idempotencyKey: `${run}-start` },
  );
  terminal.detail(`合同 ${contractId}：甲方先盖公章与骑缝章，乙方与丙方随后同时签`);
  for (const warning of warnings) terminal.detail(`提示：${warning}`);
  return contractId;
}

/** Silent signing and sealing run in the background: ask until it is done. */
export async function untilSigned({ client }: Story, contractId: string, accountId: string): Promise<string> {
  return poll(`签署方 ${accountId} 签署`, async () => {
    const { signStatus, signTime } = await client.contracts.getParty({ contractId, accountId });
    return signStatus === 'finished' ? (signTime ?? '') : undefined;
  });
}

export async function untilFinished({ client }: Story, contractId: string): Promise<string> {
  return poll(`合同 ${contractId} 完成`, async () => {
    const { contractStatus, finishTime } = await client.contracts.get({ contractId });
    return contractStatus === 'finished' ? (finishTime ?? '') : undefined;
  });
}

async function poll(what: string, ask: () => Promise<string | undefined>): Promise<string> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(POLL_MS);
  }
  throw new Error(`等待${what}超过 ${PATIENCE_MS / 1_000} 秒`);
}
