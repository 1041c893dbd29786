import { describe, expect, it } from 'vitest';
import {
  type Ceremony,
  type CeremonyCommand,
  type CeremonyFacts,
  type CeremonyStep,
  STEPS,
  standingOf,
  timelinessOf,
} from './ceremony.ts';

const now = new Date('2026-11-24T10:00:00+08:00');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

const OPENED: Ceremony = {
  ...{ partyId: 'p', appId: 'a', contractId: 'c', openedAt: minutes(-60), handwritings: 0 },
  ...{ identifiedAt: null, consentedAt: null, consentVersion: null, chosenSealId: null },
  ...{ intentCodeId: null, intentPassedAt: null, intentUsedAt: null },
};
const CONSENTED: Ceremony = { ...OPENED, consentedAt: minutes(-50), consentVersion: '1' };
const CHOSEN: Ceremony = { ...CONSENTED, chosenSealId: 100_000_000 };

const FACTS: CeremonyFacts = {
  contract: { status: 'signing', signDeadlineAt: minutes(600) },
  party: { status: 'signing', signDeadlineAt: null },
  ceremony: undefined,
  checkBeforeReading: false,
  hideUntilTurn: false,
};

type Change = Partial<CeremonyFacts>;

const stepOf = (change: Change): CeremonyStep => standingOf({ ...FACTS, ...change }, now).step;
const party = (status: CeremonyFacts['party']['status'], signDeadlineAt: Date | null = null): Change => ({
  party: { status, signDeadlineAt },
});

describe('the next step of a party', () => {
  it.each<[string, Change, CeremonyStep]>([
    ['a page that nobody has opened', {}, 'consent'],
    ['the first look', { ceremony: OPENED }, 'consent'],
    ['after the consent', { ceremony: CONSENTED }, 'place'],
    ['after the choice', { ceremony: CHOSEN }, 'intent'],
    ['after the check', { ceremony: { ...CHOSEN, intentPassedAt: minutes(0) } }, 'confirm'],
    ['after the check without a choice', { ceremony: { ...CONSENTED, intentPassedAt: minutes(0) } }, 'confirm'],
    ['just before the check ends', { ceremony: { ...CHOSEN, intentPassedAt: minutes(-9.99) } }, 'confirm'],
    ['when the check has ended', { ceremony: { ...CHOSEN, intentPassedAt: minutes(-10) } }, 'intent'],
    [
      'when the check was used for a signature',
      { ceremony: { ...CHOSEN, intentPassedAt: minutes(-1), intentUsedAt: minutes(-1) } },
      'intent',
    ],
    ['before its turn', party('waiting'), 'wait'],
    ['while its signature is owed', party('sealing'), 'sealing'],
    ['owed past the deadline', { ...party('sealing', minutes(-1)), ceremony: CHOSEN }, 'sealing'],
    ['a check before reading, on its turn', { checkBeforeReading: true, ceremony: CONSENTED }, 'identify'],
    ['a check before reading, before its turn', { checkBeforeReading: true, ...party('waiting') }, 'identify'],
    [
      'checked before reading',
      { checkBeforeReading: true, ceremony: { ...OPENED, identifiedAt: minutes(-55) } },
      'consent',
    ],
    ['a check that the app does not want', { ceremony: { ...OPENED, identifiedAt: minutes(-55) } }, 'consent'],
  ])('%s', (_, change, step) => {
    expect(stepOf(change)).toBe(step);
  });
});

describe('the outcome for a party', () => {
  const over = { status: 'signing', signDeadlineAt: minutes(0) } as const;

  it.each<[string, Change, string]>([
    ['it has signed', party('signed'), 'signed'],
    ['it has signed and the contract ran out since', { ...party('signed'), contract: over }, 'signed'],
    ['it has declined', party('declined'), 'declined'],
    ['it ran out', party('expired'), 'expired'],
    ['another one has declined', { ...party('withdrawn'), contract: { ...over, status: 'declined' } }, 'declined'],
    ['the initiator took it back', { ...party('withdrawn'), contract: { ...over, status: 'withdrawn' } }, 'withdrawn'],
    ['the contract is overdue and nobody has closed it yet', { contract: over, ceremony: CHOSEN }, 'expired'],
    ['the contract is overdue before its turn', { contract: over, ...party('waiting') }, 'expired'],
    ['its own deadline has passed', party('signing', minutes(0)), 'expired'],
    ['overdue although the app wants a check', { contract: over, checkBeforeReading: true }, 'expired'],
  ])('%s', (_, change, outcome) => {
    expect(standingOf({ ...FACTS, ...change }, now)).toMatchObject({ step: 'closed', outcome });
  });

  it('is not told before there is one', () => {
    expect(standingOf({ ...FACTS, ...party('signing', minutes(1)) }, now).outcome).toBeNull();
  });
});

describe('whether a party may read', () => {
  const checked = { ...CHOSEN, identifiedAt: minutes(-55) };

  it.each<[string, Change, boolean]>([
    ['on its turn', {}, true],
    ['before its turn', party('waiting'), true],
    ['before its turn, hidden', { ...party('waiting'), hideUntilTurn: true }, false],
    ['on its turn, hidden before', { hideUntilTurn: true }, true],
    ['while its signature is owed', party('sealing'), true],
    ['having signed', party('signed'), true],
    ['having declined', party('declined'), false],
    ['of a contract that was taken back', party('withdrawn'), false],
    ['too late', party('signing', minutes(0)), false],
    ['not checked yet', { checkBeforeReading: true, ceremony: CHOSEN }, false],
    ['checked', { checkBeforeReading: true, ceremony: checked }, true],
    ['checked, before its turn', { checkBeforeReading: true, ceremony: checked, ...party('waiting') }, true],
    ['having signed elsewhere without the check', { checkBeforeReading: true, ...party('signed') }, false],
  ])('%s', (_, change, mayRead) => {
    expect(standingOf({ ...FACTS, ...change }, now).mayRead).toBe(mayRead);
  });
});

describe('a command of the page', () => {
  it.each<[CeremonyCommand, readonly CeremonyStep[]]>([
    ['send-identify-code', ['identify']],
    ['identify', ['identify']],
    ['consent', ['consent']],
    ['choose-seal', ['place', 'intent']],
    ['send-intent-code', ['place', 'intent']],
    ['pass-intent', ['place', 'intent', 'confirm']],
    ['confirm', ['confirm']],
    ['decline', ['consent', 'place', 'intent', 'confirm']],
  ])('%s does something in %j', (command, steps) => {
    expect(STEPS.filter((step) => timelinessOf(command, step) === 'timely')).toEqual(steps);
  });

  it.each<[CeremonyCommand, CeremonyStep, string]>([
    ['pass-intent', 'consent', 'early'],
    ['choose-seal', 'wait', 'early'],
    ['decline', 'identify', 'early'],
    ['consent', 'place', 'late'],
    ['choose-seal', 'confirm', 'late'],
    ['pass-intent', 'sealing', 'late'],
    ['decline', 'closed', 'late'],
  ])('%s in step %s is %s', (command, step, timeliness) => {
    expect(timelinessOf(command, step)).toBe(timeliness);
  });
});
