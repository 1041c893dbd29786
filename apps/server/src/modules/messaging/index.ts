export type { CodeTarget, IssuedCode } from './codes.ts';
export { DEFAULT_SMS_LIMITS, type SmsLimits } from './limits.ts';
export type { MessagingParts, RecentMessage, SandboxMessage } from './messages.ts';
export type { Notice } from './notices.ts';
export type { SmsMessage, SmsReceipt, SmsSender } from './ports.ts';
export { MESSAGING_SEALED_COLUMNS } from './sealed-columns.ts';
export { createMessaging, type Messaging } from './service.ts';
export type { Guess, SmsPurpose } from './sms-code.ts';
