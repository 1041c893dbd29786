import type { Logger } from '../../kernel/log.ts';
import { createUnusedUploads } from '../files/index.ts';
import { createForget } from './forget.ts';
import type { ForgetModules } from './forget-erasure.ts';
import type { AdjustedPeriods } from './rules.ts';
import { endingSources, type SourceModules } from './sources.ts';
import { createSweep } from './sweep.ts';

export const SWEEP_TASK = 'retention.sweep';

export type PrivacyDependencies = Omit<SourceModules, 'unusedUploads'> &
  Omit<ForgetModules, 'eraseUploads' | 'audit'> & {
    readonly log: Logger;
    readonly periods: AdjustedPeriods;
  };

export type Privacy = ReturnType<typeof createPrivacy>;

/** Personal data has an end: by its time, or because its person asks for it. */
export function createPrivacy(dependencies: PrivacyDependencies) {
  const { contracts, identity, operators } = dependencies;
  const unusedUploads = createUnusedUploads({
    ...dependencies,
    references: [contracts.references.file, identity.references.file],
  });
  const sources = endingSources({ ...dependencies, unusedUploads });
  return {
    retention: createSweep({ ...dependencies, sources }),
    ...createForget({ ...dependencies, audit: operators.audit, eraseUploads: unusedUploads.eraseNamed }),
  };
}
