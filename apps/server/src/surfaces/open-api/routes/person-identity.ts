import { openApi } from '@signet/protocol/open-api';
import { toShanghai } from '../../../kernel/time.ts';
import type { CheckedItem, Identity } from '../../../modules/identity/index.ts';
import { type Route, serve } from '../serve.ts';
import { readLinkOptions } from './link-options.ts';

export function personIdentityRoutes({ identity }: { identity: Identity }): Route[] {
  return [
    serve(openApi.checkPersonNameAndId, async ({ app, input }) =>
      toWireItem(await identity.checkNameAndId(app, toRequest(input))),
    ),
    serve(openApi.checkPersonCarrier, async ({ app, input }) =>
      toWireItem(await identity.checkCarrier(app, { ...toRequest(input), mobile: input.psnMobile })),
    ),
    serve(openApi.checkPersonBankCard, async ({ app, input }) => {
      const { psnMobile: mobile, psnBankCardNo: bankCardNumber } = input;
      return toWireItem(await identity.checkBankCard(app, { ...toRequest(input), mobile, bankCardNumber }));
    }),
    serve(openApi.openPersonFace, async ({ app, input }) => {
      const { redirect } = readLinkOptions(input);
      const face = await identity.openFaceCheck(app, { ...toRequest(input), redirect });
      const { verificationId: flowNo, checkId: serviceId, url: faceUrl, expiresAt } = face;
      return { faceUrl, subFlowId: serviceId, serviceId, flowNo, expirationTime: toShanghai(expiresAt) };
    }),
    serve(openApi.getPersonFaceResult, async ({ app, input }) =>
      toWireItem(await identity.faceResult(app, { checkId: input.serviceId, businessCode: input.businessCode })),
    ),
    serve(openApi.sendPersonSmsCode, async ({ app, input, address }) => {
      const { verificationId, checkId, expireSeconds } = await identity.sendSmsCode(app, input.flowNo, address);
      return { flowNo: verificationId, serviceId: checkId, expireSeconds };
    }),
    serve(openApi.verifyPersonSmsCode, async ({ app, input }) => {
      const code = input.code ?? input.smsCode ?? input.verifyCode ?? '';
      const guess = { verificationId: input.flowNo, code, checkId: input.serviceId };
      const judged = await identity.verifySmsCode(app, guess);
      return { ...toWireItem(judged), remainingAttempts: judged.remainingAttempts };
    }),
  ];
}

export function toWireItem({ verificationId, checkId, outcome }: CheckedItem) {
  return { verifyStatus: outcome, flowNo: verificationId, serviceId: checkId };
}

function toRequest(input: {
  psnName: string;
  psnIDCardType: string;
  psnIDCardNum: string;
  flowNo?: string | undefined;
  businessCode?: string | undefined;
}) {
  const { psnName, psnIDCardType, psnIDCardNum, flowNo, businessCode } = input;
  return {
    facts: { name: psnName, idDocumentType: psnIDCardType, idNumber: psnIDCardNum },
    verificationId: flowNo,
    businessCode,
  };
}
