/** What is erased when a person is forgotten, in the caller's transaction. */
import type { Tx } from '../../kernel/database.ts';
import type { Idempotency } from '../apps/index.ts';
import type { Certificates } from '../certificates/index.ts';
import type { Evidence } from '../evidence/index.ts';
import type { Actor, Audit } from '../operators/index.ts';
import type { Tickets } from '../tickets/index.ts';
import type { ForgetScene, SceneModules } from './forget-scene.ts';

export interface ForgetModules extends SceneModules {
  readonly evidence: Evidence;
  readonly audit: Pick<Audit, 'record'>;
  readonly tickets: Pick<Tickets, 'revokeAll'>;
  readonly certificates: Pick<Certificates, 'eraseHolder'>;
  readonly idempotency: Pick<Idempotency, 'eraseMentioning'>;
  /** Files of letters, once nothing refers to them. */
  readonly eraseUploads: (appId: string, fileCodes: readonly string[]) => Promise<void>;
}

export async function eraseAccounts(modules: ForgetModules, tx: Tx, scene: ForgetScene): Promise<void> {
  const { users, seals, certificates, tickets, contracts } = modules;
  const { known, accounts, organization, organizations, phones, sealsToKeep, grants } = scene;
  const { appId } = known;
  const userIds = accounts.map(({ id }) => id);
  for (const { accountId } of accounts) await tickets.revokeAll(tx, appId, { accountId });
  for (const authorizeCode of grants) await tickets.revokeAll(tx, appId, { authorizeCode });
  await seals.eraseOwned(tx, appId, { ownerIds: userIds, keep: sealsToKeep });
  await contracts.clearLayoutsOf(tx, appId, userIds);
  const hasSigned = scene.footprint.signed > 0;
  for (const userId of userIds) await certificates.eraseHolder(tx, { appId, userId, hasSigned });
  for (const user of accounts) await users.erase(tx, user);
  const chains = [...userIds, ...organizations.map(({ id }) => id), ...(organization ? [organization.id] : [])];
  await modules.evidence.shred(
    tx,
    chains.map((userId) => `user:${userId}` as const),
  );
  for (const { id } of organizations) await users.eraseFromOrganization(tx, id, { ...known, userIds, phones });
  if (organization) await users.erasePersonsOf(tx, organization);
}

export async function eraseTraces(
  modules: ForgetModules,
  tx: Tx,
  { known, traces, phones }: ForgetScene,
): Promise<void> {
  const { identity, messaging, idempotency, tickets, evidence } = modules;
  const { appId } = known;
  for (const verificationId of traces.flowIds) {
    await tickets.revokeAll(tx, appId, { verificationId });
    await evidence.append(tx, {
      ...{ appId, subject: `verification:${verificationId}`, kind: 'verification-forgotten', content: {} },
    });
  }
  for (const pageId of traces.pageIds) await tickets.revokeAll(tx, appId, { pageId });
  await identity.eraseTraces(tx, traces);
  await messaging.erasePhones(tx, appId, phones);
  await idempotency.eraseMentioning(tx, appId, [...known.idNumbers, ...known.names, ...phones]);
}

export async function noteInAudit(
  modules: ForgetModules,
  tx: Tx,
  { scene, by }: { readonly scene: ForgetScene; readonly by: Actor },
): Promise<void> {
  const { known, accounts, organization, organizations, traces } = scene;
  const [first] = accounts;
  const target = organization ? `organization:${organization.id}` : first && `user:${first.id}`;
  const detail = { appId: known.appId, accounts: accounts.length, organizations: organizations.length };
  await modules.audit.record(tx, by, {
    action: organization ? 'persons-of-organization-forgotten' : 'person-forgotten',
    ...(target && { target }),
    detail: { ...detail, flows: traces.flowIds.length },
  });
}
