/** The calls of the page on which an agent has a company verified (企业实名认证页面). */
import {
  type BankBranch,
  type CompanyVerificationState,
  chooseWay,
  findBanks,
  giveCompanyFacts,
  orderPayout,
  tellAmount,
  uploadLetter,
} from '@signet/protocol/page-api';
import type { Identity, PageView } from '../../modules/identity/index.ts';
import { type PageRoute, pageRoute } from './page-route.ts';
import {
  LARGEST_FILE_BODY,
  mustFit,
  nothing,
  personCommands,
  pictureCommands,
  stateCommand,
  type VerificationCall,
  type VerificationPurpose,
  visitOf,
} from './verification-commands.ts';
import { toPersonPart, toPictureSetting, toRedirect, toResult } from './verification-view.ts';

const MAX_BANKS = 20;
const BASE = '/verify-company';

export function companyVerificationRoutes({ identity }: { readonly identity: Identity }): PageRoute[] {
  const { pageCeremony: ceremony } = identity;
  const stateOf = async (call: VerificationCall): Promise<CompanyVerificationState> =>
    toCompanyState(await ceremony.view(visitOf(call)), call);
  const purpose = 'verify-company' as VerificationPurpose;
  const means = { purpose, base: BASE, ceremony, stateOf };
  const withFile = { ...means, largestBodyBytes: LARGEST_FILE_BODY };
  return [
    pageRoute({ purpose, method: 'GET', path: BASE, input: nothing, handle: stateOf }),
    ...personCommands({ ...means, base: `${BASE}/agent` }),
    ...pictureCommands(means, ['businessLicense']),
    stateCommand(means, '/company', giveCompanyFacts, async (visit, { facts }) => {
      mustFit(await ceremony.giveCompanyFacts(visit, facts));
    }),
    stateCommand(means, '/way', chooseWay, (visit, { mode }) => ceremony.chooseWay(visit, mode)),
    stateCommand(means, '/transfer', orderPayout, (visit, wanted) => ceremony.orderPayout(visit, wanted)),
    stateCommand(means, '/amount', tellAmount, async (visit, { amount }) => {
      mustFit(await ceremony.tellAmount(visit, amount.replace(/^\./, '0.')));
    }),
    stateCommand(withFile, '/letter/upload', uploadLetter, (visit, { fileName, fileBase64 }) =>
      ceremony.giveLetter(visit, { fileName, bytes: decode(fileBase64) }),
    ),
    pageRoute({
      ...{ purpose, method: 'GET', path: `${BASE}/letter`, input: nothing },
      handle: async (call: VerificationCall) => {
        const pdf = await ceremony.letterForm(visitOf(call));
        const name = encodeURIComponent('企业经办人授权书.pdf');
        call.reply.header('Content-Disposition', `attachment; filename="letter.pdf"; filename*=UTF-8''${name}`);
        return call.reply.type('application/pdf').send(Buffer.from(pdf));
      },
    }),
    pageRoute({
      ...{ purpose, method: 'POST', path: `${BASE}/banks`, input: findBanks },
      handle: async ({ input: { keyword } }): Promise<BankBranch[]> => {
        const { list } = await identity.listBankBranches({ keyword }, { pageNumber: 1, pageSize: MAX_BANKS });
        return list.map(({ bankName, branchName, branchCode }) => ({ bankName, branchName, branchCode }));
      },
    }),
  ];
}

function decode(base64: string): Uint8Array {
  return Buffer.from(base64.replace(/^data:[^,]{0,100},/, ''), 'base64');
}

function toCompanyState(view: PageView, call: VerificationCall): CompanyVerificationState {
  const { company } = view;
  if (!company) throw new Error('a company page shows a company');
  const { payout, ...shown } = company;
  return {
    ...{ ...call.setting, ...shown, kind: 'company', pictures: toPictureSetting(view), person: toPersonPart(view) },
    payout: payout && { ...payout, expiresAt: payout.expiresAt.toISOString() },
    ...{ result: toResult(view), redirect: toRedirect(view, call.ticket) },
  };
}
