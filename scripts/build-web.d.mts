/** Builds `apps/web` when its sources have changed; whether the pages are there and fit their sources. */
export function buildWeb(): boolean;
