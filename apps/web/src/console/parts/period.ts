/** A period of a filter: one that ends now, kept by its length so that a saved filter stays true, or two instants. */
import type { Filter } from './use-filter.ts';

const HOUR_MS = 3_600_000;

export const RECENT = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 168 * HOUR_MS, month: 720 * HOUR_MS } as const;
export type Recent = keyof typeof RECENT;

export const PERIOD_FIELDS = ['within', 'begin', 'end'] as const;

export function isRecent(within: string | undefined): within is Recent {
  return within !== undefined && Object.hasOwn(RECENT, within);
}

/** What the server is asked: instants alone. */
export function toQuery({ within, ...filter }: Filter, now = Date.now()): Filter {
  return isRecent(within) ? { ...filter, begin: new Date(now - RECENT[within]).toISOString() } : filter;
}
