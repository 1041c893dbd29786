/** 意愿认证 on the page: an SMS code shows that this person means to sign, now; its pass counts for one signature. */
import { ApiError } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import type { ConfirmingParty, PartyJob, PartyStatus, Will } from '../contracts/index.ts';
import type { IssuedCode } from '../messaging/index.ts';
import { standingOf } from './ceremony.ts';
import {
  command,
  type LockedScene,
  maskedPhone,
  note,
  type Signatory,
  sceneOf,
  signatoryOf,
  type Visit,
} from './ceremony-scene.ts';
import { mustHaveSeal } from './ceremony-seals.ts';
import { isStatusConflict } from './ceremony-steps.ts';
import * as store from './ceremony-store.ts';
import type { SigningDependencies } from './dependencies.ts';

export type CodePurpose = 'identify' | 'intent';

export interface SentSigningCode {
  readonly phone: string;
  readonly issued: IssuedCode;
}

/** A wrong code is no error: it has cost a try, which must be kept. */
export type JudgedCode = { readonly passed: true } | { readonly passed: false; readonly remainingAttempts: number };

const PASSED: JudgedCode = { passed: true };

/** Makes the signature that a confirmed will is owed. */
export type SealNow = (job: PartyJob) => Promise<PartyStatus>;

/** Sends the code that the present step asks for. @throws ApiError SMS_TOO_SOON, SMS_DAILY_LIMIT, or when it is not its time. */
export async function sendCode(
  means: SigningDependencies,
  visit: Visit,
  purpose: CodePurpose,
): Promise<SentSigningCode> {
  const sent = await command(means, visit, `send-${purpose}-code`, async (tx, scene) => {
    if (purpose === 'intent') await refuseWithoutSeal(means, tx, scene);
    const { phone } = scene.signatory;
    const issued = await means.messaging.issueCode(tx, visit.app, targetOf(scene, purpose));
    if (purpose === 'intent') await store.save(tx, { ...scene.ceremony, intentCodeId: issued.codeId });
    const content = { purpose, phone: maskedPhone(scene.signatory), codeId: issued.codeId };
    await note(means, tx, scene, { kind: 'code-sent', content });
    return { phone, issued };
  });
  if (!sent) throw new ApiError('CEREMONY_STEP_CONFLICT', { purpose });
  return sent;
}

/** Better now than after the code. */
async function refuseWithoutSeal(means: SigningDependencies, tx: Tx, scene: LockedScene): Promise<void> {
  const { party, ceremony, signatory } = scene;
  const placements = await means.contracts.placesOf(tx, party);
  await mustHaveSeal(means, tx, { placements, ceremony, user: signatory.user });
}

function targetOf({ party, signatory }: LockedScene, purpose: CodePurpose) {
  const smsPurpose = purpose === 'intent' ? 'signing' : 'identify';
  return { purpose: smsPurpose, subject: party.id, phone: signatory.phone } as const;
}

/** The check before the document is shown, where the app wants one. */
export async function identify(means: SigningDependencies, visit: Visit, code: string): Promise<JudgedCode> {
  const judged = await command(means, visit, 'identify', async (tx, scene): Promise<JudgedCode> => {
    const guess = await means.messaging.verifyCode(tx, visit.app, { ...targetOf(scene, 'identify'), code });
    if (guess.outcome !== 'passed') return { passed: false, remainingAttempts: guess.remainingAttempts };
    await store.save(tx, { ...scene.ceremony, identifiedAt: means.clock.now() });
    await note(means, tx, scene, { kind: 'identified', content: { phone: maskedPhone(scene.signatory) } });
    return PASSED;
  });
  return judged ?? PASSED;
}

/** The guess has its own transaction, so that a wrong one stays spent and a right one survives whatever comes after. */
export async function passIntent(means: SigningDependencies, visit: Visit, code: string): Promise<JudgedCode> {
  const judged = await command(means, visit, 'pass-intent', async (tx, scene): Promise<JudgedCode> => {
    // A double tap: the first one has passed.
    if (scene.standing.step === 'confirm') return PASSED;
    const { ceremony, signatory } = scene;
    const guess = await means.messaging.verifyCode(tx, visit.app, {
      ...targetOf(scene, 'intent'),
      code,
      ...(ceremony.intentCodeId === null ? {} : { codeId: ceremony.intentCodeId }),
    });
    if (guess.outcome !== 'passed') return { passed: false, remainingAttempts: guess.remainingAttempts };
    await store.save(tx, { ...ceremony, intentPassedAt: means.clock.now() });
    const content = { phone: maskedPhone(signatory), codeId: ceremony.intentCodeId };
    await note(means, tx, scene, { kind: 'intent-passed', content });
    return PASSED;
  });
  return judged ?? PASSED;
}

/** Records the will that the passed check stands for, then has the signature made; without effect when that is done already. */
export async function confirmOnPage(means: SigningDependencies, visit: Visit, sealNow: SealNow): Promise<void> {
  const isTime = await command(means, visit, 'confirm', async () => true);
  const job = isTime ? await confirmWill(means, visit) : await owedJob(means, visit);
  if (!job) return;
  await sealNow(job).catch((refusal: unknown) => {
    // The platform owes the signature and goes on trying, or the contract has ended: both are told by the state.
    const isPending = refusal instanceof ApiError && refusal.error === 'SEALING_PENDING';
    if (!isPending && !isStatusConflict(refusal)) throw refusal;
  });
}

async function confirmWill(means: SigningDependencies, visit: Visit): Promise<PartyJob | undefined> {
  const { app, contractId, accountId } = visit;
  const signatory = await signatoryOf(means, await sceneOf(means, means.database.db, visit));
  const permission = (tx: Tx, found: ConfirmingParty) => intendedWill(means, tx, { visit, found, signatory });
  return means.contracts.confirm(app.id, { contractId }, accountId, permission).catch((refusal: unknown) => {
    // Another tab was faster by a moment.
    if (!isStatusConflict(refusal)) throw refusal;
    return owedJob(means, visit);
  });
}

/** The signature of this party if it is owed and not there yet. */
async function owedJob(means: SigningDependencies, visit: Visit): Promise<PartyJob | undefined> {
  const { contract, party } = await sceneOf(means, means.database.db, visit);
  if (party.status !== 'sealing') return undefined;
  return { appId: contract.appId, contractId: contract.id, partyId: party.id, accountId: party.accountId };
}

interface Confirmation {
  readonly visit: Visit;
  readonly found: ConfirmingParty;
  readonly signatory: Signatory;
}

/** Decided with contract and ceremony locked; uses the passed check up. */
async function intendedWill(means: SigningDependencies, tx: Tx, confirmation: Confirmation): Promise<Will> {
  const { visit, found, signatory } = confirmation;
  const { clock } = means;
  const ceremony = await store.lock(tx, { appId: visit.app.id, partyId: found.party.id });
  // A party that may confirm has its turn, so nothing is hidden from it.
  const facts = { ...found, ceremony, checkBeforeReading: visit.app.checkBeforeReading, hideUntilTurn: false };
  const { step } = standingOf(facts, clock.now());
  if (!ceremony || step !== 'confirm') throw new ApiError('INTENT_NOT_CONFIRMED', { step });

  const sealId = await mustHaveSeal(means, tx, { ...found, ceremony, user: signatory.user });
  await store.save(tx, { ...ceremony, intentUsedAt: clock.now() });
  const { consentVersion, intentCodeId: codeId } = ceremony;
  return { mode: 'CODE_SMS', sealId, detail: { consentVersion, phone: maskedPhone(signatory), codeId, sealId } };
}
