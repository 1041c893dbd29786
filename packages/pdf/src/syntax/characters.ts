/** Character classes of ISO 32000-2 §7.2.3. */
const WHITESPACE = 1;
const DELIMITER = 2;
const DIGIT = 4;

const CLASSES = new Uint8Array(256);
for (const byte of [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]) CLASSES[byte] = WHITESPACE;
for (const character of '()<>[]{}/%') CLASSES[character.charCodeAt(0)] = DELIMITER;
for (const character of '0123456789') CLASSES[character.charCodeAt(0)] = DIGIT;

const HEX_VALUES = new Int8Array(256).fill(-1);
for (const [value, character] of [...'0123456789abcdef'].entries()) {
  HEX_VALUES[character.charCodeAt(0)] = value;
  HEX_VALUES[character.toUpperCase().charCodeAt(0)] = value;
}

export function isWhitespace(byte: number | undefined): boolean {
  return byte !== undefined && CLASSES[byte] === WHITESPACE;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && CLASSES[byte] === DIGIT;
}

/** Neither whitespace nor delimiter; false at the end of the data. */
export function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && ((CLASSES[byte] ?? 0) & (WHITESPACE | DELIMITER)) === 0;
}

/** 0–15, or -1 when the byte is no hexadecimal digit. */
export function hexValue(byte: number | undefined): number {
  return byte === undefined ? -1 : (HEX_VALUES[byte] ?? -1);
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
