import { createClosing } from './closing.ts';
import type { ContractsDependencies } from './dependencies.ts';
import { createDownload } from './download.ts';
import { createQueries } from './queries.ts';
import { createSealing } from './sealing.ts';
import { createStart } from './start.ts';
import { createConfirm } from './will.ts';

export type { Contract, ContractStatus, IntentMode, Party, PartyStatus } from './contract.ts';
export type { ContractDownload } from './download.ts';
export { placeId } from './draft.ts';
export { DATE_LINE_HEIGHT } from './placement.ts';
export type { LayoutEngine } from './ports.ts';
export type { ContractDetails, PartyDetails } from './queries.ts';
export { type ClaimedFile, SEAL_TASK, type SealingClaim, type SignedFile } from './sealing.ts';
export type { RequestedField, StartRequest } from './start-request.ts';
export { type PartyJob, SIGN_SILENTLY_TASK } from './turns.ts';
export type { ConfirmingParty, Permission, Will } from './will.ts';

export type Contracts = ReturnType<typeof createContracts>;

export function createContracts(dependencies: ContractsDependencies) {
  return {
    start: createStart(dependencies),
    ...createQueries(dependencies),
    download: createDownload(dependencies),
    ...createClosing(dependencies),
    confirm: createConfirm(dependencies),
    sealing: createSealing(dependencies),
  };
}
