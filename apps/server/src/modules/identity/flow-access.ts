/** Who may do what with a flow number: each refusal has a code of its own, so that the caller learns what to mend. */
import { ApiError } from '@signet/protocol/errors';
import { isExpired, type Verification } from './verification.ts';

export interface FlowReference {
  /** A call with this continues that flow; without it a new one is made. */
  readonly verificationId?: string | undefined;
  readonly businessCode?: string | undefined;
}

/** The flow if it is this app's, whatever its age. */
export function requireOwn(verification: Verification | undefined, appId: string): Verification {
  if (!verification) throw new ApiError('FLOW_NOT_FOUND');
  if (verification.appId !== appId) throw new ApiError('FLOW_OF_ANOTHER_APP', { verificationId: verification.id });
  return verification;
}

/** The flow if it may still collect checks or become a user. */
export function requireOpen(verification: Verification | undefined, appId: string, now: Date): Verification {
  const own = requireOwn(verification, appId);
  if (own.usedAt) throw new ApiError('FLOW_USED', { verificationId: own.id });
  return requireAlive(own, now);
}

/** Being used up ends a flow as the source of a user, not as the proof of who its person is: it may still name an agent. */
export function requireAlive(verification: Verification, now: Date): Verification {
  if (isExpired(verification, now)) throw new ApiError('FLOW_EXPIRED', { verificationId: verification.id });
  return verification;
}

export function requireKind<Kind extends Verification['kind']>(
  verification: Verification,
  kind: Kind,
): Extract<Verification, { kind: Kind }> {
  if (verification.kind !== kind) throw new ApiError('FLOW_OF_ANOTHER_KIND', { verificationId: verification.id });
  return verification as Extract<Verification, { kind: Kind }>;
}
