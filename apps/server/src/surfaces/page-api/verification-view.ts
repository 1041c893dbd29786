/** The parts that the pages of 实名认证 share, as they are told to a browser. */
import type { PersonPart, Redirect, VerificationResult } from '@signet/protocol/page-api';
import type { PageView } from '../../modules/identity/index.ts';
import { type PageTicket, returnAddress } from '../../modules/tickets/index.ts';

export function toPersonPart({ person, canReadPictures }: PageView): PersonPart {
  return { ...person, canReadPictures };
}

export function toResult({ page, end }: PageView): VerificationResult | null {
  return end ? { ...end, verificationId: page.verificationId } : null;
}

export function toRedirect({ page, end }: PageView, ticket: PageTicket): Redirect | null {
  if (!end) return null;
  const { businessCode = null, verificationId: flowNo } = page;
  return returnAddress(ticket, { businessCode, flowNo, status: end.status });
}
