/** Personal flows: who may continue one, and how a new one begins. */
import type { Tx } from '../../kernel/database.ts';
import { newFlowNo } from '../../kernel/ids.ts';
import { refuseOtherPerson } from './facts.ts';
import { type FlowReference, requireKind, requireOpen } from './flow-access.ts';
import type { InnerParts } from './parts.ts';
import type { PersonFacts } from './ports.ts';
import { startVerification } from './recording.ts';
import type { PersonDossier, PersonVerification, Verification } from './verification.ts';

export interface PersonRequest extends FlowReference {
  readonly facts: PersonFacts;
}

interface PersonFlow {
  readonly appId: string;
  readonly facts: PersonFacts;
  /** The number of a new flow that somebody knows already. */
  readonly newId?: string;
  /** The unverified account that a new flow is to verify. */
  readonly accountId?: string | undefined;
}

/** The flow judged before anything outside is asked; undefined when a new one will be made. */
export async function peekPersonal(
  { database, store, clock }: InnerParts,
  flow: PersonFlow,
  { verificationId }: FlowReference,
): Promise<PersonVerification | undefined> {
  if (verificationId === undefined) return undefined;
  return admitPerson(await store.find(database.db, verificationId), flow, clock.now());
}

/** The same flow under its lock, judged again, since time has passed in between; or a new one. */
export async function lockOrStartPersonal(
  parts: InnerParts,
  tx: Tx,
  flow: PersonFlow,
  { verificationId, businessCode }: FlowReference,
): Promise<PersonDossier> {
  const verification =
    verificationId === undefined
      ? await startPersonal(parts, tx, flow, businessCode)
      : admitPerson(await parts.store.lock(tx, verificationId), flow, parts.clock.now());
  const dossier = (await parts.store.loadDossier(tx, verification)) as PersonDossier;
  return { ...dossier, verification: { ...verification, businessCode: businessCode ?? verification.businessCode } };
}

function admitPerson(found: Verification | undefined, { appId, facts }: PersonFlow, now: Date): PersonVerification {
  const verification = requireKind(requireOpen(found, appId, now), 'person');
  refuseOtherPerson(verification.facts, facts);
  return verification;
}

async function startPersonal(
  parts: InnerParts,
  tx: Tx,
  { appId, facts, newId, accountId }: PersonFlow,
  businessCode: string | undefined,
): Promise<PersonVerification> {
  const fresh = beginning(parts.clock.now());
  const id = newId ?? fresh.id;
  const verification: PersonVerification = { ...fresh, id, appId, facts, accountId, kind: 'person', businessCode };
  await startVerification(parts, tx, verification);
  return verification;
}

/** What every new flow begins with. */
export function beginning(now: Date) {
  return {
    ...{ id: newFlowNo(now), createdAt: now, lastProgressAt: now, heldUntil: undefined },
    ...{ certifiedAt: undefined, usedAt: undefined, accountId: undefined },
  };
}
