import type { SmsSender } from '../../modules/messaging/index.ts';

/** A production installation without an SMS sender: every message fails, none is pretended to be sent. */
export function createUnconfiguredSmsSender(): SmsSender {
  return { send: async () => ({ status: 'failed', source: 'signet', reason: '未配置短信供应商' }) };
}
