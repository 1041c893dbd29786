import { describe, expect, it } from 'vitest';
import { fromPem, toPem } from './pem.ts';

describe('PEM', () => {
  it('carries bytes there and back, in lines of 64', () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, index) => index);

    const pem = toPem(bytes, 'CERTIFICATE');

    expect(fromPem(pem, 'CERTIFICATE')).toEqual(bytes);
    expect(fromPem(`explanatory text\r\n${pem.replaceAll('\n', '\r\n')}`)).toEqual(bytes);
    expect(Math.max(...pem.split('\n').map((line) => line.length))).toBe(64);
  });

  it.each([
    ['no block', 'certificate', undefined],
    ['another label', toPem(Uint8Array.of(5, 0), 'PRIVATE KEY'), 'CERTIFICATE'],
    ['an end that does not match', '-----BEGIN CMS-----\nBQA=\n-----END CERTIFICATE-----', undefined],
    ['megabytes of text', 'A'.repeat(2_000_000), undefined],
  ] as const)('with %s is refused', (_, pem, label) => {
    expect(() => fromPem(pem, label)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });
});
