import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PkiError } from '../error.ts';
import { decodeDer, readBoolean, readOid, readTime, readUnsigned } from './reader.ts';
import { generalizedTime, preciseTime, time } from './time.ts';
import { explicit, integer, oid, sequence, setOf, tlv } from './writer.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof PkiError ? error.code : `not a PkiError: ${error}`;
  }
  return 'accepted';
}

function nested(depth: number): Uint8Array {
  return Array.from({ length: depth - 1 }).reduce<Uint8Array>((inner) => sequence(inner), sequence());
}

describe('the bounds of hostile DER', () => {
  it.each([
    ['nothing', ''],
    ['a lone tag', '30'],
    ['a length that is cut off', '30 82 01'],
    ['a header that promises 4 GB', '30 84 ff ff ff ff'],
    ['a length of nine octets', '30 89 01 00 00 00 00 00 00 00 00'],
    ['an indefinite length', '30 80 05 00 00 00'],
    ['a length in more octets than needed', '30 81 02 05 00'],
    ['a length with a leading zero', '30 82 00 80'],
    ['a byte after the end', '30 00 00'],
    ['an inner element longer than the outer', '30 03 04 05 00'],
    ['a tag number above 30', '3f 81 01 00'],
  ])('refuses %s', (_, hex) => {
    expect(refusal(() => decodeDer(bytes(hex)))).toBe('MALFORMED');
  });

  it('reads 32 levels and refuses 33', () => {
    expect(decodeDer(nested(32)).tag).toBe(0x30);
    expect(refusal(() => decodeDer(nested(33)))).toBe('TOO_LARGE');
  });

  it('refuses a hundred thousand levels without exhausting the stack', () => {
    const open = new Uint8Array(400_000);
    for (let level = 0; level < 100_000; level += 1) {
      const left = open.length - 4 - level * 4;
      open.set([0x30, 0x82, Math.min(left, 0xffff) >> 8, Math.min(left, 0xffff) & 0xff], level * 4);
    }
    expect(['MALFORMED', 'TOO_LARGE']).toContain(refusal(() => decodeDer(open)));
  });

  it('refuses more bytes than the limit of the structure', () => {
    expect(refusal(() => decodeDer(tlv(0x04, new Uint8Array(2000)), 1000))).toBe('TOO_LARGE');
  });

  it('answers any bytes with a value or a PkiError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
        expect(['accepted', 'MALFORMED', 'TOO_LARGE']).toContain(refusal(() => decodeDer(input)));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('values in DER', () => {
  it.each([
    ['an empty integer', () => readUnsigned(decodeDer(bytes('02 00')))],
    ['a negative integer', () => readUnsigned(decodeDer(bytes('02 01 80')))],
    ['a padded integer', () => readUnsigned(decodeDer(bytes('02 02 00 01')))],
    ['a boolean that is neither 00 nor FF', () => readBoolean(decodeDer(bytes('01 01 01')))],
    ['an object identifier that is cut off', () => readOid(decodeDer(bytes('06 02 2a 86')))],
    ['an object identifier with a padded arc', () => readOid(decodeDer(bytes('06 03 2a 80 01')))],
    ['31 February', () => readTime(decodeDer(tlv(0x17, Buffer.from('260231000000Z'))))],
    ['hour 24', () => readTime(decodeDer(tlv(0x17, Buffer.from('260228240000Z'))))],
    ['a time without seconds', () => readTime(decodeDer(tlv(0x17, Buffer.from('2602280000Z'))))],
    ['a time with an offset', () => readTime(decodeDer(tlv(0x18, Buffer.from('20260228000000+0800'))))],
    ['a fraction that ends in zero', () => readTime(decodeDer(tlv(0x18, Buffer.from('20260228000000.10Z'))))],
  ])('refuse %s', (_, read) => {
    expect(refusal(read)).toBe('MALFORMED');
  });

  it('carry object identifiers of any size', () => {
    const arc = fc.bigInt({ min: 0n, max: 2n ** 120n });
    fc.assert(
      fc.property(arc, fc.array(arc, { maxLength: 2 }), (second, rest) => {
        const dotted = ['2', second, ...rest].join('.');
        expect(readOid(decodeDer(oid(dotted)))).toBe(dotted);
      }),
    );
  });

  it('carry integers without a sign', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 200n }), (value) => {
        const octets = readUnsigned(decodeDer(integer(value)));
        expect(BigInt(`0x${Buffer.from(octets).toString('hex')}`)).toBe(value);
      }),
    );
  });

  it('carry times to the second, and timestamps to the millisecond', () => {
    const range = { min: new Date('1950-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(range), (at) => {
        const second = Math.floor(at.getTime() / 1000) * 1000;
        expect(readTime(decodeDer(time(at))).getTime()).toBe(second);
        expect(readTime(decodeDer(generalizedTime(at))).getTime()).toBe(second);
        expect(readTime(decodeDer(preciseTime(at))).getTime()).toBe(at.getTime());
      }),
    );
  });

  it('write years from 2050 as GeneralizedTime', () => {
    expect(time(new Date('2049-12-31T23:59:59Z'))[0]).toBe(0x17);
    expect(time(new Date('2050-01-01T00:00:00Z'))[0]).toBe(0x18);
  });

  it('sort the elements of a SET OF', () => {
    expect(Buffer.from(setOf([integer(2), integer(1)])).toString('hex')).toBe('3106020101020102');
    expect(Buffer.from(explicit(1, integer(300))).toString('hex')).toBe('a1040202012c');
  });
});
