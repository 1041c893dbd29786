const DAY_MS = 24 * 3600_000;

export function addDays(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * DAY_MS);
}

/** Whole seconds, as certificates count. */
export function addYears(instant: Date, years: number): Date {
  const later = new Date(instant.getTime());
  later.setUTCFullYear(instant.getUTCFullYear() + years);
  later.setUTCMilliseconds(0);
  return later;
}
