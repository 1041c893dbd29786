/** Identifier octets of the universal types that X.509, CMS, RFC 3161 and OCSP use. ITU-T X.690 §8. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The identifier octet of [number] over a constructed value (EXPLICIT, or IMPLICIT over SEQUENCE and SET). */
export function contextTag(number: number): number {
  return 0xa0 | number;
}

/** The identifier octet of [number] IMPLICIT over a primitive value. */
export function primitiveContextTag(number: number): number {
  return 0x80 | number;
}
