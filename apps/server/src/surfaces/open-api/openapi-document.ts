/** OpenAPI 3.1 of what this installation serves, derived from the endpoint catalogue: nothing is written twice. */
import { API_ERRORS, GATEWAY_ERRORS } from '@signet/protocol/errors';
import { type Endpoint, type HttpMethod, openApi } from '@signet/protocol/open-api';
import { type JsonSchema, wireSchema } from './openapi-schema.ts';
import { type Webhook, webhooks } from './openapi-webhooks.ts';

export interface DocumentOptions {
  readonly publicUrl: string;
  readonly mode: 'sandbox' | 'production';
}

export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}
interface Content {
  readonly schema: JsonSchema;
}
interface Answer {
  readonly description: string;
  readonly content: { readonly 'application/json': Content };
}
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Readonly<Record<string, Content>> };
  readonly responses: { readonly 200: Answer; readonly default: { readonly $ref: string } };
  readonly 'x-aliases'?: readonly string[];
  readonly 'x-sandbox-only'?: true;
}
export type PathItem = Partial<Record<'get' | 'post', Operation>>;
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly webhooks: Readonly<Record<string, Webhook>>;
  readonly components: Readonly<Record<string, unknown>>;
  readonly 'x-error-codes': readonly { readonly code: string; readonly msg: string; readonly origin: string }[];
  readonly 'x-gateway-errors': readonly { readonly code: string; readonly msg: string }[];
}

const API_VERSION = '1.0.0';

export function openApiDocument({ publicUrl, mode }: DocumentOptions): OpenApiDocument {
  const served = Object.entries<Endpoint>(openApi).filter(([, { sandboxOnly }]) => mode === 'sandbox' || !sandboxOnly);
  return {
    openapi: '3.1.0',
    info: { title: 'Signet 电子签名开放平台', version: API_VERSION, description: DESCRIPTION },
    servers: [{ url: `${publicUrl}/api` }],
    tags: [...new Set(served.map(([, { chapter }]) => chapter))].map((name) => ({ name })),
    security: [{ appKey: [], signature: [] }],
    paths: Object.fromEntries(served.map(([name, endpoint]) => [endpoint.path, pathItem(name, endpoint)])),
    webhooks: webhooks(),
    components: { securitySchemes: SECURITY_SCHEMES, responses: { Refused: REFUSED } },
    'x-error-codes': errorCodes(),
    'x-gateway-errors': Object.values(GATEWAY_ERRORS).map(({ status, message }) => ({
      code: `${status}`,
      msg: message,
    })),
  };
}

const DESCRIPTION = [
  '每个请求以 X-Ca-* 请求头签名；每个应答均为 {result, code, msg, logKey, ts, success}。',
  '业务失败时 HTTP 状态为 200，success 为 false，code 见 x-error-codes；网关拒绝时 code 即 HTTP 状态，见 x-gateway-errors。',
  '未列出的字段会被忽略；可选字段的 null 与空字符串等同于未填；数字与数字字符串可互换。',
].join('\n\n');

const SECURITY_SCHEMES = {
  appKey: { type: 'apiKey', in: 'header', name: 'X-Ca-Key', description: 'AppKey' },
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Ca-Signature',
    description:
      'base64(HMAC-SHA256(AppSecret, stringToSign)),stringToSign = METHOD\\nAccept\\nContent-MD5\\nContent-Type\\nDate\\n 后接 X-Ca-Signature-Headers 所列各头 Name:value\\n,最后是路径与按键排序的参数',
  },
};

const REFUSED = {
  description: '网关拒绝：签名、时间戳、限流等。原因见响应头 X-Ca-Error-Message',
  content: { 'application/json': { schema: responseSchema({ type: 'null' }) } },
};

const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: '24 小时内以相同的键与请求体重发，得到首次的应答',
  schema: { type: 'string', maxLength: 255 },
};

function pathItem(name: string, endpoint: Endpoint): PathItem {
  const operations = endpoint.methods.map((method, index) => {
    const operationId = index === 0 ? name : `${name}By${method === 'POST' ? 'Post' : 'Get'}`;
    return [method.toLowerCase(), operation(name, operationId, { endpoint, method })] as const;
  });
  return Object.fromEntries(operations);
}

interface Served {
  readonly endpoint: Endpoint;
  readonly method: HttpMethod;
}

function operation(name: string, operationId: string, { endpoint, method }: Served): Operation {
  const input = wireSchema(endpoint.input, name);
  return {
    operationId,
    summary: endpoint.title,
    tags: [endpoint.chapter],
    ...(method === 'GET'
      ? { parameters: queryParameters(input) }
      : { parameters: [IDEMPOTENCY_KEY], requestBody: { required: true, content: bodies(endpoint, input) } }),
    responses: {
      200: {
        description: '成功，或业务失败（success 为 false）',
        content: { 'application/json': { schema: responseSchema(wireSchema(endpoint.result, name)) } },
      },
      default: { $ref: '#/components/responses/Refused' },
    },
    ...(endpoint.aliases.length > 0 ? { 'x-aliases': endpoint.aliases } : {}),
    ...(endpoint.sandboxOnly ? { 'x-sandbox-only': true } : {}),
  };
}

function queryParameters(input: JsonSchema): Parameter[] {
  return Object.entries(input.properties ?? {}).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: input.required?.includes(name) ?? false,
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

function bodies(endpoint: Endpoint, input: JsonSchema): Record<string, Content> {
  const json = { 'application/json': { schema: input } };
  if (!endpoint.multipart) return json;
  const { fileBase64: _, ...fields } = input.properties ?? {};
  const file = { type: 'string', format: 'binary', description: '文件内容' };
  return { ...json, 'multipart/form-data': { schema: { type: 'object', properties: { file, ...fields } } } };
}

/** 公共返回 around a result, fields in wire order. */
function responseSchema(result: JsonSchema): JsonSchema {
  return {
    type: 'object',
    required: ['result', 'code', 'msg', 'logKey', 'ts', 'success'],
    properties: {
      result: result.type === 'null' ? result : { anyOf: [result, { type: 'null' }] },
      code: { type: 'string', description: '"200" 为成功' },
      msg: { type: 'string', description: '成功，或失败原因' },
      logKey: { type: 'string', pattern: '^[0-9a-f]{8}$', description: '日志号，反馈问题时请附上' },
      ts: { type: 'string', pattern: '^\\d{13}$', description: '应答时间，毫秒' },
      success: { type: 'boolean' },
    },
  };
}

/** Names are finer than the wire: a code stands once. */
function errorCodes() {
  const byCode = new Map(Object.values(API_ERRORS).map(({ code, msg, origin }) => [code, { code, msg, origin }]));
  return [...byCode.values()];
}
