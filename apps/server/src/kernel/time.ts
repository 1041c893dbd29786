/** The times of the wire: written as `yyyy-MM-dd HH:mm:ss` of Asia/Shanghai, read in three forms (open API §1.5). */

// China has had one time zone without daylight saving since 1991, so a fixed offset is exact for every instant we handle.
const SHANGHAI_OFFSET_MS = 8 * 3600_000;

// Outside 1973 to 9999 a number is no plausible instant in milliseconds; most often it is one in seconds.
const MIN_EPOCH_MS = 100_000_000_000;
const MAX_EPOCH_MS = 253_402_300_799_999;

const WIRE_TIME = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2}))?$/;

/** `yyyy-MM-dd HH:mm:ss` in Asia/Shanghai. */
export function toShanghai(instant: Date): string {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** The digits of `toShanghai`: `yyyyMMddHHmmss`. */
export function toShanghaiDigits(instant: Date): string {
  return toShanghai(instant).replaceAll(/\D/g, '');
}

/** Reads `yyyy-MM-dd HH:mm:ss`, `yyyy-MM-dd` (the end of that day) or epoch milliseconds; anything else is undefined. */
export function parseWireTime(value: string | number): Date | undefined {
  if (typeof value === 'number') return fromEpochMs(value);

  const text = value.trim();
  if (/^\d{12,15}$/.test(text)) return fromEpochMs(Number(text));

  const match = WIRE_TIME.exec(text);
  if (!match) return undefined;

  const [, year, month, day, hour, minute, second] = match;
  const isDateOnly = hour === undefined;
  const time = isDateOnly ? '23:59:59.999' : `${hour}:${minute}:${second}.000`;
  const instant = new Date(`${year}-${month}-${day}T${time}+08:00`);

  // `Date` may roll 2026-02-30 over to March: what does not read back the same was never a date.
  if (Number.isNaN(instant.getTime())) return undefined;
  return toShanghai(instant).startsWith(isDateOnly ? text : text.slice(0, 19)) ? instant : undefined;
}

function fromEpochMs(value: number): Date | undefined {
  return Number.isInteger(value) && value >= MIN_EPOCH_MS && value <= MAX_EPOCH_MS ? new Date(value) : undefined;
}
