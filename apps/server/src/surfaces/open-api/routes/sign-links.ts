import { openApi } from '@signet/protocol/open-api';
import { toShanghai } from '../../../kernel/time.ts';
import type { Signing } from '../../../modules/signing/index.ts';
import { type Route, serve } from '../serve.ts';
import { readLinkOptions } from './link-options.ts';

export function signLinkRoutes({ signing }: { readonly signing: Pick<Signing, 'ceremonies'> }): Route[] {
  return [
    serve(openApi.getSignUrl, async ({ app, input }) => {
      const link = { contract: input, accountId: input.accountId, ...readLinkOptions(input) };
      const { url, expiresAt } = await signing.ceremonies.issueLink(app, link);
      return { signUrl: url, url, expirationTime: toShanghai(expiresAt) };
    }),
  ];
}
