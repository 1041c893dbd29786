import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from './limits.ts';
import { isString, type PdfObject } from './objects.ts';
import { directLength, ObjectParser } from './parser.ts';
import { writeObject } from './serializer.ts';

function parse(text: string, limits = DEFAULT_LIMITS): PdfObject {
  return new ObjectParser(Buffer.from(text, 'latin1'), 0, limits).object();
}

function text(object: PdfObject): string | undefined {
  return isString(object) ? Buffer.from(object.bytes).toString('latin1') : undefined;
}

describe('objects', () => {
  it.each([
    ['null', 'null'],
    ['true', 'true'],
    ['-0.50', '-0.5'],
    ['+17', '17'],
    ['4.', '4'],
    ['.002', '0.002'],
    ['12 0 R', '12 0 R'],
    ['[1 2 R]', '[1 2 R]'],
    ['[1 2 3 0 R]', '[1 2 3 0 R]'],
    ['[12 0 R/A(b)<</C[]>>]', '[12 0 R /A (b) << /C [] >>]'],
    ['/A#20B#23', '/A#20B#23'],
    ['% comment\n<< /K % another\n 1 >>', '<< /K 1 >>'],
  ])('%s is read and written as %s', (source, written) => {
    expect(writeObject(parse(source))).toBe(written);
  });

  it.each([
    ['(a(b)c)', 'a(b)c'],
    ['(\\(\\)\\\\)', '()\\'],
    ['(\\101\\7\\0533)', 'A\x07+3'],
    ['(a\\\nb\r\nc\rd)', 'ab\nc\nd'],
    ['(\\q)', 'q'],
    ['<48 65\n6c6C6>', 'Hell`'],
    ['<>', ''],
  ])('the string %s is %j', (source, value) => {
    expect(text(parse(source))).toBe(value);
  });

  it.each([
    '',
    ']',
    '<< /A >>',
    '<< 1 2 >>',
    '<< /A 1 /A 2 >>',
    '(open',
    '<4',
    '<4x>',
    '1.2.3',
    '--1',
    '1e5',
    'nul',
    '[1 R]',
    '<< /A 1 >',
    'R',
  ])('%j is malformed', (source) => {
    expect(() => parse(source)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });
});

describe('limits', () => {
  it('stop 200,000 nested arrays without exhausting the stack', () => {
    expect(() => parse('['.repeat(200_000))).toThrow(expect.objectContaining({ code: 'TOO_DEEP' }));
  });

  it('stop nested dictionaries', () => {
    expect(() => parse('<</A'.repeat(200_000))).toThrow(expect.objectContaining({ code: 'TOO_DEEP' }));
  });

  it('stop long strings, names and objects with too many values', () => {
    const small = { ...DEFAULT_LIMITS, maxStringBytes: 10, maxNameBytes: 10, maxItems: 10 };
    for (const source of [
      `(${'a'.repeat(11)})`,
      `<${'61'.repeat(11)}>`,
      `/${'a'.repeat(12)}`,
      `[${'1 '.repeat(11)}]`,
    ]) {
      expect(() => parse(source, small)).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));
    }
  });
});

describe('streams', () => {
  it.each([
    ['is longer than the file', '1 0 obj << /Length 99 >> stream\nabc\nendstream endobj'],
    ['is shorter than the data', '1 0 obj << /Length 1 >> stream\nabc\nendstream endobj'],
    ['is negative', '1 0 obj << /Length -1 >> stream\nabc\nendstream endobj'],
    ['is missing', '1 0 obj << >> stream\nabc\nendstream endobj'],
    ['is a name', '1 0 obj << /Length /Three >> stream\nabc\nendstream endobj'],
  ])('are malformed when their length %s', (_, source) => {
    const parser = new ObjectParser(Buffer.from(source), 0, DEFAULT_LIMITS);
    expect(() => parser.indirect(directLength)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });
});
