/** What the app is told of its contract (回调), in the transaction of the change. */
import type { NewCallback } from '../callbacks/index.ts';
import type { Contract, Party } from './contract.ts';

/** A party has signed or declined. */
export function partySettled(
  contract: Contract,
  party: Party & { readonly status: 'signed' | 'declined' },
): NewCallback {
  const { accountId, status, signedAt, refuseReason } = party;
  const signed = signedAt?.toISOString() ?? null;
  return {
    ...about(contract),
    event: {
      type: 'party-settled',
      data: { contractId: contract.id, accountId, status, signedAt: signed, refuseReason },
    },
  };
}

export function statusChanged(contract: Contract): NewCallback {
  const { status, closingReason: reason } = contract;
  const closedAt = contract.closedAt?.toISOString() ?? null;
  return {
    ...about(contract),
    event: { type: 'contract-status-changed', data: { contractId: contract.id, status, closedAt, reason } },
  };
}

function about({ id, appId, businessCode }: Contract) {
  return { appId, subject: `contract:${id}`, businessCode } as const;
}
