import { describe, expect, it } from 'vitest';
import { answerRange, parseRange } from './http-range.ts';

const SIZE = 1_000;

describe('one range of bytes', () => {
  it.each([
    ['bytes=0-499', { start: 0, end: 500 }],
    ['bytes=500-999', { start: 500, end: 1_000 }],
    ['bytes=0-0', { start: 0, end: 1 }],
    ['bytes=999-', { start: 999, end: 1_000 }],
    ['bytes=0-', { start: 0, end: 1_000 }],
    ['bytes=900-4000', { start: 900, end: 1_000 }],
    ['bytes=-1', { start: 999, end: 1_000 }],
    ['bytes=-5000', { start: 0, end: 1_000 }],
    [' BYTES=1-2 ', { start: 1, end: 3 }],
  ])('%s', (header, range) => {
    expect(parseRange(header, SIZE)).toEqual(range);
  });

  it.each(['bytes=1000-', 'bytes=1000-2000', 'bytes=-0'])('that holds no byte cannot be satisfied: %s', (header) => {
    expect(parseRange(header, SIZE)).toBe('unsatisfiable');
  });

  it.each([
    ['several of them', 'bytes=0-1,5-6'],
    ['one that ends before it begins', 'bytes=5-4'],
    ['no number at all', 'bytes=-'],
    ['another unit', 'pages=1-2'],
    ['a signed number', 'bytes=+1-2'],
    ['a number without end', `bytes=${'9'.repeat(40)}-`],
    ['words', 'bytes=a-b'],
    ['nothing', ''],
  ])('is ignored when it is %s', (_, header) => {
    expect(parseRange(header, SIZE)).toBe('whole');
  });

  it('of nothing is the whole nothing', () => {
    expect(parseRange('bytes=0-', 0)).toBe('whole');
  });
});

describe('the answer to a request for bytes', () => {
  const bytes = { size: SIZE, etag: '"abc"' };
  const common = { 'Accept-Ranges': 'bytes', ETag: '"abc"' };
  const part = {
    status: 206,
    headers: { ...common, 'Content-Range': 'bytes 10-19/1000', 'Content-Length': 10 },
    range: { start: 10, end: 20 },
  };
  const whole = { status: 200, headers: { ...common, 'Content-Length': 1_000 }, range: { start: 0, end: 1_000 } };

  it.each([
    ['without a range', {}, whole],
    ['with a range', { range: 'bytes=10-19' }, part],
    ['with a range of these very bytes', { range: 'bytes=10-19', 'if-range': '"abc"' }, part],
    ['with a range of other bytes', { range: 'bytes=10-19', 'if-range': '"old"' }, whole],
    ['with a weak comparison', { range: 'bytes=10-19', 'if-range': 'W/"abc"' }, whole],
    ['with a date', { range: 'bytes=10-19', 'if-range': 'Tue, 24 Nov 2026 10:00:00 GMT' }, whole],
  ])('%s', (_, headers, answer) => {
    expect(answerRange(headers, bytes)).toEqual(answer);
  });

  it('behind the end says how long the whole is', () => {
    expect(answerRange({ range: 'bytes=1000-' }, bytes)).toEqual({
      status: 416,
      headers: { ...common, 'Content-Range': 'bytes */1000', 'Content-Length': 0 },
      range: null,
    });
  });
});
