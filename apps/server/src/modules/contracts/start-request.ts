import type { IntentMode, RequestedPlacement } from './contract.ts';

/** What a caller asks for when it starts a contract (发起合同), in our words. */
export interface StartRequest {
  readonly name: string | null;
  readonly businessCode: string | null;
  readonly files: readonly RequestedFile[];
  readonly attachments: readonly { readonly fileCode: string; readonly order: number }[];
  readonly initiatorAccountId: string;
  readonly parties: readonly RequestedParty[];
  readonly sequential: boolean;
  readonly signDeadlineAt: Date | null;
  /** Kept for the pages: redirect, hideUntilTurn, autoFinish, copy receivers. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface RequestedFile {
  readonly fileId: string;
  readonly fileCode: string;
  readonly order: number;
  readonly name: string | null;
}

export interface RequestedParty {
  readonly accountId: string;
  readonly sequenceNumber: number;
  readonly agentAccountId: string | null;
  readonly intentModes: readonly IntentMode[];
  readonly noticeTypes: number;
  readonly signDeadlineAt: Date | null;
  readonly fields: readonly RequestedField[];
}

export interface RequestedField {
  readonly fileCode: string;
  readonly placement: RequestedPlacement;
  readonly authorizeCode: string | null;
  readonly sealId: number | null;
}
