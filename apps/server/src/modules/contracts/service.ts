import { createClosing } from './closing.ts';
import { createConsoleView } from './console-view.ts';
import type { ContractsDependencies } from './dependencies.ts';
import { createDownload } from './download.ts';
import { createEnding } from './ending.ts';
import { createErasure } from './erasure.ts';
import { createPageView } from './page-view.ts';
import { createQueries } from './queries.ts';
import { CONTRACT_REFERENCES } from './references.ts';
import { createOpenRevision } from './revision-bytes.ts';
import { createSealing } from './sealing.ts';
import { createStart } from './start.ts';
import { createConfirm } from './will.ts';

export type Contracts = ReturnType<typeof createContracts>;

export function createContracts(dependencies: ContractsDependencies) {
  return {
    start: createStart(dependencies),
    ...createQueries(dependencies),
    ...createPageView(dependencies),
    openRevision: createOpenRevision(dependencies),
    download: createDownload(dependencies),
    ...createClosing(dependencies),
    confirm: createConfirm(dependencies),
    sealing: createSealing(dependencies),
    ...createErasure(dependencies),
    references: CONTRACT_REFERENCES,
    ending: createEnding(dependencies.database),
    /** For operators. */
    console: createConsoleView(dependencies),
  };
}
