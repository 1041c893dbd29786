import { badParameter } from '@signet/protocol/errors';
import { openApi } from '@signet/protocol/open-api';
import type { App } from '../../../modules/apps/index.ts';
import type { Files } from '../../../modules/files/index.ts';
import type { Identity, LetterReport, PayoutReport } from '../../../modules/identity/index.ts';
import { type Route, serve, type Upload } from '../serve.ts';
import { toWireItem } from './person-identity.ts';

const DEFAULT_PAGE_SIZE = 20;

interface CompanyModules {
  readonly identity: Identity;
  readonly files: Pick<Files, 'upload'>;
}

export function companyIdentityRoutes(modules: CompanyModules): Route[] {
  return [...checkRoutes(modules), ...payoutRoutes(modules), ...letterRoutes(modules)];
}

function checkRoutes({ identity }: CompanyModules): Route[] {
  return [
    serve(openApi.checkCompanyRecord, async ({ app, input }) =>
      toWireItem(await identity.checkCompanyRecord(app, toRequest(input, { name: input.legalRepName }))),
    ),
    serve(openApi.checkCompanyRepresentative, async ({ app, input }) => {
      const { legalRepName: name, legalRepIDCardType: idDocumentType, legalRepIDCardNum: idNumber } = input;
      return toWireItem(
        await identity.checkCompanyRepresentative(app, toRequest(input, { name, idDocumentType, idNumber })),
      );
    }),
  ];
}

function payoutRoutes({ identity }: CompanyModules): Route[] {
  return [
    serve(openApi.startCompanyPayout, async ({ app, input }) => {
      const { bankAccountNo: accountNumber, bankName, bankBranchCode: branchCode } = input;
      const payout = await identity.startPayout(app, { ...toFlows(input), accountNumber, bankName, branchCode });
      const { failReason: _, ...started } = toWirePayout(payout);
      return started;
    }),
    serve(openApi.getCompanyPayout, async ({ app, input }) =>
      toWirePayout(await identity.payoutProgress(app, toReference(input))),
    ),
    serve(openApi.verifyCompanyPayout, async ({ app, input }) => {
      const judged = await identity.verifyPayout(app, { ...toReference(input), amount: input.amount });
      return { ...toWireItem(judged), remainingAttempts: judged.remainingAttempts };
    }),
    serve(openApi.listBanks, async ({ input }) => {
      const { keyword, province, city, pageNum = 1, pageSize = DEFAULT_PAGE_SIZE } = input;
      const wanted = { keyword, province, city };
      const { list, total } = await identity.listBankBranches(wanted, { pageNumber: pageNum, pageSize });
      const branches = list.map(({ bankName, bankCode, branchName, branchCode }) => ({
        ...{ bankName, bankCode, bankBranchName: branchName, bankBranchCode: branchCode },
      }));
      return { list: branches, total };
    }),
  ];
}

function letterRoutes({ identity, files }: CompanyModules): Route[] {
  return [
    serve(openApi.uploadAuthorization, async ({ app, input, upload }) => {
      const { psnName: name, psnIDCardNum: idNumber } = input;
      const fileCode = await fileCodeOf(files, app, input, upload);
      const agent = { name, idNumber };
      const letter = await identity.uploadAuthorization(app, { ...toFlows(input), fileCode, agent });
      const { auditRemark: _, ...uploaded } = toWireLetter(letter);
      return uploaded;
    }),
    serve(openApi.getAuthorization, async ({ app, input }) =>
      toWireLetter(await identity.authorizationStatus(app, toReference(input))),
    ),
  ];
}

async function fileCodeOf(
  files: CompanyModules['files'],
  app: App,
  { fileCode, fileName }: { fileCode?: string | undefined; fileName?: string | undefined },
  upload: Upload | undefined,
): Promise<string> {
  if (upload) return (await files.upload(app, { ...upload, fileName: fileName ?? upload.fileName })).fileCode;
  if (fileCode === undefined) throw badParameter({ fileCode: '必填,或以multipart上传file' });
  return fileCode;
}

function toReference({ flowNo, serviceId }: { flowNo?: string | undefined; serviceId?: string | undefined }) {
  return { verificationId: flowNo, checkId: serviceId };
}

/** The company's flow, and that of an agent who is to be bound to it. */
function toFlows({ flowNo, agentFlowNo }: { flowNo: string; agentFlowNo?: string | undefined }) {
  return { verificationId: flowNo, agentVerificationId: agentFlowNo };
}

function toWirePayout({ verificationId, checkId, status, failReason }: PayoutReport) {
  return { flowNo: verificationId, serviceId: checkId, transferStatus: status, failReason };
}

function toWireLetter({ verificationId, checkId, status, remark }: LetterReport) {
  const auditStatus = status === 'processing' ? ('auditing' as const) : status;
  return { flowNo: verificationId, serviceId: checkId, auditStatus, auditRemark: remark };
}

function toRequest(
  input: {
    corpName: string;
    corpIDCardType: string;
    corpIDCardNum: string;
    flowNo?: string | undefined;
    agentFlowNo?: string | undefined;
    businessCode?: string | undefined;
  },
  legalRepresentative: { name: string; idDocumentType?: string; idNumber?: string },
) {
  const { corpName, corpIDCardType, corpIDCardNum, flowNo, agentFlowNo, businessCode } = input;
  const facts = { name: corpName, idDocumentType: corpIDCardType, idNumber: corpIDCardNum, legalRepresentative };
  return { facts, verificationId: flowNo, agentVerificationId: agentFlowNo, businessCode };
}
