/** What Alipay's own library makes of certificates and requests, recorded once. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { certificateNumber, rootNumbers } from './certificates.ts';
import { isGenuine } from './testing/fake-alipay.ts';

const recorded = readFileSync(new URL('./testing/sdk-request.json', import.meta.url), 'utf8');
const { certificates, numbers, request } = JSON.parse(recorded);
const parameters = new Map([...new URLSearchParams(request.rawQuery), ...new URLSearchParams(request.body)]);

describe('the number of a certificate', () => {
  it("is that of Alipay's own library, also with Chinese in its names", () => {
    expect(certificateNumber(certificates.app)).toBe(numbers.app);
    expect(certificateNumber(certificates.alipay)).toBe(numbers.alipay);
  });

  it('leaves out of a file of roots those that do not sign by RSA', () => {
    expect(certificates.root.match(/BEGIN CERTIFICATE/g)).toHaveLength(4);
    expect(rootNumbers(certificates.root)).toBe(numbers.root);
    expect(numbers.root).toMatch(/^[0-9a-f]{32}_[0-9a-f]{32}$/);
  });
});

describe("a request that Alipay's own library has signed", () => {
  it('is accepted by the gateway that judges ours', () => {
    expect(isGenuine(parameters, certificates.app)).toBe(true);
  });

  it('is not accepted with anything changed', () => {
    expect(isGenuine(new Map([...parameters, ['app_id', '2021000000000002']]), certificates.app)).toBe(false);
    expect(isGenuine(parameters, certificates.alipay)).toBe(false);
  });
});
