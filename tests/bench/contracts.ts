/** Contracts signed end to end over HTTP: start, two parties sign, finished; each with its own certificate and timestamp. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSignetClient, type SignetClient } from '@signet/sdk';
import type { BenchServer } from './bench-server.ts';
import { median, row, title } from './statistics.ts';

const LEASE = join(import.meta.dirname, '..', '..', 'examples', 'lease-contract.zh.pdf');
const ROUNDS = 5;
const PER_ROUND = 60;
const AT_ONCE = 6;

export async function benchContracts({ url: baseUrl, appKey, appSecret }: BenchServer): Promise<void> {
  title(`Contracts per second (12 pages, 2 parties, ${AT_ONCE} at once, from start to finished)`);
  row('', 'median/s', 'min', 'max', 'ms each');
  const client = createSignetClient({ baseUrl, appKey, appSecret });
  const { fileCode } = await client.files.upload({ file: readFileSync(LEASE), fileName: 'lease.pdf' });
  const parties = ['张三', '李娜'].map((psnName, i) => ({ accountId: `bench-party-${i}`, psnName }));
  for (const party of parties) {
    await client.persons.create({
      ...party,
      informPhone: '13800000000',
      psnIDCardType: 'CRED_PSN_CH_IDCARD',
      psnIDCardNum: '110101199003078857',
    });
  }
  const speeds: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const started = performance.now();
    let left = PER_ROUND;
    const worker = async () => {
      while (left-- > 0)
        await signOne(
          client,
          fileCode,
          parties.map((party) => party.accountId),
        );
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    if (round > 0) speeds.push((1000 * PER_ROUND) / (performance.now() - started));
  }
  row('signed contracts', median(speeds), Math.min(...speeds), Math.max(...speeds), (1000 * AT_ONCE) / median(speeds));
}

async function signOne(client: SignetClient, fileCode: string, accountIds: readonly string[]): Promise<void> {
  const { contractId } = await client.contracts.start({
    docs: [{ fileId: '1', fileCode }],
    signFlowInitiator: { accountId: accountIds[0] ?? '' },
    signers: accountIds.map((accountId, i) => ({
      accountId,
      signFields: [{ fileCode, signFieldPosition: { positionPage: 12, positionX: 452, positionY: 447 - 196 * i } }],
    })),
  });
  for (const accountId of accountIds) await client.sandbox.sign({ contractId, accountId });
  const { contractStatus } = await client.contracts.get({ contractId });
  if (contractStatus !== 'finished') throw new Error(`contract ${contractId} is ${contractStatus}`);
}
