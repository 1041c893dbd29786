import type { Clock } from '../../kernel/clock.ts';
import { RecentMap } from '../../kernel/recent-map.ts';

const ONE_VIEW_MS = 10 * 60_000;
const VIEWS_REMEMBERED = 10_000;

export interface RepeatedViews {
  /** Notes a view unless the same one was noted within ten minutes. */
  note(view: readonly unknown[], write: () => Promise<void>): Promise<void>;
}

/** A document comes in many ranges and a list refreshes itself: each is one view in the audit log. */
export function createRepeatedViews(clock: Clock): RepeatedViews {
  const noted = new RecentMap<string, number>(VIEWS_REMEMBERED);
  return {
    async note(view, write) {
      const key = JSON.stringify(view);
      const now = clock.now().getTime();
      if (now - (noted.get(key) ?? 0) < ONE_VIEW_MS) return;
      await write();
      noted.set(key, now);
    },
  };
}
