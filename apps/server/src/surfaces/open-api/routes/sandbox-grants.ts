import { openApi } from '@signet/protocol/open-api';
import type { Seals } from '../../../modules/seals/index.ts';
import type { Users } from '../../../modules/users/index.ts';
import { type Route, serve } from '../serve.ts';
import { readPeriod } from './grant-period.ts';

/** Test helper: the owner of a seal grants silent signing, as on the page. */
export function sandboxGrantRoutes({ seals, users }: { readonly seals: Seals; readonly users: Users }): Route[] {
  return [
    serve(openApi.grantSandboxSeal, async ({ app, input }) => {
      const { accountId, sealId } = input;
      const period = readPeriod(input);
      const owner = await users.getByAccount(app.id, accountId);

      const chosen = sealId === undefined ? undefined : Number(sealId);
      const asked = { app, ownerId: owner.id, sealId: chosen, ...period, simulated: true };
      const grant = await seals.grantSilentSigning(asked);
      return { sealId: String(grant.sealId), authorizeCode: grant.authorizeCode };
    }),
  ];
}
