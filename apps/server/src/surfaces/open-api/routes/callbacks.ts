import { openApi } from '@signet/protocol/open-api';
import type { Callbacks } from '../../../modules/callbacks/index.ts';
import { callbackParts } from '../callback-body.ts';
import { type Route, serve } from '../serve.ts';

export function callbackRoutes({ callbacks }: { readonly callbacks: Callbacks }): Route[] {
  return [
    serve(openApi.getCallback, async ({ app, input }) =>
      callbackParts(await callbacks.get(app.id, input.transactionId)),
    ),
    serve(openApi.confirmCallback, async ({ app, input }) => {
      await callbacks.confirm(app.id, input.transactionId);
      return null;
    }),
  ];
}
