export { ForgetRefused } from './forget.ts';
export type { ForgetRequest, ForgetScene } from './forget-scene.ts';
export { type AdjustedPeriods, KEPT_FOR_GOOD, RETENTION_RULES, type RetentionKind } from './rules.ts';
export { createPrivacy, type Privacy, SWEEP_TASK } from './service.ts';
export type { KindCount, RuleInForce } from './sweep.ts';
