import { randomBytes } from 'node:crypto';

/** 16 random octets, positive and of constant length as a DER INTEGER. RFC 5280 §4.1.2.2 allows up to 20. */
export function newSerialNumber(): Uint8Array {
  const octets = Uint8Array.from(randomBytes(16));
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40;
  return octets;
}
