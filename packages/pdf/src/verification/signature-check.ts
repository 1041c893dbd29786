/** One signature: its mathematics, chain and timestamp, and what it claims. */
import { PkiError, parseCertificate, type SignatureVerification, verifyDetached } from '@signet/pki';
import { isString, type PdfDict } from '../syntax/objects.ts';
import { decodeDate, decodeTextString } from '../syntax/text-string.ts';
import type { CoverageFinding } from './coverage.ts';
import type { Problem } from './problem.ts';
import type { SignatureReport } from './report.ts';
import type { SignatureField } from './signature-fields.ts';

export interface TrustOptions {
  readonly trustAnchors: readonly Uint8Array[];
  /** When the certificates must be valid; by default the time of the timestamp. */
  readonly at?: Date;
}

/** Everything but what the revisions tell. */
export type SignatureFinding = Omit<SignatureReport, 'coversWholeDocument' | 'modifiedAfter'>;

export async function checkSignature(
  field: SignatureField,
  finding: CoverageFinding,
  digest: Uint8Array | undefined,
  trust: TrustOptions,
): Promise<SignatureFinding> {
  const problems: Problem[] = [...finding.problems];
  const cms = digest && finding.cms ? await verified(finding.cms, digest, trust, problems) : undefined;
  if (finding.coverage && !digest)
    problems.push({ code: 'BYTE_RANGE_INVALID', detail: 'the signed ranges are too long to hash' });
  return {
    fieldName: field.fieldName,
    ...(field.own ? { partyId: field.own.id } : {}),
    valid: problems.length === 0 && cms?.valid === true,
    problems,
    ...(cms ? certificateFindings(cms) : {}),
    level: cms?.timestamp ? 'B-T' : 'B-B',
    ...claims(field.dict),
    revision: field.revision,
    coversRevision: finding.coversRevision,
  };
}

async function verified(
  cms: Uint8Array,
  digest: Uint8Array,
  trust: TrustOptions,
  problems: Problem[],
): Promise<SignatureVerification | undefined> {
  try {
    const verification = await verifyDetached(cms, digest, trust);
    problems.push(...verification.problems);
    return verification;
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    problems.push({ code: 'CMS_UNREADABLE', detail: error.message });
    return undefined;
  }
}

function certificateFindings({ certificate, chain, scheme, timestamp }: SignatureVerification) {
  return {
    signer: parseCertificate(certificate).subject.text,
    certificate,
    chain,
    ...(scheme ? { scheme } : {}),
    ...(timestamp ? { timestamp: { time: timestamp.time, valid: timestamp.valid } } : {}),
  };
}

function claims({ entries }: PdfDict): Pick<SignatureReport, 'signedAt' | 'claimedName' | 'reason'> {
  const signedAt = entries.get('M');
  const claimedName = entries.get('Name');
  const reason = entries.get('Reason');
  const at = isString(signedAt) ? decodeDate(signedAt) : undefined;
  return {
    ...(at ? { signedAt: at } : {}),
    ...(isString(claimedName) ? { claimedName: decodeTextString(claimedName) } : {}),
    ...(isString(reason) ? { reason: decodeTextString(reason) } : {}),
  };
}
