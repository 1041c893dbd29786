/** Forgetting a person (个人信息保护法 §47): one look first, then everything that may go goes in one transaction. */
import type { Tx } from '../../kernel/database.ts';
import type { Idempotency } from '../apps/index.ts';
import type { Certificates } from '../certificates/index.ts';
import type { OpenRole } from '../contracts/index.ts';
import type { Evidence } from '../evidence/index.ts';
import type { Actor, Audit } from '../operators/index.ts';
import type { Tickets } from '../tickets/index.ts';
import { type ForgetRequest, type ForgetScene, lookAgain, lookFor, type SceneModules } from './forget-scene.ts';

/** A flow may begin between the look and the transaction: what has come since is looked for again. */
const MOST_ROUNDS = 3;

export class ForgetRefused extends Error {
  override readonly name = 'ForgetRefused';
  /** Contracts that wait for the person; none when nobody like that is known. */
  readonly openRoles: readonly OpenRole[];

  constructor(openRoles: readonly OpenRole[]) {
    super(openRoles.length > 0 ? 'contracts still wait for this person' : 'nothing is known of such a person');
    this.openRoles = openRoles;
  }
}

export interface ForgetModules extends SceneModules {
  readonly evidence: Evidence;
  readonly audit: Pick<Audit, 'record'>;
  readonly tickets: Pick<Tickets, 'revokeAll'>;
  readonly certificates: Pick<Certificates, 'eraseHolder'>;
  readonly idempotency: Pick<Idempotency, 'eraseMentioning'>;
  /** Files of letters, once nothing refers to them. */
  readonly eraseUploads: (appId: string, fileCodes: readonly string[]) => Promise<void>;
}

export function createForget(modules: ForgetModules) {
  const { database } = modules;

  return {
    /** What would be erased and what stays; undefined when nothing is known of such a person. */
    look: (request: ForgetRequest) => lookFor(modules, request),

    /** @throws ForgetRefused while a contract waits for the person, and when nobody like that is known. No callback is sent. */
    async forget(request: ForgetRequest, by: Actor): Promise<ForgetScene> {
      const scene = await lookFor(modules, request);
      if (!scene) throw new ForgetRefused([]);
      await eraseRound(scene, by);
      for (let round = 1; round < MOST_ROUNDS; round++) {
        const rest = await lookAgain(modules, scene);
        if (!hasAnything(rest)) break;
        await eraseRound(rest, by);
      }
      return scene;
    },
  };

  async function eraseRound(scene: ForgetScene, by: Actor): Promise<void> {
    await database.transaction(async (tx) => {
      await refuseOpen(tx, scene);
      await eraseAccounts(tx, scene);
      await eraseTraces(tx, scene);
      await noteInAudit(tx, scene, by);
    });
    await modules.eraseUploads(scene.known.appId, scene.traces.letterFiles);
  }

  /** Under the locks of the accounts, so that no contract starts with them meanwhile. */
  async function refuseOpen(tx: Tx, { known, accounts, organization }: ForgetScene): Promise<void> {
    const userIds = [...accounts, ...(organization ? [organization] : [])].map(({ id }) => id);
    await modules.users.lockForErasure(tx, known.appId, userIds);
    const openRoles = await modules.contracts.openRoles(tx, known.appId, userIds);
    if (openRoles.length > 0) throw new ForgetRefused(openRoles);
  }

  async function eraseAccounts(tx: Tx, scene: ForgetScene): Promise<void> {
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
    for (const { id } of organizations) await users.eraseFromOrganization(tx, id, { ...known, userIds, phones });
    if (organization) await users.erasePersonsOf(tx, organization);
  }

  async function eraseTraces(tx: Tx, { known, traces, phones }: ForgetScene): Promise<void> {
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

  async function noteInAudit(tx: Tx, scene: ForgetScene, by: Actor): Promise<void> {
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
}

function hasAnything({ accounts, organizations, traces, messages }: ForgetScene): boolean {
  const { flowIds, letterIds, pageIds } = traces;
  return accounts.length + organizations.length + flowIds.length + letterIds.length + pageIds.length + messages > 0;
}
