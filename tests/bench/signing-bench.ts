/** A whole platform in this process, so that one signature can be timed with everything it does and nothing else. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../apps/server/src/config.ts';
import { silentLog } from '../../apps/server/src/kernel/log.ts';
import type { App } from '../../apps/server/src/modules/apps/index.ts';
import { type RunningServer, startServer } from '../../apps/server/src/server.ts';
import { sizedPdf } from './sized-pdf.ts';

export interface BenchFile {
  readonly bytes: Uint8Array;
  readonly fileCode: string;
}

export interface SignatureTimes {
  /** Read, compare, sign, timestamp, verify, write: all that happens between the two transactions. */
  readonly signingMs: number;
  /** The whole command, from the confirmed will to the recorded signature. */
  readonly commandMs: number;
}

export interface SigningBench {
  upload(size: number): Promise<BenchFile>;
  /** A new contract of two parties on the file, signed by the first one. */
  signOnce(file: BenchFile): Promise<SignatureTimes>;
  close(): Promise<void>;
}

const ACCOUNTS = ['bench-a', 'bench-b'] as const;

export async function openSigningBench(folder: string): Promise<SigningBench> {
  const config = loadConfig({ PORT: '0', SIGNET_DATA: join(folder, 'data') });
  const server = await startServer(config, silentLog);
  const { apps, users, contracts, signing, files } = server.modules;
  const { app } = await apps.create({ name: 'bench', selfCertification: true });
  const stopwatch = timeSigning(contracts.sealing);
  for (const accountId of ACCOUNTS) await createPerson(users, app, accountId);

  return {
    async upload(size) {
      const bytes = sizedPdf(size);
      const path = join(folder, `upload-${size}`);
      await writeFile(path, bytes);
      const { fileCode } = await files.upload(app, { fileName: 'bench.pdf', path });
      return { bytes, fileCode };
    },
    async signOnce({ fileCode }) {
      const { contractId } = await contracts.start(app, startRequest(fileCode));
      const will = { mode: 'simulated', sealId: null, detail: {} } as const;
      const started = performance.now();
      await signing.sign(app, { contractId }, ACCOUNTS[0], will);
      return { signingMs: stopwatch.lastMs, commandMs: performance.now() - started };
    },
    close: () => server.close(),
  };
}

/** Signing runs inside `whileClaimed`: the part of the command without its transactions. */
function timeSigning(sealing: RunningServer['modules']['contracts']['sealing']): { lastMs: number } {
  const stopwatch = { lastMs: 0 };
  const { whileClaimed } = sealing;
  sealing.whileClaimed = (claim, work) =>
    whileClaimed(claim, async () => {
      const started = performance.now();
      const result = await work();
      stopwatch.lastMs = performance.now() - started;
      return result;
    });
  return stopwatch;
}

async function createPerson(users: RunningServer['modules']['users'], app: App, accountId: string): Promise<void> {
  const facts = { name: '张三', idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber: '110101199003078857' };
  await users.createPerson(app, { accountId, phone: '13800000000', facts });
}

function startRequest(fileCode: string): Parameters<RunningServer['modules']['contracts']['start']>[1] {
  return {
    ...{ name: null, businessCode: null, attachments: [], sequential: true, signDeadlineAt: null, options: {} },
    files: [{ fileId: '1', fileCode, order: 1, name: null }],
    initiatorAccountId: ACCOUNTS[0],
    parties: ACCOUNTS.map((accountId, i) => ({
      ...{ accountId, sequenceNumber: 1, agentAccountId: null, noticeTypes: 0, signDeadlineAt: null },
      intentModes: ['CODE_SMS'],
      fields: [
        {
          ...{ fileCode, authorizeCode: null, sealId: null },
          placement: { style: 'single-page', dateFormat: null, page: 1, x: 200, y: 300 + 100 * i, size: null },
        },
      ],
    })),
  };
}
