import { badParameter } from '@signet/protocol/errors';
import { openApi } from '@signet/protocol/open-api';
import { parseWireTime, toShanghai } from '../../../kernel/time.ts';
import type { LinkRequest, Signing } from '../../../modules/signing/index.ts';
import { type Route, serve } from '../serve.ts';

export function signLinkRoutes({ signing }: { readonly signing: Pick<Signing, 'ceremonies'> }): Route[] {
  return [
    serve(openApi.getSignUrl, async ({ app, input }) => {
      const { url, expiresAt } = await signing.ceremonies.issueLink(app, {
        contract: input,
        accountId: input.accountId,
        clientType: input.clientType ?? 'h5',
        redirect: toRedirect(input.redirectConfig),
        expiresAt: readEnd(input.expirationTime),
      });
      return { signUrl: url, url, expirationTime: toShanghai(expiresAt) };
    }),
  ];
}

type WireRedirect = { readonly redirectUrl?: string | undefined; readonly redirectDelayTime?: number | undefined };

function toRedirect(config: WireRedirect | undefined): LinkRequest['redirect'] {
  if (config?.redirectUrl === undefined) return null;
  return { url: config.redirectUrl, delaySeconds: config.redirectDelayTime ?? null };
}

function readEnd(value: string | undefined): Date | null {
  if (value === undefined) return null;
  const instant = parseWireTime(value);
  if (!instant) throw badParameter({ expirationTime: '时间格式错误' });
  return instant;
}
