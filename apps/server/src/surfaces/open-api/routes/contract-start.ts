import { ApiError, badParameter } from '@signet/protocol/errors';
import type { InputOf, openApi } from '@signet/protocol/open-api';
import { parseWireTime } from '../../../kernel/time.ts';
import type { RequestedField, StartRequest } from '../../../modules/contracts/index.ts';

type Input = InputOf<typeof openApi.startContract>;
type WireSigner = Input['signers'][number];
type WireField = WireSigner['signFields'][number];

/** 发起合同 from the wire; what this version cannot do is refused by name, never dropped. */
export function toStartRequest(input: Input): StartRequest {
  const times = new WireTimes();
  const config = input.signFlowConfig;
  const request: StartRequest = {
    name: input.contractName ?? null,
    businessCode: input.businessCode ?? null,
    files: input.docs.map(({ fileId, fileCode, fileOrder, fileName }, i) => ({
      fileId,
      fileCode,
      order: fileOrder ?? i + 1,
      name: fileName ?? null,
    })),
    attachments: (input.attachmentFiles ?? []).map(({ fileCode, fileOrder }, i) => ({
      fileCode,
      order: fileOrder ?? i + 1,
    })),
    initiatorAccountId: input.signFlowInitiator.accountId,
    parties: input.signers.map((signer, i) => toParty(signer, i, times)),
    sequential: config?.seqSigning ?? true,
    signDeadlineAt: times.read('signFlowConfig.signDeadline', config?.signDeadline),
    options: {
      redirectConfig: config?.redirectConfig ?? null,
      hideUntilTurn: config?.hideUntilTurn ?? false,
      autoFinish: config?.autoFinish ?? true,
      copyReceivers: input.copyReceivers ?? [],
    },
  };
  times.check();
  return request;
}

function toParty(signer: WireSigner, i: number, times: WireTimes): StartRequest['parties'][number] {
  const modes = signer.authConfig?.willingnessAuthModes ?? [];
  return {
    accountId: signer.accountId,
    sequenceNumber: signer.seqNo ?? 1,
    agentAccountId: signer.agentAccountId ?? null,
    intentModes: modes.length > 0 ? modes : ['CODE_SMS'],
    noticeTypes: signer.noticeConfig?.noticeTypes ?? 0,
    signDeadlineAt: times.read(`signers[${i}].signDeadline`, signer.signDeadline),
    fields: signer.signFields.map((field, j) => toField(field, `signers[${i}].signFields[${j}]`)),
  };
}

function toField(field: WireField, path: string): RequestedField {
  if (field.keyword) throw unavailable(`${path}.keyword`);
  if (field.kind !== undefined && field.kind !== 'seal') throw unavailable(`${path}.kind`);
  const position = field.signFieldPosition;
  return {
    fileCode: field.fileCode,
    placement: {
      style: field.signFieldStyle === 2 ? 'cross-page' : 'single-page',
      dateFormat: field.dateFormat ?? null,
      page: position?.positionPage ?? null,
      x: position?.positionX ?? null,
      y: position?.positionY ?? null,
      size: field.size ?? null,
    },
    authorizeCode: field.authorizeCode ?? null,
    sealId: field.sealId === undefined ? null : Number(field.sealId),
  };
}

function unavailable(path: string): ApiError {
  return new ApiError('FEATURE_UNAVAILABLE', { path }, { detail: path });
}

/** Reads times and collects the wrong ones, so that one answer names them all. */
class WireTimes {
  private readonly problems: Record<string, string> = {};

  read(field: string, value: string | undefined): Date | null {
    if (value === undefined) return null;
    const instant = parseWireTime(value);
    if (!instant) this.problems[field] = '时间格式错误';
    return instant ?? null;
  }

  check(): void {
    if (Object.keys(this.problems).length > 0) throw badParameter(this.problems);
  }
}
