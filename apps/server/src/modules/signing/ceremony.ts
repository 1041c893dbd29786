/** 签署流程: what one party has to do next on its page. The page only shows what is decided here, so that a reload resumes. */
import type { Contract, Party } from '../contracts/index.ts';

/** In the order in which a party comes to them. */
export const STEPS = ['identify', 'wait', 'consent', 'place', 'intent', 'confirm', 'sealing', 'closed'] as const;

export type CeremonyStep = (typeof STEPS)[number];

/** How it ended for this party. */
export type CeremonyOutcome = 'signed' | 'declined' | 'withdrawn' | 'expired';

/** How far one party has come on its page. */
export interface Ceremony {
  readonly partyId: string;
  readonly appId: string;
  readonly contractId: string;
  readonly openedAt: Date;
  readonly identifiedAt: Date | null;
  readonly consentedAt: Date | null;
  readonly consentVersion: string | null;
  readonly chosenSealId: number | null;
  readonly handwritings: number;
  readonly intentCodeId: string | null;
  readonly intentPassedAt: Date | null;
  readonly intentUsedAt: Date | null;
}

export interface CeremonyFacts {
  readonly contract: Pick<Contract, 'status' | 'signDeadlineAt'>;
  readonly party: Pick<Party, 'status' | 'signDeadlineAt'>;
  /** Undefined before the page was opened for the first time. */
  readonly ceremony: Ceremony | undefined;
  /** The app wants the party checked before it sees a document. */
  readonly checkBeforeReading: boolean;
  /** The initiator hides the documents from a party whose turn has not come. */
  readonly hideUntilTurn: boolean;
}

export interface Standing {
  readonly step: CeremonyStep;
  /** Only in step `closed`. */
  readonly outcome: CeremonyOutcome | null;
  /** The documents may be shown. */
  readonly mayRead: boolean;
}

/** How long a passed intent check counts. */
export const INTENT_MS = 10 * 60_000;

/** Drawn or typed signatures of one party for one contract. */
export const MAX_HANDWRITINGS = 50;

export function standingOf(facts: CeremonyFacts, now: Date): Standing {
  const outcome = outcomeOf(facts, now);
  const step = outcome === null ? nextStep(facts, now) : 'closed';
  return { step, outcome, mayRead: mayRead(facts, step, outcome) };
}

/** A party that has confirmed its will gets its signature, whatever the deadline says. */
function outcomeOf({ contract, party }: CeremonyFacts, now: Date): CeremonyOutcome | null {
  switch (party.status) {
    case 'signed':
    case 'declined':
    case 'expired':
      return party.status;
    case 'withdrawn':
      return contract.status === 'declined' ? 'declined' : 'withdrawn';
    case 'sealing':
      return null;
    default:
      return isOver(contract, now) || isOver(party, now) ? 'expired' : null;
  }
}

function isOver({ signDeadlineAt }: Pick<Party, 'signDeadlineAt'>, now: Date): boolean {
  return signDeadlineAt !== null && signDeadlineAt <= now;
}

function nextStep({ party, ceremony, checkBeforeReading }: CeremonyFacts, now: Date): CeremonyStep {
  if (party.status === 'sealing') return 'sealing';
  if (checkBeforeReading && !ceremony?.identifiedAt) return 'identify';
  if (party.status === 'waiting') return 'wait';
  if (!ceremony?.consentedAt) return 'consent';
  if (hasPassedIntent(ceremony, now)) return 'confirm';
  return ceremony.chosenSealId === null ? 'place' : 'intent';
}

/** A passed check counts for some minutes and for one signature. */
function hasPassedIntent({ intentPassedAt, intentUsedAt }: Ceremony, now: Date): boolean {
  return intentPassedAt !== null && intentUsedAt === null && now.getTime() - intentPassedAt.getTime() < INTENT_MS;
}

function mayRead(facts: CeremonyFacts, step: CeremonyStep, outcome: CeremonyOutcome | null): boolean {
  if (facts.checkBeforeReading && !facts.ceremony?.identifiedAt) return false;
  if (step === 'wait') return !facts.hideUntilTurn;
  return step !== 'closed' || outcome === 'signed';
}

export type CeremonyCommand =
  | 'send-identify-code'
  | 'identify'
  | 'consent'
  | 'choose-seal'
  | 'send-intent-code'
  | 'pass-intent'
  | 'confirm'
  | 'decline';

/** From which step a command does something, and up to which. The default seal needs no choice, so intent may follow `place`. */
const TAKEN_IN: Readonly<Record<CeremonyCommand, readonly [CeremonyStep, CeremonyStep]>> = {
  'send-identify-code': ['identify', 'identify'],
  identify: ['identify', 'identify'],
  consent: ['consent', 'consent'],
  'choose-seal': ['place', 'intent'],
  'send-intent-code': ['place', 'intent'],
  'pass-intent': ['place', 'confirm'],
  confirm: ['confirm', 'confirm'],
  decline: ['consent', 'confirm'],
};

/** `early`: something comes first. `late`: it is done already, or the party can do nothing any more (double tap, second tab). */
export type Timeliness = 'early' | 'timely' | 'late';

export function timelinessOf(command: CeremonyCommand, step: CeremonyStep): Timeliness {
  const [from, until] = TAKEN_IN[command].map((each) => STEPS.indexOf(each)) as [number, number];
  const at = STEPS.indexOf(step);
  if (at < from) return 'early';
  return at > until ? 'late' : 'timely';
}
