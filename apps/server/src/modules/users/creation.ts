import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import { newId19 } from '../../kernel/ids.ts';
import type { App } from '../apps/index.ts';
import { peekFlow, recordCertification, subjectIdOf } from './certification.ts';
import type { UsersContext } from './dependencies.ts';
import { decideIdentity, type IdentityFacts } from './facts.ts';
import type { DrawnSeal } from './ports.ts';
import * as store from './store.ts';
import type { AnyUser, UnverifiedUser, User, UserKind } from './user.ts';
import { userStep } from './user-evidence.ts';

export interface NewPerson {
  readonly accountId: string;
  readonly phone: string;
  /** A compliant flow; without one the app must certify by itself and give all facts. */
  readonly verificationId?: string | undefined;
  readonly facts: IdentityFacts;
}

export interface NewOrganization extends NewPerson {
  readonly agentAccountId?: string | undefined;
}

export interface NewUnverified {
  readonly accountId: string;
  readonly phone: string;
  readonly name?: string | undefined;
}

export interface CreatedUser {
  readonly user: User;
  /** A sentence for the caller when the default seal could not be drawn as usual. */
  readonly sealNotice: string | undefined;
}

export function createCreation(context: UsersContext) {
  return {
    /** 创建已认证个人用户 */
    createPerson: (app: App, request: NewPerson) => createVerified(context, app, 'person', request),

    /** 创建已认证企业用户 */
    createOrganization: (app: App, request: NewOrganization) => createVerified(context, app, 'organization', request),

    /** 创建未认证用户: an account that `modifyPerson` can verify later. */
    createUnverified: (appId: string, request: NewUnverified) => createUnverified(context, appId, request),
  };
}

async function createVerified(
  context: UsersContext,
  app: App,
  kind: UserKind,
  request: NewOrganization,
): Promise<CreatedUser> {
  const { draft, drawn } = await prepare(context, app, kind, request);

  const user = await context.database.transaction(async (tx) => {
    const subjectId = await subjectIdOf(context, tx, draft);
    const { id: userId, verificationId, createdAt: at } = draft;
    const seal = await drawn.keep(tx, { appId: app.id, userId, at });
    const created: User = { ...draft, subjectId, defaultSealId: seal.sealId };
    await insert(context, tx, created);
    await recordCertification(context, tx, created, { step: 'user-created', verificationId, seal });
    return created;
  });
  return { user, sealNotice: drawn.notice };
}

/** Everything that can be refused, read or drawn without holding a transaction open. */
async function prepare(
  context: UsersContext,
  app: App,
  kind: UserKind,
  request: NewOrganization,
): Promise<{ draft: Omit<User, 'subjectId' | 'defaultSealId'>; drawn: DrawnSeal }> {
  const { clock, database, defaultSeals } = context;
  const { accountId, phone, verificationId } = request;
  await requireFreeAccount(context, app.id, accountId);
  const agentUserId = await findAgent(context, app.id, request.agentAccountId);

  const certified = await peekFlow(context, database.db, { appId: app.id, verificationId });
  const { selfCertification } = app;
  const at = clock.now();
  const identity = decideIdentity({ kind, selfCertification, certified, claimed: request.facts, now: at });
  const drawn = defaultSeals.draw({ kind, name: identity.name });

  const account = { id: newId19(), appId: app.id, accountId, phone, createdAt: at };
  const origin = { ...(verificationId && { verificationId }), ...(agentUserId && { agentUserId }), certifiedAt: at };
  const draft = { ...account, ...identity, ...origin, kind, state: 'verified' } as const;
  return { draft, drawn };
}

async function createUnverified(context: UsersContext, appId: string, request: NewUnverified): Promise<UnverifiedUser> {
  const { accountId, phone, name } = request;
  const account = { id: newId19(), appId, accountId, phone, createdAt: context.clock.now() };
  const user: UnverifiedUser = { ...account, kind: 'person', state: 'unverified', ...(name && { name }) };

  await context.database.transaction(async (tx) => {
    await insert(context, tx, user);
    await context.evidence.append(tx, userStep(context.secretBox, 'user-created', user));
  });
  return user;
}

async function insert({ sealing }: UsersContext, tx: Tx, user: AnyUser): Promise<void> {
  const isFree = await store.insert(tx, sealing.toRow(user));
  const { appId, accountId } = user;
  if (!isFree) throw new ApiError('ACCOUNT_EXISTS', { appId });
  // After the insert, which waits for a transaction that erases the account at this moment.
  if (await store.isForgotten(tx, appId, sealing.accountHash(appId, accountId))) {
    throw new ApiError('ACCOUNT_FORGOTTEN', { appId });
  }
}

async function requireFreeAccount({ lookups }: UsersContext, appId: string, accountId: string): Promise<void> {
  if (await lookups.isAccountTaken(appId, accountId)) throw new ApiError('ACCOUNT_EXISTS', { appId });
}

async function findAgent(
  { database }: UsersContext,
  appId: string,
  accountId: string | undefined,
): Promise<string | undefined> {
  if (accountId === undefined) return undefined;

  const row = await store.findByAccount(database.db, appId, accountId);
  if (row?.kind !== 'person' || row.state !== 'verified') throw new ApiError('AGENT_NOT_FOUND', { appId });
  return row.id;
}
