export { canonicalJson, type EvidenceSubject } from './chain.ts';
export { type Checkpoints, createCheckpoints } from './checkpoints.ts';
export type { CheckpointSigner } from './ports.ts';
export { EVIDENCE_SEALED_COLUMNS } from './sealed-columns.ts';
export { createEvidence, type Evidence, type EvidenceChain, type NewEvidence, type ReadableEntry } from './service.ts';
export { type EvidenceProblem, type EvidenceVerification, verifyEvidence } from './verify.ts';
