import { openApi } from '@signet/protocol/open-api';
import type { Messaging } from '../../../modules/messaging/index.ts';
import { type Route, serve } from '../serve.ts';

/** 短信: codes and notices for purposes of the app's own. */
export function messagingRoutes({ messaging }: { readonly messaging: Messaging }): Route[] {
  return [
    serve(openApi.sendSmsCode, async ({ app, input, address }) => {
      const { codeId, expireSeconds } = await messaging.issueOwnCode(app, { phone: input.phone, address });
      return { smsId: codeId, expireSeconds };
    }),
    serve(openApi.verifySmsCode, async ({ app, input }) => {
      const { outcome, remainingAttempts } = await messaging.verifyOwnCode(app, {
        codeId: input.smsId,
        code: input.code,
      });
      return { verifyStatus: outcome, remainingAttempts };
    }),
    serve(openApi.sendSmsNotice, async ({ app, input, address }) => {
      const { phone, templateCode, params: parameters = {} } = input;
      return { smsId: await messaging.sendNotice(app, { phone, templateCode, parameters, address }) };
    }),
  ];
}
