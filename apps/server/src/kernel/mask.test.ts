import { describe, expect, it } from 'vitest';
import { maskIdNumber, maskName, maskPhone } from './mask.ts';

describe('masking', () => {
  it.each([
    [maskIdNumber, '330102199003071234', '330***********1234'],
    [maskIdNumber, '110108012345678', '110********5678'],
    [maskIdNumber, '1234567', '*******'],
    [maskPhone, '13800000000', '138****0000'],
    [maskPhone, '110', '***'],
    [maskName, '张三', '张*'],
    [maskName, '欧阳娜娜', '欧***'],
    [maskName, '𠮷田', '𠮷*'],
    [maskName, '张', '张*'],
    [maskName, '', '*'],
  ])('%o writes %s as %s', (mask, plain, masked) => {
    expect(mask(plain)).toBe(masked);
  });
});
