/** Forgetting a person (个人信息保护法 §47): one look first, then everything that may go goes in one transaction. */
import type { Tx } from '../../kernel/database.ts';
import type { OpenRole } from '../contracts/index.ts';
import type { Actor } from '../operators/index.ts';
import { eraseAccounts, eraseTraces, type ForgetModules, noteInAudit } from './forget-erasure.ts';
import { type ForgetRequest, type ForgetScene, lookAgain, lookFor } from './forget-scene.ts';

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
      await eraseAccounts(modules, tx, scene);
      await eraseTraces(modules, tx, scene);
      await noteInAudit(modules, tx, { scene, by });
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
}

function hasAnything({ accounts, organizations, traces, messages }: ForgetScene): boolean {
  const { flowIds, letterIds, pageIds } = traces;
  return accounts.length + organizations.length + flowIds.length + letterIds.length + pageIds.length + messages > 0;
}
