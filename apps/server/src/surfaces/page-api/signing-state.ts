/** The signing page's JSON from what the ceremony shows. */
import type { PageSetting, SigningPlace, SigningState } from '@signet/protocol/page-api';
import { maskPhone } from '../../kernel/mask.ts';
import { footerOf } from '../../modules/contracts/index.ts';
import type { CeremonyView, PlaceOnPage } from '../../modules/signing/index.ts';
import { type PageTicket, returnAddress } from '../../modules/tickets/index.ts';
import { toSealChoice } from './seal-choice.ts';

const RETURN_STATUS = {
  signed: 'finished',
  declined: 'rejected',
  withdrawn: 'cancelled',
  expired: 'cancelled',
} as const;

export interface StateMeans {
  readonly setting: PageSetting;
  readonly ticket: PageTicket;
}

export function toSigningState(view: CeremonyView, { setting, ticket }: StateMeans): SigningState {
  const { step, outcome } = view.standing;
  return {
    ...setting,
    step,
    outcome,
    contract: contractOf(view),
    self: selfOf(view),
    parties: view.parties.map(({ party, name }) => ({
      name,
      isSelf: party.id === view.self.id,
      status: party.status,
      signedAt: toIso(party.signedAt),
    })),
    files: view.files,
    places: view.places.map((place) => placeOf(place, view, setting.sandbox)),
    seals: view.seals.map(toSealChoice),
    chosenSealId: view.chosenSealId === null ? null : String(view.chosenSealId),
    mayDraw: view.mayDraw,
    redirect: redirectOf(view, ticket),
  };
}

function contractOf({ contract }: CeremonyView): SigningState['contract'] {
  return {
    contractId: contract.id,
    name: contract.name,
    status: contract.status,
    signDeadlineAt: contract.signDeadlineAt.toISOString(),
    closedAt: toIso(contract.closedAt),
    closingReason: contract.closingReason,
  };
}

function selfOf({ self, signatory: { user, agent, phone } }: CeremonyView): SigningState['self'] {
  return {
    name: user.name,
    kind: user.kind,
    phone: maskPhone(phone),
    agentName: agent?.name ?? null,
    signedAt: toIso(self.signedAt),
    declineReason: self.refuseReason,
  };
}

function placeOf(onPage: PlaceOnPage, { self }: CeremonyView, sandbox: boolean) {
  const { placeId, fileCode, planned, requested, owner, fixedSealId } = onPage;
  const hasDate = requested.dateFormat !== null && !planned.slice;
  const { dateHeight, noticeHeight } = footerOf(hasDate, sandbox);
  const isSelf = owner.party.id === self.id;
  const place: SigningPlace = {
    ...{ placeId, fileCode, isSelf, page: planned.page, rect: planned.rect },
    kind: requested.style === 'cross-page' ? 'cross-page' : 'seal',
    partyName: owner.name,
    isSigned: owner.party.status === 'signed',
    slice: planned.slice ?? null,
    hasDate,
    footerHeight: planned.slice ? 0 : dateHeight + noticeHeight,
    // Which seals the others have is none of this party's business.
    fixedSealId: isSelf && fixedSealId !== null ? String(fixedSealId) : null,
  };
  return place;
}

function redirectOf({ standing: { outcome }, contract }: CeremonyView, ticket: PageTicket): SigningState['redirect'] {
  if (outcome === null) return null;
  const { id: contractId, businessCode } = contract;
  return returnAddress(ticket, { businessCode, contractId, status: RETURN_STATUS[outcome] });
}

function toIso(instant: Date | null): string | null {
  return instant ? instant.toISOString() : null;
}
