import { describe, expect, it } from 'vitest';
import { newFileCode, newFlowNo, newId19, newLogKey, newSixDigitCode, opaqueToken } from './ids.ts';

const at = new Date('2024-11-15T10:31:25+08:00');

describe('identifiers', () => {
  it('makes 19-digit ids that fit a signed 64-bit column', () => {
    const id = newId19();

    expect(id).toMatch(/^[1-9]\d{18}$/);
    expect(BigInt(id)).toBeLessThan(2n ** 63n);
  });

  it('makes every id greater than the one before, also within one millisecond', () => {
    const ids = Array.from({ length: 20_000 }, newId19);

    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('writes the flow number as documented, in Shanghai time', () => {
    expect(newFlowNo(at)).toMatch(/^OPFN103125[A-Za-z]{12}$/);
  });

  it('writes the file code as documented, in Shanghai time', () => {
    expect(newFileCode(at)).toMatch(/^FC_20241115103125[A-Za-z]{15}$/);
  });

  it('makes log keys of eight lower-case hex characters', () => {
    expect(newLogKey()).toMatch(/^[0-9a-f]{8}$/);
  });

  it('makes tokens of the asked strength that are safe in a URL', () => {
    expect(opaqueToken(16)).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(new Set(Array.from({ length: 1000 }, () => opaqueToken(16))).size).toBe(1000);
  });

  it('makes six-digit codes, also ones that begin with zero', () => {
    const codes = Array.from({ length: 2000 }, newSixDigitCode);

    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  });
});
