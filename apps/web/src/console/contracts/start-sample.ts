/** What a business system does to have a contract signed, by the SDK; the ids are those of the app's own users. */
export function startSample(baseUrl: string): string {
  return `import { readFile } from 'node:fs/promises';
import { createSignetClient } from '@signet/sdk';

const signet = createSignetClient({
  baseUrl: '${baseUrl}',
  appKey: process.env.SIGNET_APP_KEY ?? '',
  appSecret: process.env.SIGNET_APP_SECRET ?? '',
});
const { fileCode } = await signet.files.upload({
  fileName: 'contract.pdf',
  fileBase64: (await readFile('contract.pdf')).toString('base64'),
});
const { contractId } = await signet.contracts.start({
  contractName: '采购合同',
  businessCode: 'PO-2026-0001',
  docs: [{ fileId: '1', fileCode }],
  signFlowInitiator: { accountId: 'buyer' },
  signers: [
    {
      accountId: 'buyer',
      signFields: [{ fileCode, signFieldPosition: { positionPage: 1, positionX: 420, positionY: 120 } }],
    },
  ],
});
console.log(contractId);`;
}
