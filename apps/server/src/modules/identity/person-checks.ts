/** 个人认证项 against the registry: 二要素 and 运营商三要素. */
import type { Tx } from '../../kernel/database.ts';
import { newFlowNo } from '../../kernel/ids.ts';
import { askRegistry } from './asking.ts';
import { readPersonFacts, refuseOtherPerson } from './facts.ts';
import { type FlowReference, requireKind, requireOpen } from './flow-access.ts';
import type { InnerParts } from './parts.ts';
import type { PersonFacts, RegistryFinding } from './ports.ts';
import { type CheckedItem, recordCheck, startVerification } from './recording.ts';
import type { PersonDossier, PersonVerification, Verification } from './verification.ts';

export interface PersonRequest extends FlowReference {
  readonly facts: PersonFacts;
}

export function checkNameAndId(parts: InnerParts, appId: string, request: PersonRequest): Promise<CheckedItem> {
  return checkPerson(parts, appId, request, {
    kind: 'name-and-id',
    ask: (facts) => parts.registry.checkNameAndId(facts),
  });
}

export function checkCarrier(
  parts: InnerParts,
  appId: string,
  request: PersonRequest & { readonly mobile: string },
): Promise<CheckedItem> {
  const { mobile } = request;
  return checkPerson(parts, appId, request, {
    kind: 'carrier',
    mobile,
    ask: (facts) => parts.registry.checkCarrier({ ...facts, mobile }),
  });
}

interface PersonCheck {
  readonly kind: 'name-and-id' | 'carrier';
  readonly mobile?: string;
  readonly ask: (facts: PersonFacts) => Promise<RegistryFinding>;
}

/** The flow is judged before the source is asked and again under its lock, since time has passed in between. */
async function checkPerson(
  parts: InnerParts,
  appId: string,
  request: PersonRequest,
  { ask, ...check }: PersonCheck,
): Promise<CheckedItem> {
  const { database, store, clock } = parts;
  const facts = readPersonFacts(request.facts, clock.now());
  const admit = (found: Verification | undefined) => admitPerson(found, { appId, facts, now: clock.now() });
  const { verificationId } = request;

  if (verificationId !== undefined) admit(await store.find(database.db, verificationId));
  const finding = await askRegistry(() => ask(facts));

  return database.transaction(async (tx) => {
    const verification =
      verificationId === undefined
        ? await startPersonal(parts, tx, { appId, facts, businessCode: request.businessCode })
        : admit(await store.lock(tx, verificationId));
    const dossier = (await store.loadDossier(tx, verification)) as PersonDossier;
    const named = { ...verification, businessCode: request.businessCode ?? verification.businessCode };
    const recorded = await recordCheck(parts, tx, { ...dossier, verification: named }, { ...check, ...finding });
    return { verificationId: verification.id, checkId: recorded.check.id, outcome: finding.outcome };
  });
}

function admitPerson(
  found: Verification | undefined,
  { appId, facts, now }: { appId: string; facts: PersonFacts; now: Date },
): PersonVerification {
  const verification = requireKind(requireOpen(found, appId, now), 'person');
  refuseOtherPerson(verification.facts, facts);
  return verification;
}

async function startPersonal(
  parts: InnerParts,
  tx: Tx,
  { appId, facts, businessCode }: { appId: string; facts: PersonFacts; businessCode: string | undefined },
): Promise<PersonVerification> {
  const now = parts.clock.now();
  const verification: PersonVerification = {
    ...{ id: newFlowNo(now), appId, kind: 'person', facts, businessCode },
    ...{ createdAt: now, lastProgressAt: now, certifiedAt: undefined, usedAt: undefined },
  };
  await startVerification(parts, tx, verification);
  return verification;
}
