import { z } from 'zod';
import { CALLBACK_TYPES, type CallbackType } from '../callbacks.ts';

const callbackTypes = Object.keys(CALLBACK_TYPES) as [CallbackType, ...CallbackType[]];
const httpUrl = z.string().trim().max(2_000);

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

/** Every switch; absent ones stay as they are. */
export const appSettings = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  enabled: z.boolean().optional(),
  selfCertification: z.boolean().optional(),
  silentSigning: z.boolean().optional(),
  plainIdentity: z.boolean().optional(),
  pathWithoutApi: z.boolean().optional(),
  smsLimits: z.boolean().optional(),
  checkBeforeReading: z.boolean().optional(),
  requestsPerMinute: z.number().int().min(1).max(10_000_000).nullable().optional(),
  allowedIps: z.array(z.string().trim().max(64)).max(200).optional(),
  callbackUrl: httpUrl.nullable().optional(),
  callbackTypes: z.array(z.enum(callbackTypes)).optional(),
  redirectSchemes: z.array(z.string().trim().max(40)).max(20).optional(),
  embeddingOrigins: z.array(z.string().trim().max(200)).max(20).optional(),
});
/** `POST /console-api/apps/:appKey` → ConsoleApp. */
export type AppSettingsChange = z.infer<typeof appSettings>;

/** `POST /console-api/apps` → NewConsoleApp. `strict` is a choice at creation only. */
export const createApp = appSettings.extend({
  name: z.string().trim().min(1).max(100),
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

/** `POST /console-api/apps/:appKey/probe` with `{}` → ProbeResult: the connectivity test, a GET to the callback address. */
export interface ProbeResult {
  readonly ok: boolean;
  readonly status: number | null;
  /** When there was no answer: why, in one word of the guarded client, e.g. `address-refused`. */
  readonly failure: string | null;
  readonly milliseconds: number;
}
