/** How long what is kept, where an operator may decide it (`modules/privacy/rules.ts` has the other durations and all reasons). */
import type { SettingsReader } from './kernel/settings-reader.ts';

export const RETENTION_SETTINGS = {
  uploads: { setting: 'SIGNET_RETENTION_UPLOAD_DAYS', fallback: 30, min: 1, max: 3_650 },
  unusedVerifications: { setting: 'SIGNET_RETENTION_UNUSED_VERIFICATION_DAYS', fallback: 30, min: 1, max: 3_650 },
  // 电子签名法 §24 asks a certification service for five years after a certificate's end; a party's lasts two and is renewed.
  usedVerifications: { setting: 'SIGNET_RETENTION_VERIFICATION_DAYS', fallback: 3_650, min: 30, max: 36_500 },
  callbacks: { setting: 'SIGNET_RETENTION_CALLBACK_DAYS', fallback: 90, min: 1, max: 3_650 },
  deadCallbacks: { setting: 'SIGNET_RETENTION_DEAD_CALLBACK_DAYS', fallback: 180, min: 1, max: 3_650 },
  smsRecords: { setting: 'SIGNET_RETENTION_SMS_RECORD_DAYS', fallback: 180, min: 3, max: 3_650 },
  // 网络安全法 §21: logs are kept for six months at least.
  audit: { setting: 'SIGNET_RETENTION_AUDIT_DAYS', fallback: 1_095, min: 180, max: 36_500 },
} as const;

export interface RetentionSetting {
  readonly days: number;
  readonly setting: string;
}

export type RetentionSettings = Readonly<Record<keyof typeof RETENTION_SETTINGS, RetentionSetting>>;

export function readRetention(reader: SettingsReader): RetentionSettings {
  const entries = Object.entries(RETENTION_SETTINGS).map(([name, { setting, ...range }]) => {
    return [name, { setting, days: reader.integer(setting, range) }] as const;
  });
  return Object.fromEntries(entries) as RetentionSettings;
}
