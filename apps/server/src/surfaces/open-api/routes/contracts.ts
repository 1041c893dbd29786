import { badParameter } from '@signet/protocol/errors';
import { type InputOf, openApi, type ResultOf } from '@signet/protocol/open-api';
import { parseWireTime, toShanghai } from '../../../kernel/time.ts';
import type { Contract, ContractStatus, Contracts, Party, PartyStatus } from '../../../modules/contracts/index.ts';
import type { Signing } from '../../../modules/signing/index.ts';
import { type Route, serve } from '../serve.ts';
import { toStartRequest } from './contract-start.ts';

type WireStatus = ResultOf<typeof openApi.getContract>['contractStatus'];
type WireSignStatus = ResultOf<typeof openApi.getContractParty>['signStatus'];

export const CONTRACT_STATUS: Record<ContractStatus, WireStatus> = {
  signing: 'signing',
  completed: 'finished',
  declined: 'rejected',
  withdrawn: 'revoked',
  expired: 'expired',
};

/** A party that has confirmed its will is still `signing` on the wire until its signature is recorded. */
export const SIGN_STATUS = {
  waiting: 'wait',
  signing: 'signing',
  sealing: 'signing',
  signed: 'finished',
  declined: 'rejected',
  withdrawn: 'revoked',
  expired: 'expired',
} as const satisfies Record<PartyStatus, WireSignStatus>;

interface ContractModules {
  readonly contracts: Contracts;
  readonly signing: Signing;
}

export function contractRoutes({ contracts, signing }: ContractModules): Route[] {
  return [
    serve(openApi.startContract, async ({ app, input }) => {
      const started = await contracts.start(app, toStartRequest(input));
      return { ...started, warnings: [...started.warnings] };
    }),
    serve(openApi.getContract, async ({ app, input }) => toWireContract(await contracts.get(app, input))),
    serve(openApi.getContractParty, async ({ app, input }) =>
      toWireParty(await contracts.getParty(app, input, input.accountId)),
    ),
    serve(openApi.listContracts, async ({ app, input }) => listContracts(contracts, app, input)),
    serve(openApi.signSilently, async ({ app, input }) => {
      const sealId = input.sealId === undefined ? null : Number(input.sealId);
      return { signStatus: SIGN_STATUS[await signing.signSilently(app, input, input.accountId, sealId)] };
    }),
    serve(openApi.revokeContract, async ({ app, input }) => {
      const contract = await contracts.withdraw(app, input, input.reason ?? null);
      return { contractStatus: CONTRACT_STATUS[contract.status] };
    }),
    serve(openApi.downloadContract, async ({ app, input }) => {
      const download = await contracts.download(app, input, { current: input.current ?? false });
      return toWireDownload(download);
    }),
  ];
}

/** An integrator's test plays a party, through the same commands as the page. */
export function sandboxSigningRoutes({ contracts, signing }: ContractModules): Route[] {
  return [
    serve(openApi.signInSandbox, async ({ app, input }) => {
      const will = { mode: 'simulated', sealId: null, detail: { simulated: true } } as const;
      return { signStatus: SIGN_STATUS[await signing.sign(app, input, input.accountId, will)] };
    }),
    serve(openApi.refuseInSandbox, async ({ app, input }) => {
      const status = await contracts.decline(app, input, input.accountId, input.reason ?? null);
      return { signStatus: SIGN_STATUS[status] };
    }),
  ];
}

async function listContracts(
  contracts: Contracts,
  app: Parameters<Contracts['list']>[0],
  input: InputOf<typeof openApi.listContracts>,
): Promise<ResultOf<typeof openApi.listContracts>> {
  const wanted = Object.entries(CONTRACT_STATUS).find(([, wire]) => wire === input.contractStatus)?.[0];
  const page = await contracts.list(app, {
    status: wanted as ContractStatus | undefined,
    accountId: input.accountId,
    begin: toInstant('begin', input.begin),
    end: toInstant('end', input.end),
    pageNumber: input.pageNum ?? 1,
    pageSize: input.pageSize ?? 20,
  });
  return { list: page.list.map(toWireSummary), total: page.total };
}

function toInstant(field: string, value: string | undefined): Date | undefined {
  if (value === undefined) return undefined;
  const instant = parseWireTime(value);
  if (!instant) throw badParameter({ [field]: '时间格式错误' });
  return instant;
}

function toWireSummary(contract: Contract) {
  return {
    contractId: contract.id,
    businessCode: contract.businessCode,
    contractName: contract.name,
    contractStatus: CONTRACT_STATUS[contract.status],
    createTime: toShanghai(contract.createdAt),
    signDeadline: toShanghai(contract.signDeadlineAt),
    finishTime: contract.status === 'completed' && contract.closedAt ? toShanghai(contract.closedAt) : null,
  };
}

function toWireContract(details: Awaited<ReturnType<Contracts['get']>>): ResultOf<typeof openApi.getContract> {
  const { contract, files, attachments, parties } = details;
  return {
    ...toWireSummary(contract),
    docs: files.map(({ fileId, fileCode, fileOrder, name }) => ({ fileId, fileCode, fileOrder, fileName: name })),
    attachmentFiles: attachments.map(({ fileCode, fileOrder, name }) => ({ fileCode, fileOrder, fileName: name })),
    signFlowInitiator: { accountId: contract.initiatorAccountId },
    signers: parties.map((party) => ({
      accountId: party.accountId,
      seqNo: party.sequenceNumber,
      signStatus: SIGN_STATUS[party.status],
      signTime: signTime(party),
    })),
  };
}

function toWireParty(details: Awaited<ReturnType<Contracts['getParty']>>): ResultOf<typeof openApi.getContractParty> {
  const { party, placements } = details;
  return {
    signStatus: SIGN_STATUS[party.status],
    seqNo: party.sequenceNumber,
    signFields: placements.map(({ fileCode, fileId, requested }) => ({
      fileCode,
      fileId,
      signFieldStyle: requested.style === 'cross-page' ? 2 : 1,
      dateFormat: requested.dateFormat,
      signFieldPosition:
        requested.style === 'cross-page'
          ? { positionPage: 0, positionX: 0, positionY: requested.y }
          : { positionPage: requested.page, positionX: requested.x, positionY: requested.y },
    })),
    authConfig: { willingnessAuthModes: [...party.intentModes] },
    noticeConfig: { noticeTypes: party.noticeTypes },
    signTime: signTime(party),
    refuseReason: party.refuseReason,
  };
}

function signTime({ signedAt }: Party): string | null {
  return signedAt ? toShanghai(signedAt) : null;
}

function toWireDownload(
  download: Awaited<ReturnType<Contracts['download']>>,
): ResultOf<typeof openApi.downloadContract> {
  const offered = ({ fileCode, name, url, sha256 }: (typeof download.attachments)[number]) => ({
    fileCode,
    fileName: name,
    fileUrl: url,
    sha256: Buffer.from(sha256).toString('hex'),
  });
  return {
    docs: download.files.map((file) => ({ fileId: file.fileId, ...offered(file) })),
    attachmentFiles: download.attachments.map(offered),
    urlExpireSeconds: download.expiresInSeconds,
  };
}
