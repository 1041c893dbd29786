/** Pays the debt of a confirmed will: claims the contract, signs every file of the party, records all of it at once. */
import { setTimeout as pause } from 'node:timers/promises';
import { toShanghai } from '../../kernel/time.ts';
import type { ClaimedFile, PartyJob, PartyStatus, SealingClaim, SignedFile } from '../contracts/index.ts';
import { placeId } from '../contracts/index.ts';
import type { FileStorage } from '../files/index.ts';
import type { Seal } from '../seals/index.ts';
import { toDrawing } from '../seals/index.ts';
import type { User } from '../users/index.ts';
import type { DrawPlaces, Pictures, PlaceToFill } from './appearance.ts';
import type { SigningDependencies } from './dependencies.ts';
import { SealingError, signFile } from './sign-file.ts';

/** How long one caller lines up behind the other parties of a contract before it leaves the rest to the job. */
const MAX_WAIT_MS = 20_000;
const LONGEST_WORK_MS = 300_000;
const FIRST_PAUSE_MS = 15;
const LONGEST_PAUSE_MS = 250;

export const REASONS = { sandbox: '沙箱签署,无法律效力', production: '电子签署' } as const;

export interface SealingMeans extends SigningDependencies {
  readonly drawPlaces: DrawPlaces;
}

/** `signed` when the signature is there, by us or by another server; undefined when the line was too long. */
export async function sealParty(dependencies: SealingMeans, job: PartyJob): Promise<PartyStatus | undefined> {
  const { sealing } = dependencies.contracts;
  const deadline = performance.now() + MAX_WAIT_MS;
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    const claim = await sealing.claim(job);
    if (claim && 'settled' in claim) return claim.settled;
    if (claim && (await signUnderClaim(dependencies, claim))) return 'signed';
    if (performance.now() > deadline) return undefined;
    await pause(wait);
  }
}

/** False when the claim was lost or the contract has ended meanwhile. */
async function signUnderClaim(dependencies: SealingMeans, claim: SealingClaim): Promise<boolean> {
  const { storage, contracts } = dependencies;
  try {
    const signed = await contracts.sealing.whileClaimed(claim, () => signInTime(dependencies, claim));
    // A failure to record removes nothing: the connection may have broken after the commit.
    if (await contracts.sealing.record(claim, signed)) return true;
    await removeSegments(storage, signed);
    return false;
  } catch (error) {
    await contracts.sealing.fail(claim, error instanceof SealingError ? error.message : describe(error));
    throw error;
  }
}

/** A storage or a key that never answers must not hold the contract for ever. */
async function signInTime(dependencies: SealingMeans, claim: SealingClaim): Promise<SignedFile[]> {
  const { storage, longestWorkMs = LONGEST_WORK_MS } = dependencies;
  const work = signFiles(dependencies, claim);
  const timer = new AbortController();
  const tooSlow = pause(longestWorkMs, undefined, { signal: timer.signal }).then(() => {
    throw new SealingError('TOO_SLOW', claim.contract.id);
  });
  try {
    return await Promise.race([work, tooSlow]);
  } catch (error) {
    void work.then((late) => removeSegments(storage, late)).catch(() => undefined);
    throw error;
  } finally {
    timer.abort();
  }
}

async function signFiles(dependencies: SealingMeans, claim: SealingClaim): Promise<SignedFile[]> {
  const signed: SignedFile[] = [];
  try {
    for await (const file of eachSignedFile(dependencies, claim)) signed.push(file);
    return signed;
  } catch (error) {
    await removeSegments(dependencies.storage, signed);
    throw error;
  }
}

async function removeSegments(storage: FileStorage, files: readonly SignedFile[]): Promise<void> {
  await Promise.all(files.map(({ revision }) => storage.remove(revision.storageKey)));
}

async function* eachSignedFile(dependencies: SealingMeans, claim: SealingClaim): AsyncGenerator<SignedFile> {
  const { certificates, users, mode } = dependencies;
  const user = await users.get(claim.contract.appId, claim.party.userId);
  const { appId, kind, name, idDocumentType, idNumber } = user;
  const identity = await certificates.identityOf({ appId, userId: user.id, kind, name, idDocumentType, idNumber });
  const seals = await findSeals(dependencies, claim, user);
  for (const claimed of claim.files) {
    const pictures = picturesOf(dependencies, claimed, seals);
    const request = { claimed, partyId: claim.party.id, identity, pictures, signerName: name, reason: REASONS[mode] };
    yield await signFile(dependencies, request);
  }
}

type SealOf = (placement: ClaimedFile['placements'][number]) => Seal;

async function findSeals({ seals, database }: SigningDependencies, claim: SealingClaim, user: User): Promise<SealOf> {
  const fallback = claim.party.chosenSealId ?? user.defaultSealId;
  const ids = new Set(claim.files.flatMap(({ placements }) => placements.map((each) => each.sealId ?? fallback)));
  const found = new Map<number, Seal>();
  for (const id of ids) found.set(id, await seals.get(database.db, user.appId, id));
  return (placement) => {
    const seal = found.get(placement.sealId ?? fallback);
    if (!seal) throw new TypeError('the seal was looked up above');
    return seal;
  };
}

function picturesOf({ clock, drawPlaces }: SealingMeans, { placements }: ClaimedFile, sealOf: SealOf): Pictures {
  const today = toShanghai(clock.now()).slice(0, 10);
  const toFill = placements.flatMap((placement): PlaceToFill[] => {
    const seal = sealOf(placement);
    return placement.planned.map(({ rect, slice }, i) => ({
      placeId: placeId(placement, i),
      seal: () => toDrawing(seal.artwork),
      sealKey: String(seal.id),
      width: rect.width,
      height: rect.height,
      ...(slice ? { slice } : {}),
      dateText: placement.requested.dateFormat && !slice ? today : null,
    }));
  });
  return drawPlaces(toFill);
}

function describe(error: unknown): string {
  const { name, code } = error as { name?: string; code?: unknown };
  return [name ?? 'Error', typeof code === 'string' ? code : ''].filter(Boolean).join(' ');
}
