import { z } from 'zod';
import { CALLBACK_TYPES, type CallbackType } from '../callbacks.ts';

const callbackTypes = Object.keys(CALLBACK_TYPES) as [CallbackType, ...CallbackType[]];

/** Schemes that run code, read files or are not an app's own. */
const REFUSED_SCHEMES = [
  ...['about', 'blob', 'content', 'data', 'file', 'filesystem', 'intent', 'javascript', 'vbscript', 'view-source'],
  ...['http', 'https', 'ws', 'wss', 'ftp', 'mailto', 'sms', 'tel'],
];

const callbackUrl = z
  .string()
  .trim()
  .max(2_000, '最多2000个字符')
  .refine(isPlainHttpUrl, '应为http或https地址,不含账号和#');
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], { error: '应为IP地址或网段,如 203.0.113.0/24' });
const redirectScheme = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9+.-]{1,39}$/, '应为应用自己的scheme,如 myapp')
  .refine((scheme) => !REFUSED_SCHEMES.includes(scheme), '不允许该scheme');
const embeddingOrigin = z.string().trim().max(200).refine(isExactOrigin, '应为完整来源,如 https://www.example.com');

function isPlainHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username + password + hash === '';
}

/** One origin as browsers spell it: it stands in a policy header, so no wildcard and nothing behind the port. */
function isExactOrigin(text: string): boolean {
  return /^https?:\/\/[a-z0-9.:[\]-]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** `GET /console-api/apps` → ConsoleApp[]; `GET /console-api/apps/:appKey` → ConsoleApp. */
export interface ConsoleApp {
  readonly appId: string;
  readonly appKey: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly strict: boolean;
  readonly selfCertification: boolean;
  readonly silentSigning: boolean;
  readonly plainIdentity: boolean;
  readonly pathWithoutApi: boolean;
  readonly smsLimits: boolean;
  /** Parties are checked by SMS before they see a document. */
  readonly checkBeforeReading: boolean;
  readonly requestsPerMinute: number | null;
  readonly allowedIps: readonly string[];
  readonly callbackUrl: string | null;
  readonly callbackTypes: readonly CallbackType[];
  /** The receiver answered 410; nothing is sent until the address is saved again. */
  readonly callbackStoppedAt: string | null;
  /** App schemes besides http and https that pages may return to, e.g. `myapp`. */
  readonly redirectSchemes: readonly string[];
  /** Origins that may embed our pages. */
  readonly embeddingOrigins: readonly string[];
  readonly createdAt: string;
  readonly previousSecretUntil: string | null;
  readonly previousCallbackSecretUntil: string | null;
}

/** Every switch; absent ones stay as they are. `enabled` needs apps.enable. */
export const appSettings = z.object({
  name: z.string().trim().min(1, '必填').max(100, '最多100个字符').optional(),
  enabled: z.boolean().optional(),
  selfCertification: z.boolean().optional(),
  silentSigning: z.boolean().optional(),
  plainIdentity: z.boolean().optional(),
  pathWithoutApi: z.boolean().optional(),
  smsLimits: z.boolean().optional(),
  checkBeforeReading: z.boolean().optional(),
  requestsPerMinute: z.number().int().min(1).max(10_000_000).nullable().optional(),
  allowedIps: z.array(network).max(200, '最多200项').optional(),
  callbackUrl: callbackUrl.nullable().optional(),
  callbackTypes: z.array(z.enum(callbackTypes)).optional(),
  redirectSchemes: z.array(redirectScheme).max(20, '最多20项').optional(),
  embeddingOrigins: z.array(embeddingOrigin).max(20, '最多20项').optional(),
});
/** `POST /console-api/apps/:appKey` → ConsoleApp. */
export type AppSettingsChange = z.infer<typeof appSettings>;

/** `POST /console-api/apps` → NewConsoleApp. `strict` is a choice at creation only. */
export const createApp = appSettings.extend({
  name: z.string().trim().min(1, '必填').max(100, '最多100个字符'),
  strict: z.boolean().optional(),
});
export type CreateApp = z.infer<typeof createApp>;

export interface NewConsoleApp {
  readonly app: ConsoleApp;
  /** Both are shown once. */
  readonly appSecret: string;
  readonly callbackSecret: string;
}

/** `POST /console-api/apps/:appKey/rotate` → RotatedSecret. The old one works for 24 hours more. */
export const rotateSecret = z.object({ which: z.enum(['app', 'callback']) });
export interface RotatedSecret {
  readonly app: ConsoleApp;
  readonly secret: string;
}

/**
 * `POST /console-api/apps/:appKey/probe` with `{}` → ProbeResult: the connectivity test, a GET to the callback address; apps.change,
 * since it makes the server call out.
 */
export interface ProbeResult {
  readonly ok: boolean;
  readonly status: number | null;
  /** When there was no answer: why, in one word of the guarded client, e.g. `address-refused`. */
  readonly failure: string | null;
  readonly milliseconds: number;
}
