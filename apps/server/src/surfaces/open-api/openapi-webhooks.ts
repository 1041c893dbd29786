/** The callbacks (回调) of the document: OpenAPI 3.1 calls what the platform sends `webhooks`. */
import { CALLBACK_TYPES, type CallbackType } from '@signet/protocol/callbacks';
import { CALLBACK_FIELDS } from '@signet/protocol/open-api';
import { z } from 'zod';
import { type JsonSchema, wireSchema } from './openapi-schema.ts';

export interface Webhook {
  readonly post: {
    readonly operationId: CallbackType;
    readonly summary: string;
    readonly tags: readonly string[];
    readonly parameters: readonly WebhookHeader[];
    readonly requestBody: {
      readonly required: true;
      readonly content: { readonly 'application/json': { readonly schema: JsonSchema } };
    };
    readonly responses: { readonly '2XX': { readonly description: string } };
    /** Signed by `webhook-signature`, not by X-Ca-*. */
    readonly security: readonly never[];
  };
}

interface WebhookHeader {
  readonly name: string;
  readonly in: 'header';
  readonly required: true;
  readonly description: string;
  readonly schema: JsonSchema;
}

const HEADERS: readonly WebhookHeader[] = [
  header('webhook-id', '即 transactionId；重发时不变'),
  header('webhook-timestamp', '发送时刻，自 1970 年起的秒数'),
  header(
    'webhook-signature',
    '`v1,` 加 base64(HMAC-SHA256(密钥, webhook-id + "." + webhook-timestamp + "." + 请求体))；更换密钥期间有两个，空格分隔',
  ),
];

export function webhooks(): Readonly<Record<string, Webhook>> {
  const types = Object.keys(CALLBACK_TYPES) as CallbackType[];
  return Object.fromEntries(types.map((type) => [type, webhook(type)]));
}

function webhook(type: CallbackType): Webhook {
  const head = { transactionId: z.string(), businessType: z.literal(type), businessCode: z.string().nullable() };
  const body = z.object({ ...head, eventTime: z.string(), ...CALLBACK_FIELDS[type].shape });
  return {
    post: {
      operationId: type,
      summary: CALLBACK_TYPES[type],
      tags: ['回调'],
      parameters: HEADERS,
      requestBody: { required: true, content: { 'application/json': { schema: wireSchema(body, type) } } },
      responses: { '2XX': { description: '已收到；其他应答视为失败，将重发' } },
      security: [],
    },
  };
}

function header(name: string, description: string): WebhookHeader {
  return { name, in: 'header', required: true, description, schema: { type: 'string' } };
}
