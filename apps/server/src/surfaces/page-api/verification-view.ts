/** The parts that the pages of 实名认证 share, as they are told to a browser. */
import {
  type PersonPart,
  type PictureSetting,
  pictureConsentVersion,
  type Redirect,
  type VerificationResult,
} from '@signet/protocol/page-api';
import type { PageView } from '../../modules/identity/index.ts';
import { type PageTicket, returnAddress } from '../../modules/tickets/index.ts';

export function toPersonPart(view: PageView): PersonPart {
  return { ...view.person, pictures: toPictureSetting(view) };
}

export function toPictureSetting({ pictureReader, pictureConsentVersion: given }: PageView): PictureSetting {
  if (pictureReader === 'none') return { reader: null, agreed: false };
  return { reader: pictureReader, agreed: given === pictureConsentVersion(pictureReader) };
}

export function toResult({ page, end }: PageView): VerificationResult | null {
  return end ? { ...end, verificationId: page.verificationId } : null;
}

/** Also while others are at work: a payout or a letter takes longer than anybody stays. */
export function toRedirect({ page, end, company }: PageView, ticket: PageTicket): Redirect | null {
  const isWaiting = company?.step === 'amount' || company?.step === 'auditing';
  const status = end?.status ?? (isWaiting ? 'processing' : undefined);
  if (status === undefined) return null;
  const { businessCode = null, verificationId: flowNo } = page;
  return returnAddress(ticket, { businessCode, flowNo, status });
}
