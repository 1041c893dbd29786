/** UTCTime and GeneralizedTime as certificates and timestamps restrict them. RFC 5280 §4.1.2.5, RFC 3161 §2.4.2. */
import { PkiError } from '../error.ts';
import { TAG } from './tags.ts';
import { tlv } from './writer.ts';

const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,8}[1-9]))?Z$/;
const UTC = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;

/** RFC 5280: UTCTime through 2049, GeneralizedTime from 2050; whole seconds. */
export function time(at: Date): Uint8Array {
  const digits = secondDigits(at);
  const year = at.getUTCFullYear();
  if (year >= 1950 && year < 2050) {
    return tlv(TAG.utcTime, Buffer.from(`${digits.slice(2)}Z`, 'latin1'));
  }
  return tlv(TAG.generalizedTime, Buffer.from(`${digits}Z`, 'latin1'));
}

/** GeneralizedTime in whole seconds, as OCSP and the invalidity date want it (RFC 6960 §4.2.2.1). */
export function generalizedTime(at: Date): Uint8Array {
  return tlv(TAG.generalizedTime, Buffer.from(`${secondDigits(at)}Z`, 'latin1'));
}

/** GeneralizedTime with milliseconds; trailing zeros of the fraction are left out (X.690 §11.7). */
export function preciseTime(at: Date): Uint8Array {
  const fraction = String(at.getUTCMilliseconds()).padStart(3, '0').replace(/0+$/, '');
  return tlv(TAG.generalizedTime, Buffer.from(`${secondDigits(at)}${fraction ? '.' : ''}${fraction}Z`, 'latin1'));
}

export function decodeTime(tag: number, content: Uint8Array): Date {
  const text = Buffer.from(content).toString('latin1');
  const match = (tag === TAG.utcTime ? UTC : GENERALIZED).exec(text);
  if (!match || (tag !== TAG.utcTime && tag !== TAG.generalizedTime)) {
    throw new PkiError('MALFORMED', 'time is not written as DER and RFC 5280 demand');
  }
  const [years = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const year = tag === TAG.utcTime ? years + (years < 50 ? 2000 : 1900) : years;
  const millis = Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000);

  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second, millis));
  // Date.UTC rolls 31 February over into March and reads years below 100 as 19xx; both are refused.
  if (
    at.getUTCFullYear() !== year ||
    at.getUTCMonth() !== month - 1 ||
    at.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  ) {
    throw new PkiError('MALFORMED', `no such time: ${text}`);
  }
  return at;
}

function secondDigits(at: Date): string {
  if (Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999 || at.getUTCFullYear() < 1900) {
    throw new PkiError('INVALID_INPUT', 'time cannot be written in a certificate');
  }
  return at.toISOString().replace(/\D/g, '').slice(0, 14);
}
