import { ApiError } from '@signet/protocol/errors';

export type ContractStatus = 'signing' | 'completed' | 'declined' | 'withdrawn' | 'expired';
export type ContractAction = 'complete' | 'decline' | 'withdraw' | 'expire';

/** `sealing`: the party has confirmed its will and the platform owes it the signature. */
export type PartyStatus = 'waiting' | 'signing' | 'sealing' | 'signed' | 'declined' | 'withdrawn' | 'expired';

export type IntentMode = 'CODE_SMS' | 'FACE' | 'PASSWORD';

/** The whole life of a contract (合同状态). An empty row is a final status. */
const NEXT_STATUS: Record<ContractStatus, Partial<Record<ContractAction, ContractStatus>>> = {
  signing: { complete: 'completed', decline: 'declined', withdraw: 'withdrawn', expire: 'expired' },
  completed: {},
  declined: {},
  withdrawn: {},
  expired: {},
};

/** What becomes of the parties that have not signed when a contract closes. */
const OPEN_PARTY_AFTER: Partial<Record<ContractAction, PartyStatus>> = {
  decline: 'withdrawn',
  withdraw: 'withdrawn',
  expire: 'expired',
};

export interface Contract {
  readonly id: string;
  readonly appId: string;
  readonly businessCode: string | null;
  readonly name: string;
  readonly status: ContractStatus;
  readonly sequential: boolean;
  readonly initiatorAccountId: string;
  readonly signDeadlineAt: Date;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly closingReason: string | null;
}

export interface Party {
  readonly id: string;
  readonly contractId: string;
  readonly accountId: string;
  readonly userId: string;
  readonly agentUserId: string | null;
  readonly sequenceNumber: number;
  readonly status: PartyStatus;
  /** 静默签: signs by its grant when its turn comes. */
  readonly silent: boolean;
  readonly intentModes: readonly IntentMode[];
  readonly noticeTypes: number;
  readonly signDeadlineAt: Date | null;
  readonly signedAt: Date | null;
  readonly refuseReason: string | null;
  readonly sealingSince: Date | null;
  readonly sealingAttempts: number;
  readonly sealingError: string | null;
  readonly chosenSealId: number | null;
}

/** A signing place as the caller asked for it; queries echo it. */
export interface RequestedPlacement {
  readonly style: 'single-page' | 'cross-page';
  readonly dateFormat: 'YYYY-MM-DD' | null;
  readonly page: number | null;
  readonly x: number | null;
  readonly y: number | null;
  readonly size: { readonly width: number; readonly height: number } | null;
}

export function close(contract: Contract, action: ContractAction, reason: string | null, at: Date): Contract {
  const status = NEXT_STATUS[contract.status][action];
  if (!status) {
    throw new ApiError('CONTRACT_STATUS_CONFLICT', { contractId: contract.id, status: contract.status, action });
  }
  return { ...contract, status, closedAt: at, closingReason: reason };
}

/** The parties after the contract has closed: who signed stays signed. */
export function closeParties(parties: readonly Party[], action: ContractAction): readonly Party[] {
  const after = OPEN_PARTY_AFTER[action];
  if (!after) return parties;
  return parties.map((party) => (isOpen(party) ? { ...party, status: after, sealingSince: null } : party));
}

/** Who may sign now (签署顺序): equal numbers in parallel, a higher one waits; without an order everyone at once. */
export function openTurns(parties: readonly Party[], sequential: boolean): readonly Party[] {
  const pending = parties.filter(isOpen);
  const turn = sequential ? Math.min(...pending.map((party) => party.sequenceNumber)) : Number.POSITIVE_INFINITY;
  return parties.map((party) =>
    party.status === 'waiting' && (!sequential || party.sequenceNumber <= turn)
      ? { ...party, status: 'signing' as const }
      : party,
  );
}

/** The party confirms its will, now. */
export function confirmWill(party: Party, at: Date): Party {
  if (party.status === 'waiting') throw new ApiError('NOT_YOUR_TURN', { partyId: party.id });
  if (party.status !== 'signing')
    throw new ApiError('PARTY_STATUS_CONFLICT', { partyId: party.id, status: party.status });
  if (party.signDeadlineAt && party.signDeadlineAt <= at) {
    throw new ApiError('PARTY_STATUS_CONFLICT', { partyId: party.id }, { detail: '已超过该签署方的签署截止时间' });
  }
  return { ...party, status: 'sealing', sealingSince: at, sealingAttempts: 0, sealingError: null };
}

export type Declined = Party & { readonly status: 'declined' };

export function decline(party: Party, reason: string | null): Declined {
  if (party.status === 'waiting') throw new ApiError('NOT_YOUR_TURN', { partyId: party.id });
  if (party.status !== 'signing')
    throw new ApiError('PARTY_STATUS_CONFLICT', { partyId: party.id, status: party.status });
  return { ...party, status: 'declined', refuseReason: reason };
}

export function isOpen(party: Party): boolean {
  return party.status === 'waiting' || party.status === 'signing' || party.status === 'sealing';
}

export function allSigned(parties: readonly Party[]): boolean {
  return parties.every((party) => party.status === 'signed');
}
