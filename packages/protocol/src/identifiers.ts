/** Checks on identifiers that people carry, shared by pages, SDK and server. */

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const ID_CHECK = '10X98765432';
/** First two digits of a resident id (GB/T 2260): the provinces. */
const PROVINCES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);

/** GB 11643: 18 characters, known province, a real date, checksum (x or X). No county table, no minimum age. */
export function isResidentId(value: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(value) || !PROVINCES.has(value.slice(0, 2))) return false;
  return residentIdBirthday(value) !== undefined && residentIdCheckDigit(value) === value[17]?.toUpperCase();
}

/** The birthday in a resident id; undefined when it is no calendar date. The caller compares it with its own clock. */
export function residentIdBirthday(value: string): Date | undefined {
  const [year, month, day] = [value.slice(6, 10), value.slice(10, 12), value.slice(12, 14)].map(Number);
  if (year === undefined || month === undefined || day === undefined || year < 1850) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : undefined;
}

/** The 18th character for the first 17 (ISO 7064 MOD 11-2). */
export function residentIdCheckDigit(value: string): string {
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(value[i]), 0);
  return ID_CHECK[sum % 11] ?? '';
}

/** Mainland mobile number; no carrier table, since numbers move between carriers. */
export function isMobile(value: string): boolean {
  return /^1[3-9]\d{9}$/.test(value);
}

/** 银行卡号: 12 to 19 digits with the Luhn checksum (ISO/IEC 7812-1 annex B). */
export function isBankCardNumber(value: string): boolean {
  if (!/^\d{12,19}$/.test(value)) return false;
  const sum = [...value].reverse().reduce((total, digit, i) => {
    const doubled = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** 统一社会信用代码 (GB 32100): 18 characters with checksum MOD 31-3. */
export function isCreditCode(value: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(value)) return false;
  return creditCodeCheckDigit(value) === value[17];
}

/** The 18th character for the first 17. */
export function creditCodeCheckDigit(value: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of value.slice(0, 17)) {
    sum += CREDIT_ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return CREDIT_ALPHABET[(31 - (sum % 31)) % 31] ?? '';
}

/** 15-digit registration number (工商注册号) with its check digit (ISO 7064 MOD 11,10). */
export function isRegistrationNumber(value: string): boolean {
  if (!/^\d{15}$/.test(value)) return false;
  let product = 10;
  for (const digit of value.slice(0, 14)) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (product + Number(value[14])) % 10 === 1;
}
