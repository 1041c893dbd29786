import { PkiError } from '../error.ts';

const DOTTED = /^[0-2](\.(0|[1-9]\d{0,39}))+$/;
const LONGEST_OID = 64;

/** Content octets of an OBJECT IDENTIFIER. ITU-T X.690 §8.19. */
export function encodeOidContent(dotted: string): Uint8Array {
  if (!DOTTED.test(dotted)) {
    throw new PkiError('INVALID_INPUT', `not an object identifier: ${dotted}`);
  }
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  if (first < 2n && second > 39n) {
    throw new PkiError('INVALID_INPUT', `not an object identifier: ${dotted}`);
  }
  return Uint8Array.from([first * 40n + second, ...rest].flatMap(base128));
}

/** Dotted form of the content octets; arcs of any size, because 2.25 (UUID) arcs take 128 bits. */
export function decodeOidContent(content: Uint8Array): string {
  const last = content.at(-1);
  if (last === undefined || last & 0x80 || content.length > LONGEST_OID) {
    throw new PkiError('MALFORMED', 'object identifier is empty, cut off or too long');
  }
  const arcs: bigint[] = [];
  let arc = 0n;
  let atStart = true;
  for (const octet of content) {
    if (atStart && octet === 0x80) {
      throw new PkiError('MALFORMED', 'object identifier has a padded arc');
    }
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    atStart = (octet & 0x80) === 0;
    if (atStart) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  return dottedForm(arcs);
}

function dottedForm([head = 0n, ...rest]: readonly bigint[]): string {
  const first = head < 80n ? head / 40n : 2n;
  return [first, head - first * 40n, ...rest].join('.');
}

function base128(arc: bigint): number[] {
  const octets = [Number(arc & 0x7fn)];
  for (let left = arc >> 7n; left > 0n; left >>= 7n) {
    octets.unshift(Number(left & 0x7fn) | 0x80);
  }
  return octets;
}
