import { describe, expect, it } from 'vitest';
import { SettingsReader } from './kernel/settings-reader.ts';
import { RETENTION_SETTINGS, readRetention } from './retention-settings.ts';

describe('how long data is kept', () => {
  it('is as the rules say unless it is set', () => {
    const reader = new SettingsReader({ SIGNET_RETENTION_UPLOAD_DAYS: '7' });

    const retention = readRetention(reader);

    expect(reader.problems).toEqual([]);
    expect(retention.uploads).toEqual({ days: 7, setting: 'SIGNET_RETENTION_UPLOAD_DAYS' });
    expect(retention.audit.days).toBe(RETENTION_SETTINGS.audit.fallback);
  });

  it.each([
    ['SIGNET_RETENTION_AUDIT_DAYS', '179'],
    ['SIGNET_RETENTION_UPLOAD_DAYS', '0'],
    ['SIGNET_RETENTION_VERIFICATION_DAYS', 'never'],
  ])('is no time that law or sense forbids: %s=%s', (setting, value) => {
    const reader = new SettingsReader({ [setting]: value });

    readRetention(reader);

    expect(reader.problems).toMatchObject([{ setting, value }]);
  });
});
