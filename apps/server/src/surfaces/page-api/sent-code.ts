import type { SentCode } from '@signet/protocol/page-api';
import { maskPhone } from '../../kernel/mask.ts';
import type { IssuedCode } from '../../modules/messaging/index.ts';

export function toSentCode(phone: string, issued: IssuedCode): SentCode {
  const { expireSeconds, resendAfterSeconds, sandboxCode } = issued;
  return {
    phone: maskPhone(phone),
    expiresInSeconds: expireSeconds,
    resendAfterSeconds,
    ...(sandboxCode === undefined ? {} : { sandboxCode }),
  };
}
