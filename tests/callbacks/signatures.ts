import { createHmac } from 'node:crypto';
import type { ReceivedCallback } from '../../apps/server/src/testing/callback-inbox.ts';

/** What Standard Webhooks says, and nothing of ours. */
export function expectedSignature(secret: string, { headers, body }: ReceivedCallback): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

export function signaturesOf({ headers }: ReceivedCallback): string[] {
  return String(headers['webhook-signature']).split(' ');
}
