/** What the first page asks for: in a sandbox, a sample contract and the link to sign it. */
import { isIP } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import { startTrial, type TrialContract, type TrialSetting } from '@signet/protocol/page-api';
import type { FastifyInstance } from 'fastify';
import type { Signing } from '../../modules/signing/index.ts';
import { createSampleContracts, type SampleModules } from './sample-contract.ts';

/** Of one address; each makes a user, a file and a contract. */
const SAMPLES_PER_MINUTE = 20;

export interface TrialDependencies extends SampleModules {
  readonly signing: Signing;
  readonly mode: 'sandbox' | 'production';
  readonly publicUrl: string;
}

export async function trial(server: FastifyInstance, means: TrialDependencies): Promise<void> {
  const { signing, mode, publicUrl } = means;
  const setting: TrialSetting = { mode, reachableFromPhone: !isLoopback(new URL(publicUrl).hostname) };
  server.get('/trial', async () => setting);
  if (mode !== 'sandbox') return;

  const startSample = createSampleContracts(means);
  await server.register(rateLimit, { max: SAMPLES_PER_MINUTE, timeWindow: 60_000 });
  server.post('/trial/contracts', async (request, reply): Promise<TrialContract | undefined> => {
    const asked = startTrial.safeParse(request.body);
    if (!asked.success) return reply.code(400).send({ msg: '姓名应为1至20个汉字或字母' });
    const { app, contractId, accountId } = await startSample(asked.data.name);
    const link = { contract: { contractId }, accountId, clientType: 'h5', redirect: null, expiresAt: null } as const;
    const { url } = await signing.ceremonies.issueLink(app, link);
    return { contractId, signUrl: url };
  });
}

/** Only this computer can open such an address. */
function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
