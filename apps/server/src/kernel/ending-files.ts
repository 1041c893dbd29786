import { rm } from 'node:fs/promises';
import type { EndingData } from './retention.ts';

/** Files outside the database. `pathsBefore`: those that were last written before then. */
export function endingFiles(pathsBefore: (before: Date) => AsyncIterable<string>): EndingData {
  return {
    async count(before) {
      let total = 0;
      for await (const _path of pathsBefore(before)) total++;
      return total;
    },
    async erase(before, limit) {
      let erased = 0;
      for await (const path of pathsBefore(before)) {
        if (erased === limit) break;
        await rm(path, { force: true });
        erased++;
      }
      return erased;
    },
  };
}
