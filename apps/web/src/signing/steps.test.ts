import type { SigningFile, SigningPlace, SigningState } from '@signet/protocol/page-api';
import { describe, expect, it } from 'vitest';
import { awaitedNames, hasChoice, mayDecline, sealOf, shownParties, shownStep, stopsOf } from './steps.ts';

const place = (placeId: string, change: Partial<SigningPlace> = {}): SigningPlace => ({
  ...{ placeId, fileCode: 'a', page: 1, rect: { x: 0, y: 0, width: 57, height: 64 }, kind: 'seal', isSelf: true },
  ...{ partyName: '张三', isSigned: false, slice: null, hasDate: false, footerHeight: 7, fixedSealId: null },
  ...change,
});
const file = (fileCode: string): SigningFile => ({
  ...{ fileCode, name: fileCode, size: 1, revision: 1, isAttachment: false },
  pages: [{ width: 595, height: 842 }],
});
const seal = (sealId: string) => ({
  ...({ sealId, name: sealId, kind: 'name', imagePath: '/x.svg', widthMm: 20, heightMm: 20 } as const),
});
const state = (change: Partial<SigningState>): SigningState => ({
  ...{ sandbox: true, appName: 'app', embeddingOrigins: [], step: 'place', outcome: null, redirect: null },
  contract: {
    ...{ contractId: '1', name: '合同', status: 'signing', signDeadlineAt: '2026-12-01T00:00:00Z' },
    ...{ closedAt: null, closingReason: null },
  },
  self: { name: '张三', kind: 'person', phone: '', agentName: null, signedAt: null, declineReason: null },
  ...{ parties: [], files: [], places: [], seals: [], chosenSealId: null, mayDraw: true },
  ...change,
});

describe('the places to look at', () => {
  it('come file by file, page by page, from the top', () => {
    const rect = (y: number) => ({ x: 0, y, width: 57, height: 64 });
    const places = [
      place('b1', { fileCode: 'b' }),
      place('a2', { page: 2 }),
      place('a1 low', { rect: rect(10) }),
      place('a1 high', { rect: rect(700) }),
    ];

    const stops = stopsOf(places, [file('a'), file('b')]);

    expect(stops.map(({ placeIds }) => placeIds)).toEqual([['a1 high'], ['a1 low'], ['a2'], ['b1']]);
  });

  it('count the slices of a cross-page seal as one, those of each file apart', () => {
    const slice = (placeId: string, page: number, fileCode = 'a') =>
      place(placeId, { page, fileCode, kind: 'cross-page', slice: { from: 0, to: 0.5 } });
    const places = [
      slice('s1', 1),
      slice('s2', 2),
      slice('t1', 1, 'b'),
      slice('t2', 2, 'b'),
      place('own', { page: 2 }),
    ];

    const stops = stopsOf(places, [file('a'), file('b')]);

    expect(stops.map(({ placeIds }) => placeIds)).toEqual([['s1', 's2'], ['own'], ['t1', 't2']]);
  });

  it('leave out those of others', () => {
    expect(stopsOf([place('x', { isSelf: false })], [file('a')])).toEqual([]);
  });
});

describe('the step that is shown', () => {
  it.each([
    ['consent', false, 'consent'],
    ['place', false, 'place'],
    ['intent', false, 'place'],
    ['place', true, 'intent'],
    ['intent', true, 'intent'],
    ['confirm', true, 'confirm'],
    ['closed', true, 'closed'],
  ] as const)('for %s, code wanted: %s, is %s', (step, wantsCode, shown) => {
    expect(shownStep(state({ step }), wantsCode)).toBe(shown);
  });
});

describe('what stands in a place', () => {
  const seals = [seal('1'), seal('2')];

  it('is the chosen seal', () => {
    expect(sealOf(place('x'), state({ seals, chosenSealId: '2' }))?.sealId).toBe('2');
  });

  it('is the seal that the contract names, whatever was chosen', () => {
    expect(sealOf(place('x', { fixedSealId: '1' }), state({ seals, chosenSealId: '2' }))?.sealId).toBe('1');
  });

  it('is up to the party as soon as one place is', () => {
    const fixed = place('x', { fixedSealId: '1' });

    expect(hasChoice(state({ places: [fixed] }))).toBe(false);
    expect(hasChoice(state({ places: [fixed, place('y')] }))).toBe(true);
    expect(hasChoice(state({ places: [fixed, place('z', { isSelf: false })] }))).toBe(false);
  });
});

describe('the parties', () => {
  const parties = [
    { name: '张三', isSelf: true, status: 'signing', signedAt: null },
    { name: '林知遥', isSelf: false, status: 'signing', signedAt: null },
    { name: '周予安', isSelf: false, status: 'waiting', signedAt: null },
    { name: '沈岱青', isSelf: false, status: 'signed', signedAt: '2026-11-24T00:00:00Z' },
  ] as const;

  it('that are waited for are those whose turn it is', () => {
    expect(awaitedNames(state({ parties }))).toEqual(['林知遥']);
  });

  it('of an expired contract have expired unless they have signed', () => {
    const shown = shownParties(state({ parties, step: 'closed', outcome: 'expired' }));

    expect(shown.map(({ status }) => status)).toEqual(['expired', 'expired', 'expired', 'signed']);
  });
});

describe('refusing', () => {
  it.each([
    ['identify', false],
    ['wait', false],
    ['consent', true],
    ['place', true],
    ['intent', true],
    ['confirm', true],
    ['sealing', false],
    ['closed', false],
  ] as const)('in step %s is offered: %s', (step, offered) => {
    expect(mayDecline(state({ step }))).toBe(offered);
  });
});
