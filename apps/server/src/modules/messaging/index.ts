export type { SmsMessage, SmsSender } from './ports.ts';
export {
  type CodeTarget,
  createMessaging,
  type IssuedCode,
  type Messaging,
  type MessagingParts,
  type SandboxMessage,
} from './service.ts';
export type { Guess, SmsPurpose } from './sms-code.ts';
