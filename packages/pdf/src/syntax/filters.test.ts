import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { deflatedZeros } from '../../testing/inputs.ts';
import { decodeStream } from './filters.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { dict, name, type PdfObject } from './objects.ts';

function decode(raw: Uint8Array, filter: PdfObject, parameters?: PdfObject): string {
  const entries = { Filter: filter, ...(parameters === undefined ? {} : { DecodeParms: parameters }) };
  const stream = { kind: 'stream' as const, dict: dict(entries), raw };
  return Buffer.from(decodeStream(stream, (object) => object ?? null, DEFAULT_LIMITS)).toString('latin1');
}

describe('filters', () => {
  it.each([
    ['ASCIIHexDecode', Buffer.from('48 65 6C 6c 6F>'), 'Hello'],
    ['ASCII85Decode', Buffer.from('87cURD]i,"Ebo80~>'), 'Hello World!'],
    ['ASCII85Decode', Buffer.from('z!!~>'), '\0\0\0\0\0'],
    ['RunLengthDecode', Buffer.from([2, 65, 66, 67, 254, 90, 128]), 'ABCZZZ'],
    ['LZWDecode', Buffer.from([0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01]), '-----A---B'],
    ['FlateDecode', deflateSync('deflated'), 'deflated'],
  ])('%s gives back what was encoded', (filter, raw, expected) => {
    expect(decode(raw, name(filter))).toBe(expected);
  });

  it('are applied in turn', () => {
    const raw = Buffer.from(`${deflateSync('twice').toString('hex')}>`);
    expect(decode(raw, [name('ASCIIHexDecode'), name('FlateDecode')])).toBe('twice');
  });

  it.each([
    ['none', 0, [1, 2, 3, 4, 5, 6]],
    ['sub', 1, [1, 1, 1, 4, 1, 1]],
    ['up', 2, [1, 2, 3, 3, 3, 3]],
    ['average', 3, [1, 2, 2, 4, 2, 2]],
    ['paeth', 4, [1, 1, 1, 3, 1, 1]],
  ])('undo the PNG predictor %s', (_, type, bytes) => {
    const rows = Buffer.from([type, ...bytes.slice(0, 3), type, ...bytes.slice(3)]);
    const parameters = dict({ Predictor: 15, Columns: 3 });
    const decoded = decode(deflateSync(rows), name('FlateDecode'), parameters);
    expect([...Buffer.from(decoded, 'latin1')]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('keep the columns of a cross-reference stream', () => {
    const rows = Buffer.from([2, 1, 0, 16, 2, 0, 0, 64, 2, 0, 1, 5]);
    const decoded = decode(deflateSync(rows), name('FlateDecode'), dict({ Predictor: 12, Columns: 3 }));
    expect([...Buffer.from(decoded, 'latin1')]).toEqual([1, 0, 16, 1, 0, 80, 1, 1, 85]);
  });

  it.each([
    ['MALFORMED', Buffer.from('not deflated'), name('FlateDecode'), undefined],
    ['MALFORMED', Buffer.from('zz~'), name('ASCIIHexDecode'), undefined],
    ['MALFORMED', Buffer.from([0x80, 0x7f, 0xff]), name('LZWDecode'), undefined],
    ['MALFORMED', deflateSync('x'), name('FlateDecode'), dict({ Predictor: 12, Columns: -4 })],
    ['UNSUPPORTED', Buffer.from(''), name('Crypt'), undefined],
    ['UNSUPPORTED', Buffer.from(''), name('DCTDecode'), undefined],
    ['TOO_LARGE', Buffer.from(''), Array.from({ length: 9 }, () => name('AHx')), undefined],
  ])('answer %s to what they cannot decode', (code, raw, filter, parameters) => {
    expect(() => decode(raw, filter, parameters)).toThrow(expect.objectContaining({ code }));
  });
});

describe('bombs', () => {
  it('of one gibibyte are stopped while they inflate', () => {
    const bomb = deflatedZeros(1024);
    const before = process.memoryUsage().rss;
    const started = performance.now();

    expect(() => decode(bomb, name('FlateDecode'))).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));

    expect(performance.now() - started).toBeLessThan(2000);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 << 20);
  });

  it('inside bombs are stopped', () => {
    const bomb = deflateSync(deflatedZeros(256));
    const filters = [name('FlateDecode'), name('FlateDecode')];
    expect(() => decode(bomb, filters)).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));
  });

  it('of run lengths are stopped', () => {
    const runs = Buffer.from(Array.from({ length: 2 << 20 }, (_, index) => (index % 2 === 0 ? 129 : 0)));
    expect(() => decode(runs, name('RunLengthDecode'))).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));
  });
});
