/** Verifies a document that our parties signed (ETSI EN 319 142-1; ISO 32000-2 §12.8). */
import { PdfError } from '../errors.ts';
import { PdfFile } from '../syntax/file.ts';
import type { PdfLimits } from '../syntax/limits.ts';
import { highestNumber } from '../syntax/references.ts';
import { readCoverage } from './coverage.ts';
import { signedDigests } from './digests.ts';
import { readLaidOut } from './laid-out.ts';
import type { Problem } from './problem.ts';
import type { Modification, SignatureReport, VerificationReport } from './report.ts';
import { checkRevision, type RevisionFinding } from './revision-check.ts';
import { checkSignature, type SignatureFinding, type TrustOptions } from './signature-check.ts';
import { type SignatureField, signatureFields } from './signature-fields.ts';

/** Each costs milliseconds, whoever made it. */
const MAX_SIGNATURES = 1000;
/** After so many forbidden revisions the verdict is clear, and describing more would only cost time. */
const MAX_FORBIDDEN_REVISIONS = 16;

export interface DocumentVerificationOptions extends TrustOptions {
  /** Parties that must have signed. */
  readonly expectedParties?: readonly string[];
  readonly limits?: Partial<PdfLimits>;
}

/** Says whether the document is as its parties signed it and if not, what was done to it; never throws for what the file holds. */
export async function verifyDocument(
  bytes: Uint8Array,
  options: DocumentVerificationOptions,
): Promise<VerificationReport> {
  try {
    return await verify(PdfFile.open(bytes, options.limits), options);
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    return {
      valid: false,
      problems: [{ code: 'UNREADABLE', detail: `${error.code}: ${error.message}` }],
      signatures: [],
    };
  }
}

async function verify(file: PdfFile, options: DocumentVerificationOptions): Promise<VerificationReport> {
  const fields = signatureFields(file);
  if (fields.length > MAX_SIGNATURES) throw new PdfError('TOO_LARGE', `${fields.length} signatures`);
  const signatures = await checkSignatures(file, fields, options);
  const first = fields.find((field) => field.own);
  const { findings, problems } = first?.own
    ? checkHistory(file, first.revision, first.own.generation)
    : { findings: [], problems: [] };

  const all = [
    ...problems,
    ...signerProblems(signatures, findings),
    ...endProblems(file),
    ...partyProblems(signatures, options),
  ];
  const modifications = describeRevisions(file, findings);
  const reports = signatures.map((signature) => withHistory(file, signature, modifications));
  const own = reports.filter(({ partyId }) => partyId !== undefined);
  return {
    valid: all.length === 0 && own.length > 0 && own.every(({ valid }) => valid),
    problems: all,
    signatures: reports,
  };
}

async function checkSignatures(
  file: PdfFile,
  fields: readonly SignatureField[],
  options: TrustOptions,
): Promise<SignatureFinding[]> {
  const coverages = fields.map((field) => readCoverage(file, field));
  const digests = signedDigests(
    file.bytes,
    coverages.flatMap(({ coverage }) => (coverage ? [coverage] : [])),
  );
  const findings: SignatureFinding[] = [];
  for (const [index, finding] of coverages.entries()) {
    const field = fields[index];
    const digest = finding.coverage && digests.get(finding.coverage);
    if (field) findings.push(await checkSignature(field, finding, digest, options));
  }
  return findings;
}

interface History {
  readonly findings: readonly RevisionFinding[];
  readonly problems: readonly Problem[];
}

/** Every revision from the first signature of ours on, against the layout that it found. */
function checkHistory(file: PdfFile, first: number, generation: number): History {
  if (first === 0)
    return {
      findings: [],
      problems: [{ code: 'REVISION_STRUCTURE', detail: 'the first revision is already signed', revision: 0 }],
    };
  const laidOut = readLaidOut(file, first - 1, generation);
  const history = { file, laidOut, signedFields: new Set<number>(), highestNumber: highestNumber(file, first - 1) };
  const findings: RevisionFinding[] = [];
  for (let revision = first; revision <= file.last; revision++) {
    findings.push(checkRevision(history, revision));
    if (findings.filter(({ problems }) => problems.length > 0).length === MAX_FORBIDDEN_REVISIONS) break;
  }
  return { findings, problems: [...laidOut.problems, ...findings.flatMap((finding) => finding.problems)] };
}

/** A signature dictionary counts for the party whose laid-out field received it in that very revision. */
function signerProblems(signatures: readonly SignatureFinding[], findings: readonly RevisionFinding[]): Problem[] {
  const signedIn = new Map(findings.map(({ revision, signed }) => [revision, signed?.fieldName]));
  return signatures
    .filter(({ partyId, revision, fieldName }) => partyId !== undefined && signedIn.get(revision) !== fieldName)
    .map(({ fieldName, revision }) => ({
      code: 'FIELD_CHANGED',
      detail: `${fieldName} did not receive its signature in revision ${revision}`,
      revision,
    }));
}

function endProblems(file: PdfFile): Problem[] {
  const end = file.revisions[file.last]?.end?.end;
  if (end === undefined)
    return [{ code: 'REVISION_STRUCTURE', detail: 'the last revision has no end', revision: file.last }];
  const extra = file.bytes.length - end;
  return extra > 0 ? [{ code: 'EXTRA_BYTES', detail: `${extra} bytes after the end of the document` }] : [];
}

function partyProblems(
  signatures: readonly SignatureFinding[],
  { expectedParties = [] }: DocumentVerificationOptions,
): Problem[] {
  const signed = new Set(signatures.flatMap(({ partyId }) => (partyId === undefined ? [] : [partyId])));
  if (signed.size === 0) return [{ code: 'NO_PARTY_SIGNATURE', detail: 'no party has signed this document' }];
  return expectedParties
    .filter((partyId) => !signed.has(partyId))
    .map((partyId) => ({ code: 'PARTY_MISSING', detail: `party ${partyId} has not signed` }));
}

function withHistory(
  file: PdfFile,
  signature: SignatureFinding,
  modifications: readonly Modification[],
): SignatureReport {
  return {
    ...signature,
    coversWholeDocument: signature.coversRevision && signature.revision === file.last && endProblems(file).length === 0,
    modifiedAfter: modifications.slice(signature.revision + 1),
  };
}

/** What each revision did, by its number. */
function describeRevisions(file: PdfFile, findings: readonly RevisionFinding[]): Modification[] {
  const known = new Map(findings.map((finding) => [finding.revision, finding]));
  return file.revisions.map((_, revision) => {
    const finding = known.get(revision);
    if (!finding) return { revision, allowed: false, detail: 'an update outside the signing of our parties' };
    const [problem] = finding.problems;
    if (problem) return { revision, allowed: false, detail: problem.detail };
    const { signed } = finding;
    return { revision, allowed: true, detail: signed ? `party ${signed.partyId} signed` : 'validation data was added' };
  });
}
