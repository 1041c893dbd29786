import { openApi, type ResultOf } from '@signet/protocol/open-api';
import { maskIdNumber, maskPhone } from '../../../kernel/mask.ts';
import { toShanghai } from '../../../kernel/time.ts';
import type { AwaitedPage, CheckKind, Identity, VerificationReport } from '../../../modules/identity/index.ts';
import { type Route, serve } from '../serve.ts';

type WireReport = ResultOf<typeof openApi.getVerification>;

/** What an item is called on the wire: the last word of the path that made it. */
const WIRE_ITEM: Record<CheckKind, string> = {
  'name-and-id': '2element',
  carrier: '3element',
  'bank-card': '4element',
  face: 'face',
  'sms-sent': 'sendSms',
  'sms-verified': 'verifySms',
  'company-record': '3element',
  'company-representative': '4element',
  'authorization-letter': 'authorization',
  payout: 'transfer',
};

export function verificationReportRoutes({ identity }: { identity: Identity }): Route[] {
  return [
    serve(openApi.getVerification, async ({ app, input }) => {
      const which = { verificationId: input.flowNo, businessCode: input.businessCode };
      const awaited = await identity.awaitedPage(app, which);
      return awaited ? toWirePage(awaited) : toWireReport(await identity.getVerification(app, which));
    }),
  ];
}

function toWireReport(report: VerificationReport): WireReport {
  const { verification, checks, isCompliant, status } = report;
  return {
    flowNo: verification.id,
    businessCode: verification.businessCode ?? null,
    certType: verification.kind === 'person' ? ('psn' as const) : ('corp' as const),
    verifyStatus: status,
    compliant: isCompliant,
    facts: toMaskedFacts(report),
    agentFlowNo: (verification.kind === 'organization' && verification.agentVerificationId) || null,
    items: checks.map((check) => ({
      serviceId: check.id,
      item: WIRE_ITEM[check.kind],
      verifyStatus: check.outcome,
      source: check.source,
      time: toShanghai(check.at),
    })),
    createTime: toShanghai(verification.createdAt),
    certifiedTime: verification.certifiedAt ? toShanghai(verification.certifiedAt) : null,
  };
}

function toMaskedFacts({ verification, mobile }: VerificationReport): Record<string, string> {
  const { name, idDocumentType, idNumber } = verification.facts;
  if (verification.kind === 'person') {
    return {
      ...{ psnName: name, psnIDCardType: idDocumentType, psnIDCardNum: maskIdNumber(idNumber) },
      ...(mobile !== undefined && { psnMobile: maskPhone(mobile) }),
    };
  }
  const representative = verification.facts.legalRepresentative;
  return {
    ...{ corpName: name, corpIDCardType: idDocumentType, corpIDCardNum: maskIdNumber(idNumber) },
    legalRepName: representative.name,
    ...(representative.idDocumentType !== undefined && { legalRepIDCardType: representative.idDocumentType }),
    ...(representative.idNumber !== undefined && { legalRepIDCardNum: maskIdNumber(representative.idNumber) }),
  };
}

/** Nobody has begun there: what the app gave in advance is all that is known. */
function toWirePage({ page, status }: AwaitedPage): WireReport {
  const { person = {}, company } = page.prefilled ?? {};
  const { name, idDocumentType, idNumber, mobile } = person;
  const facts =
    page.kind === 'person'
      ? {
          ...{ psnName: name, psnIDCardType: idDocumentType, psnIDCardNum: idNumber && maskIdNumber(idNumber) },
          psnMobile: mobile && maskPhone(mobile),
        }
      : {
          ...{ corpName: company?.name, corpIDCardType: company?.idDocumentType },
          corpIDCardNum: company?.idNumber && maskIdNumber(company.idNumber),
          legalRepName: company?.representativeName,
        };
  return {
    flowNo: page.verificationId,
    businessCode: page.businessCode ?? null,
    certType: page.kind === 'person' ? 'psn' : 'corp',
    verifyStatus: status,
    compliant: false,
    facts: Object.fromEntries(Object.entries(facts).filter((fact): fact is [string, string] => Boolean(fact[1]))),
    agentFlowNo: null,
    items: [],
    createTime: toShanghai(page.createdAt),
    certifiedTime: null,
  };
}
