import type { SmsSender } from '../../modules/messaging/index.ts';

/** Sends nothing: the message stays in the platform's own table, where the test helper shows it. */
export function createSandboxSmsSender(): SmsSender {
  return { send: async ({ messageId }) => ({ status: 'sent', source: 'sandbox', reference: messageId }) };
}
