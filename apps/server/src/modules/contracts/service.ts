import { createClosing } from './closing.ts';
import type { ContractsDependencies } from './dependencies.ts';
import { createDownload } from './download.ts';
import { createQueries } from './queries.ts';
import { createSealing } from './sealing.ts';
import { createStart } from './start.ts';
import { createConfirm } from './will.ts';

export type Contracts = ReturnType<typeof createContracts>;

export function createContracts(dependencies: ContractsDependencies) {
  return {
    start: createStart(dependencies),
    ...createQueries(dependencies),
    download: createDownload(dependencies),
    ...createClosing(dependencies),
    confirm: createConfirm(dependencies),
    sealing: createSealing(dependencies),
  };
}
