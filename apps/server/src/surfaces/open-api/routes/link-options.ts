import { badParameter } from '@signet/protocol/errors';
import { parseWireTime } from '../../../kernel/time.ts';
import type { NewTicket } from '../../../modules/tickets/index.ts';

interface WireLinkOptions {
  readonly clientType?: NewTicket['clientType'] | undefined;
  readonly expirationTime?: string | undefined;
  readonly redirectConfig?:
    | { readonly redirectUrl?: string | undefined; readonly redirectDelayTime?: number | undefined }
    | undefined;
}

export interface LinkOptions extends Pick<NewTicket, 'clientType' | 'redirect'> {
  /** Null: as long as such links usually live. */
  readonly expiresAt: Date | null;
}

/** What every call that makes a page link may ask for. */
export function readLinkOptions({ clientType, expirationTime, redirectConfig }: WireLinkOptions): LinkOptions {
  const { redirectUrl: url, redirectDelayTime } = redirectConfig ?? {};
  const redirect = url === undefined ? null : { url, delaySeconds: redirectDelayTime ?? null };
  return { clientType: clientType ?? 'h5', redirect, expiresAt: readExpiry(expirationTime) };
}

function readExpiry(expirationTime: string | undefined): Date | null {
  if (expirationTime === undefined) return null;
  const instant = parseWireTime(expirationTime);
  if (!instant) throw badParameter({ expirationTime: '时间格式错误' });
  return instant;
}
