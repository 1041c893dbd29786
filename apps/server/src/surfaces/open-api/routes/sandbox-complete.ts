import { openApi } from '@signet/protocol/open-api';
import type { Identity } from '../../../modules/identity/index.ts';
import { type Route, serve } from '../serve.ts';

/** Test helper: a face, a payout or the review of a letter ends. */
export function sandboxCompleteRoutes({ identity }: { readonly identity: Identity }): Route[] {
  return [
    serve(openApi.completeInSandbox, async ({ app, input }) => {
      const { serviceId: checkId, verifyStatus, reason } = input;
      const { verificationId } = await identity.completeInSandbox(app, { checkId, outcome: verifyStatus, reason });
      return { verifyStatus, flowNo: verificationId, serviceId: checkId };
    }),
  ];
}
