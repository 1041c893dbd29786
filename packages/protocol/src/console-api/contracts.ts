import { z } from 'zod';
import { paging } from './paging.ts';
import { CONSOLE_CONTRACT_STATUSES, type ConsoleContractStatus } from './statuses.ts';

/** `GET /console-api/contracts?…` → Page<ContractSummary>, newest first. */
export const contractFilter = z.object({
  appId: z.string().max(40).optional(),
  status: z.enum(CONSOLE_CONTRACT_STATUSES).optional(),
  /** contractId, businessCode or a part of the name. */
  search: z.string().trim().max(200).optional(),
  accountId: z.string().max(64).optional(),
  /** Only those with a signature that is owed and has failed. */
  troubled: z.stringbool().optional(),
  begin: z.iso.datetime().optional(),
  end: z.iso.datetime().optional(),
  ...paging,
});

export interface ContractSummary {
  readonly contractId: string;
  readonly appId: string;
  readonly appName: string;
  readonly businessCode: string | null;
  readonly name: string;
  readonly status: ConsoleContractStatus;
  readonly createdAt: string;
  readonly signDeadlineAt: string;
  readonly closedAt: string | null;
  readonly signedParties: number;
  readonly parties: number;
  /** A signature is owed and its last try failed. */
  readonly troubled: boolean;
}

/** `GET /console-api/contracts/:contractId` → ContractDetail. */
export interface ContractDetail extends ContractSummary {
  readonly closingReason: string | null;
  readonly partyList: readonly ContractParty[];
  readonly files: readonly ContractFileView[];
  readonly evidence: readonly EvidenceItem[];
  /** Whether the chain's hashes fit and its head is the one under the MAC. */
  readonly evidenceIntact: boolean;
}

export interface ContractParty {
  readonly partyId: string;
  readonly accountId: string;
  readonly name: string;
  readonly kind: 'person' | 'organization';
  readonly sequenceNumber: number;
  readonly status: 'waiting' | 'signing' | 'sealing' | 'signed' | 'declined' | 'withdrawn' | 'expired';
  readonly silent: boolean;
  readonly signedAt: string | null;
  readonly refuseReason: string | null;
  readonly sealingAttempts: number;
  readonly sealingError: string | null;
}

export interface ContractFileView {
  readonly fileCode: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly revision: number;
  readonly isAttachment: boolean;
  /** Page sizes in points as displayed. */
  readonly pages: readonly { readonly width: number; readonly height: number }[];
}

export interface EvidenceItem {
  readonly sequence: number;
  readonly kind: string;
  readonly at: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly hash: string;
}

/** `GET /console-api/contracts/:contractId/files/:fileCode?revision=N` → the bytes, with Range; to a browser that goes there, a download. */

/** `POST /console-api/contracts/:contractId/repair` with `{}` → ContractDetail: owed signatures are tried again now. */

/** `POST /console-api/contracts/:contractId/revoke` → ContractDetail. */
export const revokeContract = z.object({ reason: z.string().trim().min(1).max(200) });
