import { describe, expect, it } from 'vitest';
import {
  type Contract,
  type ContractAction,
  type ContractStatus,
  close,
  closeParties,
  confirmWill,
  decline,
  openTurns,
  type Party,
  type PartyStatus,
} from './contract.ts';

const NOW = new Date('2026-11-24T08:00:00Z');

const contract = (status: ContractStatus): Contract => ({
  id: '1000000000000000001',
  appId: 'app',
  businessCode: null,
  name: '租赁合同',
  status,
  sequential: true,
  initiatorAccountId: 'a',
  signDeadlineAt: NOW,
  createdAt: NOW,
  closedAt: null,
  closingReason: null,
});

const party = (id: string, sequenceNumber: number, status: PartyStatus): Party => ({
  id,
  contractId: '1000000000000000001',
  accountId: id,
  userId: id,
  agentUserId: null,
  sequenceNumber,
  status,
  silent: false,
  intentModes: ['CODE_SMS'],
  noticeTypes: 0,
  signDeadlineAt: null,
  signedAt: null,
  refuseReason: null,
  sealingSince: null,
  sealingAttempts: 0,
  sealingError: null,
  chosenSealId: null,
});

const statuses = (parties: readonly Party[]) => parties.map((each) => each.status);

describe('closing a contract', () => {
  it.each<[ContractAction, ContractStatus]>([
    ['complete', 'completed'],
    ['decline', 'declined'],
    ['withdraw', 'withdrawn'],
    ['expire', 'expired'],
  ])('%s leads to %s and keeps the reason', (action, status) => {
    expect(close(contract('signing'), action, '金额有误', NOW)).toMatchObject({ status, closingReason: '金额有误' });
  });

  it.each<ContractStatus>(['completed', 'declined', 'withdrawn', 'expired'])('%s is final', (status) => {
    for (const action of ['complete', 'decline', 'withdraw', 'expire'] as const) {
      expect(() => close(contract(status), action, null, NOW)).toThrow('CONTRACT_STATUS_CONFLICT');
    }
  });

  it('keeps who has signed and closes the others', () => {
    const parties = [party('a', 1, 'signed'), party('b', 2, 'signing'), party('c', 3, 'waiting')];

    expect(statuses(closeParties(parties, 'withdraw'))).toEqual(['signed', 'withdrawn', 'withdrawn']);
    expect(statuses(closeParties(parties, 'expire'))).toEqual(['signed', 'expired', 'expired']);
  });
});

describe('turns', () => {
  it.each<[string, boolean, [number, PartyStatus][], PartyStatus[]]>([
    [
      'everyone without an order',
      false,
      [
        [1, 'waiting'],
        [2, 'waiting'],
      ],
      ['signing', 'signing'],
    ],
    [
      'the lowest number first',
      true,
      [
        [2, 'waiting'],
        [1, 'waiting'],
        [1, 'waiting'],
      ],
      ['waiting', 'signing', 'signing'],
    ],
    [
      'the next number after all before have signed',
      true,
      [
        [1, 'signed'],
        [1, 'signed'],
        [5, 'waiting'],
      ],
      ['signed', 'signed', 'signing'],
    ],
    [
      'nobody new while an equal number is still open',
      true,
      [
        [1, 'signed'],
        [1, 'sealing'],
        [2, 'waiting'],
      ],
      ['signed', 'sealing', 'waiting'],
    ],
  ])('opens %s', (_, sequential, given, expected) => {
    const parties = given.map(([number, status], i) => party(`p${i}`, number, status));

    expect(statuses(openTurns(parties, sequential))).toEqual(expected);
  });
});

describe('a party', () => {
  it.each<[PartyStatus, string]>([
    ['waiting', 'NOT_YOUR_TURN'],
    ['sealing', 'PARTY_STATUS_CONFLICT'],
    ['signed', 'PARTY_STATUS_CONFLICT'],
    ['declined', 'PARTY_STATUS_CONFLICT'],
    ['withdrawn', 'PARTY_STATUS_CONFLICT'],
    ['expired', 'PARTY_STATUS_CONFLICT'],
  ])('that is %s can neither confirm nor decline', (status, error) => {
    expect(() => confirmWill(party('a', 1, status), NOW)).toThrow(error);
    expect(() => decline(party('a', 1, status), null)).toThrow(error);
  });

  it('cannot confirm after its own deadline', () => {
    expect(() => confirmWill({ ...party('a', 1, 'signing'), signDeadlineAt: NOW }, NOW)).toThrow(
      'PARTY_STATUS_CONFLICT',
    );
  });
});
