/** One party's signature on one file (PAdES B-T): everything here happens outside any transaction. */
import { createHash } from 'node:crypto';
import { completeSignature, type DocumentLayout, digestOf, prepareSignature } from '@signet/pdf';
import { addSignatureTimestamp, readTimestampToken, signDetached, timestampSubject } from '@signet/pki';
import type { Clock } from '../../kernel/clock.ts';
import type { Certificates, PartyIdentity } from '../certificates/index.ts';
import type { ClaimedFile, SignedFile } from '../contracts/index.ts';
import { type FileStorage, newStorageKey } from '../files/index.ts';
import type { Pictures } from './appearance.ts';
import type { DocumentVerifier } from './ports.ts';

/** Room for a signature with its chain and timestamp: RSA-3072 all the way needs a little over 7 kB. */
const CONTENTS_BYTES = 10_240;

/** The stored file is not what we last wrote, our own signature does not verify, or it took too long: nothing is recorded. */
export class SealingError extends Error {
  override readonly name = 'SealingError';
  readonly code: 'STORED_FILE_CHANGED' | 'NOT_LAID_OUT' | 'VERIFICATION_FAILED' | 'TOO_SLOW';

  constructor(code: SealingError['code'], detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
  }
}

export interface FileSigningMeans {
  readonly storage: FileStorage;
  readonly certificates: Certificates;
  readonly verifier: DocumentVerifier;
  readonly clock: Clock;
}

export interface FileSigningRequest {
  readonly claimed: ClaimedFile;
  readonly partyId: string;
  readonly identity: PartyIdentity;
  readonly pictures: Pictures;
  readonly signerName: string;
  readonly reason: string;
}

export async function signFile(means: FileSigningMeans, request: FileSigningRequest): Promise<SignedFile> {
  const { storage, clock } = means;
  const { file, revisions } = request.claimed;
  const newest = revisions.at(-1);
  if (!file.layout || !newest) throw new SealingError('NOT_LAID_OUT', file.fileCode);

  const prefix = await readPrefix(storage, request.claimed);
  const signed = await signPrefix(means, request, file.layout, prefix);
  const whole = Buffer.concat([...prefix.segments, signed.increment]);
  const sha256 = prefix.hash.update(signed.increment).digest();
  await verifyOwn(means, request.partyId, whole);

  const now = clock.now();
  const storageKey = newStorageKey(now);
  await storage.put(storageKey, signed.increment);
  return {
    file: { ...file, layout: signed.layout },
    revision: {
      ...{ contractId: file.contractId, fileCode: file.fileCode, revision: newest.revision + 1, storageKey },
      ...{ totalSize: newest.totalSize + signed.increment.length, sha256, partyId: request.partyId },
      ...{ verifiedAt: now, createdAt: now },
    },
    certificateSerial: request.identity.serialNumber,
    timestampedAt: signed.timestampedAt,
  };
}

interface Prefix {
  /** The revisions' own bytes; put together only once, with the signature. */
  readonly segments: readonly Uint8Array[];
  /** Fed with the whole prefix. */
  readonly hash: ReturnType<typeof createHash>;
}

/** The file as it stands, compared with what we ourselves last wrote. */
async function readPrefix(storage: FileStorage, { file, revisions }: ClaimedFile): Promise<Prefix> {
  const segments = await Promise.all(revisions.map((each) => storage.read(each.storageKey)));
  const hash = createHash('sha256');
  for (const segment of segments) hash.update(segment);
  const expected = revisions.at(-1);
  if (!expected || Buffer.compare(hash.copy().digest(), expected.sha256) !== 0) {
    throw new SealingError('STORED_FILE_CHANGED', file.fileCode);
  }
  return { segments, hash };
}

async function signPrefix(
  { certificates, clock }: FileSigningMeans,
  { partyId, identity, pictures, signerName, reason }: FileSigningRequest,
  layout: DocumentLayout,
  { hash }: Prefix,
) {
  const signedAt = clock.now();
  const prepared = prepareSignature({
    ...{ layout, partyId, ...pictures, signedAt, signerName, reason },
    contentsBytes: CONTENTS_BYTES,
  });
  const { certificate, chain, key } = identity;
  const bare = await signDetached({ digest: digestOf(prepared, hash), certificate, chain, key });
  const token = await certificates.timestamp(timestampSubject(bare));
  const increment = completeSignature(prepared, addSignatureTimestamp(bare, token));
  return { increment, layout: prepared.layout, timestampedAt: readTimestampToken(token).time };
}

/** No file is recorded, let alone offered, that our own verifier does not accept. */
async function verifyOwn(
  { verifier, certificates }: FileSigningMeans,
  partyId: string,
  file: Uint8Array,
): Promise<void> {
  const report = await verifier.verify(file, { trustAnchors: certificates.trustAnchors() });
  const own = report.signatures.find((signature) => signature.partyId === partyId);
  if (report.valid && own?.valid) return;
  const problems = [...report.problems, ...report.signatures.flatMap((signature) => signature.problems)];
  throw new SealingError('VERIFICATION_FAILED', problems.map((problem) => problem.code).join(', ') || 'no signature');
}
