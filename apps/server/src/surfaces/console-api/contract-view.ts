import type {
  ContractDetail,
  ContractFileView,
  ContractParty,
  ContractSummary,
  EvidenceItem,
} from '@signet/protocol/console-api';
import type { ContractInspection, ContractOverview } from '../../modules/contracts/index.ts';

type AppNames = ReadonlyMap<string, string>;

export function toContractSummary(overview: ContractOverview, appNames: AppNames): ContractSummary {
  const { contract, parties, signedParties, isTroubled } = overview;
  const { id, appId, businessCode, name, status, createdAt, signDeadlineAt, closedAt } = contract;
  return {
    ...{ contractId: id, appId, appName: appNames.get(appId) ?? '', businessCode, name, status },
    ...{ createdAt: createdAt.toISOString(), signDeadlineAt: signDeadlineAt.toISOString() },
    ...{ closedAt: closedAt?.toISOString() ?? null, signedParties, parties, troubled: isTroubled },
  };
}

export function toContractDetail(inspection: ContractInspection, appNames: AppNames): ContractDetail {
  const { contract, partyList, files, evidence } = inspection;
  return {
    ...toContractSummary(inspection, appNames),
    closingReason: contract.closingReason,
    partyList: partyList.map(toParty),
    files: files.map(toFile),
    evidence: evidence.entries.map(toEvidenceItem),
    evidenceIntact: evidence.isIntact,
  };
}

function toParty(party: ContractInspection['partyList'][number]): ContractParty {
  const { id, accountId, name, kind, sequenceNumber, status, silent, signedAt, refuseReason } = party;
  const { sealingAttempts, sealingError } = party;
  return {
    ...{ partyId: id, accountId, name, kind, sequenceNumber, status, silent, refuseReason },
    ...{ signedAt: signedAt?.toISOString() ?? null, sealingAttempts, sealingError },
  };
}

function toFile({ sha256, ...file }: ContractInspection['files'][number]): ContractFileView {
  return { ...file, sha256: Buffer.from(sha256).toString('hex') };
}

function toEvidenceItem(entry: ContractInspection['evidence']['entries'][number]): EvidenceItem {
  const { sequence, kind, at, content, hash } = entry;
  return { sequence, kind, at: at.toISOString(), content: parse(content), hash: Buffer.from(hash).toString('hex') };
}

/** Somebody who changes a row need not leave JSON; the chain then says that it was changed. */
function parse(content: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(content) as Record<string, unknown>;
  } catch {
    return {};
  }
}
