import { badParameter } from '@signet/protocol/errors';
import { openApi } from '@signet/protocol/open-api';
import { parseWireTime } from '../../../kernel/time.ts';
import type { Seals } from '../../../modules/seals/index.ts';
import type { Users } from '../../../modules/users/index.ts';
import { type Route, serve } from '../serve.ts';

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

function readPeriod(input: { readonly beginTime?: string | undefined; readonly endTime?: string | undefined }) {
  const beginAt = readBegin(input.beginTime);
  const endAt = input.endTime === undefined ? undefined : parseWireTime(input.endTime);

  const problems: Record<string, string> = {};
  if (input.beginTime !== undefined && !beginAt) problems.beginTime = '时间格式错误';
  if (input.endTime !== undefined && !endAt) problems.endTime = '时间格式错误';
  if (Object.keys(problems).length > 0) throw badParameter(problems);
  return { beginAt, endAt };
}

/** A day without a time means its end everywhere else, but a period that begins on a day begins in the morning. */
function readBegin(beginTime: string | undefined): Date | undefined {
  if (beginTime === undefined) return undefined;
  return parseWireTime(`${beginTime} 00:00:00`) ?? parseWireTime(beginTime);
}
