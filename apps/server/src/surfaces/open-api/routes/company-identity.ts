import { openApi } from '@signet/protocol/open-api';
import { maskIdNumber, maskPhone } from '../../../kernel/mask.ts';
import { toShanghai } from '../../../kernel/time.ts';
import type { CheckKind, Identity, VerificationReport } from '../../../modules/identity/index.ts';
import { type Route, serve } from '../serve.ts';
import { toWireItem } from './person-identity.ts';

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

export function companyIdentityRoutes({ identity }: { identity: Identity }): Route[] {
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
    serve(openApi.getVerification, async ({ app, input }) =>
      toWireReport(
        await identity.getVerification(app, { verificationId: input.flowNo, businessCode: input.businessCode }),
      ),
    ),
  ];
}

function toRequest(
  input: {
    corpName: string;
    corpIDCardType: string;
    corpIDCardNum: string;
    flowNo?: string | undefined;
    businessCode?: string | undefined;
  },
  legalRepresentative: { name: string; idDocumentType?: string; idNumber?: string },
) {
  const { corpName, corpIDCardType, corpIDCardNum, flowNo, businessCode } = input;
  const facts = { name: corpName, idDocumentType: corpIDCardType, idNumber: corpIDCardNum, legalRepresentative };
  return { facts, verificationId: flowNo, businessCode };
}

function toWireReport(report: VerificationReport) {
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
