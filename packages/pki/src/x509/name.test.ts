import { describe, expect, it } from 'vitest';
import { decodeDer } from '../asn1/reader.ts';
import { oid, sequence, setOf, tlv, utf8String } from '../asn1/writer.ts';
import { encodeName, readName } from './name.ts';

const attribute = (type: string, value: Uint8Array) => setOf([sequence(oid(type), value)]);
const read = (...attributes: readonly Uint8Array[]) => readName(decodeDer(sequence(...attributes)));

describe('a distinguished name', () => {
  it('stands from the widest to the narrowest attribute, and is written the other way round', () => {
    const name = {
      commonName: '王小明',
      serialNumber: 'P-1',
      organizationalUnit: '法务部',
      organizationIdentifier: 'VATCN-1',
      organization: '示例公司',
      country: 'CN',
    };

    expect(readName(decodeDer(encodeName(name)))).toEqual({
      ...name,
      text: 'CN=王小明,serialNumber=P-1,OU=法务部,organizationIdentifier=VATCN-1,O=示例公司,C=CN',
    });
  });

  it('of a foreign certificate may be written in older alphabets', () => {
    expect(read(attribute('2.5.4.3', tlv(0x1e, Buffer.from('674e56db', 'hex')))).commonName).toBe('李四');
    expect(read(attribute('2.5.4.3', tlv(0x14, Buffer.from('Jos\xe9', 'latin1')))).commonName).toBe('José');
  });

  it('shows what it does not know, and what is no text, as hex', () => {
    const unknown = read(attribute('1.2.3', utf8String('x')), attribute('2.5.4.10', tlv(0x0c, Uint8Array.of(0xff))));

    expect(unknown.text).toBe('O=#0c01ff,1.2.3=#0c0178');
    expect(unknown.commonName).toBe(unknown.text);
  });

  it('keeps several values of one level together', () => {
    const level = setOf([sequence(oid('2.5.4.3'), utf8String('a')), sequence(oid('2.5.4.5'), utf8String('1'))]);

    expect(read(level).text).toBe('CN=a+serialNumber=1');
  });

  it.each([
    ['an empty level', tlv(0x31)],
    ['a level that is no SET', sequence()],
    ['an attribute without a value', setOf([sequence(oid('2.5.4.3'))])],
  ])('with %s is refused', (_, level) => {
    expect(() => read(level)).toThrow(expect.objectContaining({ code: 'MALFORMED' }));
  });
});
