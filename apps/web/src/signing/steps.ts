/** What the page shows, from what the server says and what this person has looked at. Pure. */
import type { SealChoice, SigningFile, SigningPlace, SigningState, SigningStep } from '@signet/protocol/page-api';

/** Whether this person wants the code: not yet, by a press just now, or before the page was loaded again. */
export type CodeWish = 'none' | 'pressed' | 'resumed';

/** Server and page differ in one thing: a chosen seal can be looked at and changed before the code is asked for. */
export function shownStep(state: SigningState, wantsCode: boolean): SigningStep {
  if (state.step !== 'place' && state.step !== 'intent') return state.step;
  return wantsCode ? 'intent' : 'place';
}

/** Where the party looks before it confirms: a place, or all slices of a cross-page seal at once. */
export interface Stop {
  readonly fileCode: string;
  readonly page: number;
  readonly rect: SigningPlace['rect'];
  readonly placeIds: readonly string[];
}

/** In reading order: file by file, page by page, from the top. */
export function stopsOf(places: readonly SigningPlace[], files: readonly SigningFile[]): readonly Stop[] {
  const order = new Map(files.map(({ fileCode }, i) => [fileCode, i]));
  const own = places
    .filter(({ isSelf }) => isSelf)
    .sort(
      (a, b) =>
        (order.get(a.fileCode) ?? 0) - (order.get(b.fileCode) ?? 0) ||
        a.page - b.page ||
        b.rect.y + b.rect.height - (a.rect.y + a.rect.height),
    );
  const stops: Stop[] = [];
  for (const place of own) {
    const { fileCode, page, rect, placeId } = place;
    const slices = place.slice && own.filter((other) => other.slice && other.fileCode === fileCode);
    if (slices && slices[0] !== place) continue;
    stops.push({ fileCode, page, rect, placeIds: slices ? slices.map((slice) => slice.placeId) : [placeId] });
  }
  return stops;
}

/** What fills the own places: the chosen seal, or the one the contract names. */
export function sealOf(place: SigningPlace, state: SigningState): SealChoice | undefined {
  const sealId = place.fixedSealId ?? state.chosenSealId;
  return state.seals.find((seal) => seal.sealId === sealId);
}

/** Every own place has its seal named by the contract. */
export function hasChoice({ places }: SigningState): boolean {
  return places.some(({ isSelf, fixedSealId }) => isSelf && fixedSealId === null);
}

export function chosenSeal({ seals, chosenSealId }: SigningState): SealChoice | undefined {
  return seals.find(({ sealId }) => sealId === chosenSealId);
}

export function mayDecline({ step }: SigningState): boolean {
  return step === 'consent' || step === 'place' || step === 'intent' || step === 'confirm';
}

/** Those whose turn it is, by name. */
export function awaitedNames({ parties }: SigningState): readonly string[] {
  return parties.filter(({ status, isSelf }) => status === 'signing' && !isSelf).map(({ name }) => name);
}

/** The time of a contract may be over before its parties' statuses say so. */
export function shownParties({ parties, outcome }: SigningState): SigningState['parties'] {
  if (outcome !== 'expired') return parties;
  return parties.map((party) =>
    party.status === 'signing' || party.status === 'waiting' ? { ...party, status: 'expired' } : party,
  );
}

export function unsignedCount({ parties }: SigningState): number {
  return parties.filter(({ status }) => status !== 'signed').length;
}
