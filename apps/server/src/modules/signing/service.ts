import { ApiError } from '@signet/protocol/errors';
import { KeyedQueue } from '../../kernel/keyed-queue.ts';
import type { App } from '../apps/index.ts';
import type { PartyJob, PartyStatus, Will } from '../contracts/index.ts';
import { createDrawPlaces } from './appearance.ts';
import { createCeremonies } from './ceremony-service.ts';
import type { SigningDependencies } from './dependencies.ts';
import { sealReference } from './references.ts';
import { sealParty } from './seal-party.ts';
import { grantedWill } from './silent-will.ts';

interface ContractKey {
  readonly contractId?: string | undefined;
  readonly businessCode?: string | undefined;
}

const HAS_CONFIRMED: ReadonlySet<PartyStatus> = new Set(['sealing', 'signed']);

export type Signing = ReturnType<typeof createSigning>;

export function createSigning(dependencies: SigningDependencies) {
  const { apps, contracts, users, log } = dependencies;
  const means = { ...dependencies, drawPlaces: createDrawPlaces({ sandbox: dependencies.mode === 'sandbox' }) };
  // Parties of one contract line up here instead of asking the database again and again.
  const lines = new KeyedQueue();

  return {
    references: { seal: sealReference(contracts) },

    /** 签署页面. */
    ceremonies: createCeremonies(dependencies, sealNow),

    /** The party signs; in what way it confirmed its will is the caller's business and evidence. */
    async sign(app: App, key: ContractKey, accountId: string, will: Will): Promise<PartyStatus> {
      const job = await contracts.confirm(app.id, key, accountId, async () => will);
      return sealNow(job);
    },

    /** 无感签署: by a grant of the seal's owner. Asking again for a party that has signed is no error. */
    async signSilently(app: App, key: ContractKey, accountId: string, sealId: number | null): Promise<PartyStatus> {
      if (!app.silentSigning) throw new ApiError('SILENT_SIGNING_OFF', { appId: app.id });
      const { contract } = await contracts.get(app, key);
      const { party } = await contracts.getParty(app, key, accountId);
      if (party.status === 'signed') return party.status;
      const job = { appId: app.id, contractId: contract.id, partyId: party.id, accountId };
      if (party.status !== 'sealing') {
        await confirmSilently(app, job, sealId).catch(async (refusal: unknown) => {
          // The party's own turn may have come at this very moment.
          const now = await contracts.getParty(app, key, accountId);
          if (!HAS_CONFIRMED.has(now.party.status)) throw refusal;
        });
      }
      return sealNow(job);
    },

    /** A silent party's turn has come. A grant that no longer holds is recorded; the app may renew it and ask again. */
    async silentTurn(job: PartyJob): Promise<void> {
      const app = await apps.find(job.appId);
      if (!app) return;
      try {
        await confirmSilently(app, job, null);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // Signed or closed meanwhile: nothing is owed.
        if (error.error === 'PARTY_STATUS_CONFLICT' || error.error === 'CONTRACT_STATUS_CONFLICT') return;
        await contracts.sealing.noteSilentRefusal(job, error.code);
        return;
      }
      await sealNow(job);
    },

    /** The job's turn: what cannot be signed now is tried again later, for as long as it is owed. */
    async debtTurn(job: PartyJob): Promise<void> {
      try {
        await payDebt(job);
      } catch (err) {
        log.warn('an owed signature could not be made and will be tried again', { contractId: job.contractId, err });
        await contracts.sealing.tryLater(job);
      }
    },

    /** The safety net: signs what a request left undone. @throws while it cannot. */
    payDebt,
  };

  async function payDebt(job: PartyJob): Promise<void> {
    const status = await lines.run(job.contractId, () => sealParty(means, job));
    if (!status) throw new ApiError('SEALING_PENDING', { contractId: job.contractId });
  }

  async function sealNow(job: PartyJob): Promise<PartyStatus> {
    const { contractId } = job;
    const status = await lines
      .run(contractId, () => sealParty(means, job))
      .catch((err: unknown) => {
        log.error('a signature could not be made at once; the job will try again', { contractId, err });
        return undefined;
      });
    if (!status) throw new ApiError('SEALING_PENDING', { contractId });
    // The contract was taken back, declined or ran out between the party's will and its signature.
    if (status !== 'signed') throw new ApiError('CONTRACT_STATUS_CONFLICT', { contractId, status });
    return status;
  }

  async function confirmSilently(app: App, job: PartyJob, sealId: number | null): Promise<PartyJob> {
    const owner = await users.findVerified(dependencies.database.db, app.id, job.accountId);
    return contracts.confirm(app.id, { contractId: job.contractId }, job.accountId, async (tx, found) => {
      if (!app.silentSigning) throw new ApiError('SILENT_SIGNING_OFF', { appId: app.id });
      return grantedWill(dependencies, tx, { owner, placements: found.placements, sealId });
    });
  }
}
