import { describe, expect, it } from 'vitest';
import { dateString, decodeDate, decodeTextString, textString } from './text-string.ts';

const bytes = (hex: string) => ({ kind: 'string' as const, bytes: Buffer.from(hex, 'hex') });

describe('text strings', () => {
  it.each(['Wang Xiaoming', '王小明', '阿卜杜热西提·买买提', '𠮷野家', 'é', ''])(
    '%s comes back as it went in',
    (text) => {
      expect(decodeTextString(textString(text))).toBe(text);
    },
  );

  it('in Chinese are UTF-16BE with their mark', () => {
    expect(Buffer.from(textString('王').bytes).toString('hex')).toBe('feff738b');
  });

  it.each([
    ['PDFDocEncoding', bytes('80a092'), '•€™'],
    ['UTF-8', bytes('efbbbfe78e8b'), '王'],
    ['UTF-16 of an odd length', bytes('feff738b00'), '王'],
  ])('in %s are understood', (_, string, text) => {
    expect(decodeTextString(string)).toBe(text);
  });
});

describe('dates', () => {
  it('come back as they went in', () => {
    const at = new Date('2026-11-24T06:56:01Z');
    expect(Buffer.from(dateString(at).bytes).toString()).toBe('D:20261124065601Z');
    expect(decodeDate(dateString(at))).toEqual(at);
  });

  it.each([
    ["D:20261124145601+08'00'", '2026-11-24T06:56:01.000Z'],
    ["D:20261124145601+08'00", '2026-11-24T06:56:01.000Z'],
    ['D:2026', '2026-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, iso) => {
    expect(decodeDate({ kind: 'string', bytes: Buffer.from(text) })?.toISOString()).toBe(iso);
  });

  it('that are none are undefined', () => {
    expect(decodeDate({ kind: 'string', bytes: Buffer.from('yesterday') })).toBeUndefined();
  });
});
