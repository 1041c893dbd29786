import type { ConsoleApp } from '@signet/protocol/console-api';
import { describe, expect, it } from 'vitest';
import { changesOf, toForm } from './settings.ts';

const app: ConsoleApp = {
  ...{ appId: '1', appKey: '203900001', name: '门店', enabled: true, strict: true },
  ...{ selfCertification: false, silentSigning: false, plainIdentity: false, pathWithoutApi: false },
  ...{ smsLimits: true, checkBeforeReading: false, requestsPerMinute: 600, allowedIps: ['10.0.0.0/8'] },
  ...{ callbackUrl: 'https://a.example/callback', callbackStoppedAt: null, redirectSchemes: [], embeddingOrigins: [] },
  callbackTypes: ['OPEN_CONTRACT_SIGNED', 'OPEN_PSN_CERT_RESULT'],
  ...{ createdAt: '2026-11-24T00:00:00Z', previousSecretUntil: null, previousCallbackSecretUntil: null },
};

describe('what a save sends', () => {
  it('is nothing when nothing was changed', () => {
    expect(changesOf(toForm(app), toForm(app))).toEqual({});
  });

  it('holds the changed fields alone', () => {
    expect(changesOf(toForm(app), { ...toForm(app), silentSigning: true, name: ' 总店 ' })).toEqual({
      silentSigning: true,
      name: '总店',
    });
  });

  it('ignores in which order event types were checked', () => {
    const form = { ...toForm(app), callbackTypes: [...app.callbackTypes].reverse() };

    expect(changesOf(toForm(app), form)).toEqual({});
  });

  it('takes an emptied address and an emptied limit away', () => {
    expect(changesOf(toForm(app), { ...toForm(app), callbackUrl: ' ', requestsPerMinute: null })).toEqual({
      callbackUrl: null,
      requestsPerMinute: null,
    });
  });
});
