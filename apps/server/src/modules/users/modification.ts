import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import type { CertifiedFacts, CertifyAccountJob } from '../identity/index.ts';
import { peekFlow, recordCertification, subjectIdOf } from './certification.ts';
import type { UsersContext } from './dependencies.ts';
import type { DrawnSeal } from './ports.ts';
import { recertify } from './recertification.ts';
import type { UserRow } from './sealed-row.ts';
import * as store from './store.ts';
import type { AnyUser, User } from './user.ts';
import { userStep } from './user-evidence.ts';

export interface PersonModification {
  readonly accountId: string;
  readonly phone?: string | undefined;
  /** A compliant flow: verifies an unverified person, may rename a verified one. */
  readonly verificationId?: string | undefined;
}

interface NewCertificate {
  readonly certified: CertifiedFacts;
  /** Drawn in any case, since only the locked row tells whether it is needed. */
  readonly drawn: DrawnSeal;
  readonly at: Date;
}

export function createModification(context: UsersContext) {
  const { database, clock, defaultSeals, sealing } = context;

  async function modifyPerson(appId: string, request: PersonModification): Promise<AnyUser> {
    const { accountId, verificationId } = request;
    requirePerson(await store.findByAccount(database.db, appId, accountId), appId);
    const certified = await peekFlow(context, database.db, { appId, verificationId });
    const drawn = certified && defaultSeals.draw({ kind: 'person', name: certified.name });
    const at = clock.now();

    return database.transaction(async (tx) => {
      const row = requirePerson(await store.lockByAccount(tx, appId, accountId), appId);
      const before = sealing.toUser(row);
      const person = { ...before, phone: request.phone ?? before.phone };

      if (certified && drawn) return saveCertified(context, tx, person, { certified, drawn, at });
      return saveUncertified(context, tx, person);
    });
  }

  return {
    /** 修改个人用户 */
    modifyPerson,

    /** @throws ApiError ACCOUNT_VERIFIED, ACCOUNT_NOT_FOUND: only an unverified person can become verified on a page. */
    async requireUnverified(appId: string, accountId: string): Promise<void> {
      const row = requirePerson(await store.findByAccount(database.db, appId, accountId), appId);
      if (row.state === 'verified') throw new ApiError('ACCOUNT_VERIFIED', { appId });
    },

    /** Verifies the account for which a page's flow was begun; doing it again changes nothing. */
    async certifyAccount({ appId, accountId, verificationId }: CertifyAccountJob): Promise<void> {
      const row = await store.findByAccount(database.db, appId, accountId);
      if (row?.verificationId === verificationId) return;
      try {
        await modifyPerson(appId, { accountId, verificationId });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // The account was verified otherwise meanwhile, or the flow used: the flow has passed all the same.
        await database.transaction((tx) => tellVerified(context, tx, null, { appId, verificationId }));
      }
    },
  };
}

async function saveUncertified(context: UsersContext, tx: Tx, person: AnyUser): Promise<AnyUser> {
  await store.update(tx, context.sealing.toRow(person));
  await context.evidence.append(tx, userStep(context.secretBox, 'user-modified', person));
  return person;
}

async function saveCertified(
  context: UsersContext,
  tx: Tx,
  person: AnyUser,
  { certified, drawn, at }: NewCertificate,
): Promise<User> {
  const { step, identity, needsSeal } = recertify(person, certified);
  const known = person.state === 'verified' ? person : undefined;
  const replacedSealId = known?.defaultSealId;
  const owner = { appId: person.appId, userId: person.id, replacedSealId, at };
  const seal = known && !needsSeal ? { sealId: known.defaultSealId, evidence: [] } : await drawn.keep(tx, owner);
  const user: User = {
    ...person,
    ...identity,
    state: 'verified',
    subjectId: known?.subjectId ?? (await subjectIdOf(context, tx, { ...person, ...identity })),
    defaultSealId: seal.sealId,
    certifiedAt: at,
  };

  await store.update(tx, context.sealing.toRow(user));
  const { verificationId } = certified;
  await recordCertification(context, tx, user, { step, verificationId, seal });
  if (step === 'user-verified') await tellVerified(context, tx, user.accountId, { ...certified, appId: user.appId });
  return user;
}

/** An account that is named may be a signer from now on. */
async function tellVerified(
  { callbacks }: UsersContext,
  tx: Tx,
  accountId: string | null,
  flow: { readonly appId: string; readonly verificationId: string; readonly businessCode?: string },
): Promise<void> {
  const { appId, verificationId, businessCode = null } = flow;
  const data = { verificationId, checkId: null, outcome: 'passed', compliant: true, accountId } as const;
  await callbacks.publish(tx, {
    ...{ appId, subject: `verification:${verificationId}`, businessCode, event: { type: 'person-verified', data } },
  });
}

function requirePerson(row: UserRow | undefined, appId: string): UserRow {
  if (row?.kind !== 'person') throw new ApiError('ACCOUNT_NOT_FOUND', { appId });
  return row;
}
