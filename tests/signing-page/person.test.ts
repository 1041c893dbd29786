import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeByPdfsig } from '../journeys/outside-judges.ts';
import {
  downloadAll,
  type Journey,
  outcomeOf,
  person,
  startContract,
  startJourney,
  uploadLease,
} from '../journeys/people.ts';
import { openPage } from './page.ts';

let journey: Journey;
let fileCode: string;

beforeAll(async () => {
  journey = await startJourney();
  await person(journey.client, 'buyer');
  await person(journey.client, 'seller');
  fileCode = await uploadLease(journey.client);
});
afterAll(() => journey.platform.close());

describe('a person on the signing page', () => {
  it('reads, agrees, chooses, proves the will and has signed', async () => {
    const { client } = journey;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);
    const { signUrl } = await client.contracts.getSignUrl({ contractId, accountId: 'buyer' });
    const page = await openPage(signUrl);

    expect(await page.state()).toMatchObject({ step: 'consent', outcome: null, mayDraw: true });
    expect(await page.done('/sign/consent', { version: '2026-11' })).toMatchObject({ step: 'place' });
    const { chosenSealId } = await page.state();
    expect(await page.done('/sign/seal', { by: 'seal', sealId: chosenSealId })).toMatchObject({ step: 'intent' });
    const code = await page.codeFor('intent');
    expect(await page.done('/sign/intent', { code })).toMatchObject({ step: 'closed', outcome: 'signed' });

    expect(await outcomeOf(client, contractId)).toBe('finished');
    const [signed] = await downloadAll(client, contractId);
    expect(judgeByPdfsig(signed as Uint8Array)).toMatchObject({ allValid: true, lastCoversTotal: true });
  });
});
