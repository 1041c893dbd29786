/** From a checked request to the rows of a contract and the layout plan of each file: pure, nothing is stored here. */
import type { LayoutPlan, PartyPlan, Place } from '@signet/pdf';
import { SIGNATURE_PAPER } from '../seals/index.ts';
import type { Contract, Party } from './contract.ts';
import { openTurns } from './contract.ts';
import type { Participants } from './participants.ts';
import { type Plan, planPlacement } from './placement.ts';
import { signDeadline } from './start-checks.ts';
import type { RequestedField, RequestedParty, StartRequest } from './start-request.ts';
import type { Placement } from './store.ts';

export interface Draft {
  readonly contract: Contract;
  readonly parties: readonly Party[];
  readonly placements: readonly Placement[];
  /** By file code; files without a place are not laid out. */
  readonly plans: ReadonlyMap<string, LayoutPlan>;
  readonly warnings: readonly string[];
}

export interface DraftMeans {
  readonly appId: string;
  readonly now: Date;
  readonly newId: () => string;
  readonly sandbox: boolean;
}

interface PlannedField {
  readonly partyIndex: number;
  readonly field: RequestedField;
  readonly placement: Placement;
  readonly warnings: readonly string[];
}

export function draftContract(request: StartRequest, participants: Participants, means: DraftMeans): Draft {
  const contract = newContract(request, participants, means);
  const parties = request.parties.map((party) => newParty(party, contract.id, participants, means));
  const planned = request.parties.flatMap((party, i) =>
    party.fields.map((field, j) => planField({ field, party, i, j }, parties[i] as Party, participants, means)),
  );
  return {
    contract,
    parties: openTurns(parties, request.sequential),
    placements: planned.map((each) => each.placement),
    plans: layoutPlans(request, parties, planned, participants),
    warnings: planned.flatMap((each) => each.warnings),
  };
}

function newContract(request: StartRequest, { files }: Participants, { appId, now, newId }: DraftMeans): Contract {
  const [first] = request.files;
  return {
    id: newId(),
    appId,
    businessCode: request.businessCode,
    name: request.name ?? first?.name ?? files.get(first?.fileCode ?? '')?.name ?? '',
    status: 'signing',
    sequential: request.sequential,
    initiatorAccountId: request.initiatorAccountId,
    signDeadlineAt: signDeadline(request, now),
    createdAt: now,
    closedAt: null,
    closingReason: null,
  };
}

function newParty(party: RequestedParty, contractId: string, { users }: Participants, { newId }: DraftMeans): Party {
  const user = users.get(party.accountId);
  const agent = party.agentAccountId === null ? undefined : users.get(party.agentAccountId);
  return {
    id: newId(),
    contractId,
    accountId: party.accountId,
    userId: user?.id ?? '',
    agentUserId: agent?.id ?? user?.agentUserId ?? null,
    sequenceNumber: party.sequenceNumber,
    status: 'waiting',
    silent: party.fields.some((field) => field.authorizeCode !== null),
    intentModes: party.intentModes,
    noticeTypes: party.noticeTypes,
    signDeadlineAt: party.signDeadlineAt,
    signedAt: null,
    refuseReason: null,
    sealingSince: null,
    sealingAttempts: 0,
    sealingError: null,
    chosenSealId: null,
  };
}

function planField(
  { field, party, i, j }: { field: RequestedField; party: RequestedParty; i: number; j: number },
  { id: partyId, contractId }: Party,
  { users, files, sealOf }: Participants,
  { newId, sandbox }: DraftMeans,
): PlannedField {
  const seal = sealOf(party.accountId, field);
  const { width, height } = seal.artwork;
  const mayDraw =
    field.sealId === null && field.authorizeCode === null && users.get(party.accountId)?.kind === 'person';
  const plan: Plan = planPlacement({
    placement: field.placement,
    sealSize: { width, height },
    signatureSize: mayDraw ? SIGNATURE_PAPER : undefined,
    pages: files.get(field.fileCode)?.pages ?? [],
    sandbox,
    path: `signers[${i}].signFields[${j}]`,
  });
  const placement: Placement = {
    id: newId(),
    contractId,
    partyId,
    fileCode: field.fileCode,
    position: j,
    requested: field.placement,
    planned: plan.places,
    // The default seal is looked up again at signing, so that a newer one is used.
    sealId: field.sealId ?? (field.authorizeCode === null ? null : seal.id),
    authorizeCode: field.authorizeCode,
  };
  return { partyIndex: i, field, placement, warnings: plan.warnings };
}

/** Everything that will ever stand in a file is laid out before the first signature, also for parties whose turn is far. */
function layoutPlans(
  request: StartRequest,
  parties: readonly Party[],
  planned: readonly PlannedField[],
  { users }: Participants,
): ReadonlyMap<string, LayoutPlan> {
  const plans = new Map<string, LayoutPlan>();
  for (const { fileCode } of request.files) {
    const partyPlans = parties.flatMap((party, i): PartyPlan[] => {
      const places = planned
        .filter((each) => each.partyIndex === i && each.field.fileCode === fileCode)
        .flatMap((each) => placesOf(each.placement));
      const displayName = users.get(party.accountId)?.name ?? party.accountId;
      return places.length > 0 ? [{ partyId: party.id, displayName, places }] : [];
    });
    if (partyPlans.length > 0) plans.set(fileCode, { parties: partyPlans });
  }
  return plans;
}

function placesOf(placement: Placement): Place[] {
  return placement.planned.map((place, i) => ({ placeId: placeId(placement, i), page: place.page, rect: place.rect }));
}

/** The layout's name of one rectangle of a placement. */
export function placeId(placement: Placement, index: number): string {
  return `${placement.id}-${index}`;
}
