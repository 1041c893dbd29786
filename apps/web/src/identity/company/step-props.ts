import type { CompanyVerificationState } from '@signet/protocol/page-api';
import type { VerificationCalls } from '../use-verification.ts';

/** What a step of the company page is drawn from. */
export interface CompanyStepProps {
  readonly state: CompanyVerificationState;
  readonly calls: VerificationCalls;
}
