import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeByPdfsig, judgeByQpdf } from './outside-judges.ts';
import { company, downloadAll, type Journey, outcomeOf, person, placeOf, startJourney, uploadLease } from './people.ts';

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.platform.close());

describe('a company with three seals and a cross-page seal between two people', () => {
  it('signs once, and every signature stays valid', async () => {
    const { client } = journey;
    const [before, acme, after] = [
      await person(client, 'before'),
      await company(client, 'acme'),
      await person(client, 'after'),
    ];
    const fileCode = await uploadLease(client);
    const at = (positionPage: number) => ({
      fileCode,
      signFieldPosition: { positionPage, positionX: 300, positionY: 300 },
    });
    const crossPage = {
      fileCode,
      signFieldStyle: 2,
      signFieldPosition: { positionPage: 0, positionX: 0, positionY: 420 },
    };
    const { contractId } = await client.contracts.start({
      docs: [{ fileId: 'lease', fileCode }],
      signFlowInitiator: { accountId: acme },
      signers: [
        { accountId: before, seqNo: 1, signFields: [{ fileCode, signFieldPosition: placeOf(0) }] },
        { accountId: acme, seqNo: 2, signFields: [crossPage, at(1), at(8), at(12)] },
        { accountId: after, seqNo: 3, signFields: [{ fileCode, signFieldPosition: placeOf(5) }] },
      ],
    });

    for (const accountId of [before, acme, after]) await client.sandbox.sign({ contractId, accountId });

    expect(await outcomeOf(client, contractId)).toBe('finished');
    const [signed = new Uint8Array()] = await downloadAll(client, contractId);
    const verdict = judgeByPdfsig(signed);
    expect(verdict).toMatchObject({ allValid: true, lastCoversTotal: true });
    expect(verdict.signers).toHaveLength(3);
    expect(judgeByQpdf(signed)).toBe('');
    expect(await client.files.verify({ file: signed })).toMatchObject({ valid: true, problems: [] });
  });
});
