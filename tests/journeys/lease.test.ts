/** The whole story of the demo, on a platform of the test's own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLease, untilFinished, untilSigned } from '../demo/contract.ts';
import { GUARANTOR, LANDLORD, REPRESENTATIVE, TENANT } from '../demo/lease.ts';
import { certifyPerson, createLandlord, createPerson, type Story } from '../demo/people.ts';
import { createTerminal } from '../demo/terminal.ts';
import { judgeByPdfsig, judgeByQpdf } from './outside-judges.ts';
import { downloadAll, type Journey, startJourney } from './people.ts';

const LEASE = join(import.meta.dirname, '..', '..', 'examples', 'lease-contract.zh.pdf');

let journey: Journey;

beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.platform.close());

describe('a company and two people sign a lease', () => {
  it('ends with a file that we and others accept', async () => {
    const { client } = journey;
    const story: Story = { client, terminal: createTerminal(() => {}), run: 'lease' };
    const tenant = await createPerson(story, TENANT, await certifyPerson(story, TENANT));
    const guarantor = await createPerson(story, GUARANTOR, await certifyPerson(story, GUARANTOR));
    const landlord = await createLandlord(story, await certifyPerson(story, REPRESENTATIVE));
    const { fileCode } = await client.files.upload({ file: readFileSync(LEASE), fileName: '房屋租赁合同.pdf' });
    const { authorizeCode } = await client.sandbox.grantSeal({ accountId: landlord });

    const contractId = await startLease(story, { landlord, tenant, guarantor }, { fileCode, authorizeCode });
    await untilSigned(story, contractId, landlord);
    await Promise.all([tenant, guarantor].map((accountId) => client.sandbox.sign({ contractId, accountId })));
    await untilFinished(story, contractId);

    const [signed = new Uint8Array()] = await downloadAll(client, contractId);
    expect(await client.files.verify({ file: signed })).toMatchObject({ valid: true, problems: [] });
    expect(judgeByQpdf(signed)).toBe('');
    const verdict = judgeByPdfsig(signed);
    expect(verdict).toMatchObject({ allValid: true, lastCoversTotal: true });
    expect(verdict.signers[0]).toBe(LANDLORD.corpName);
    expect(verdict.signers.slice(1).toSorted()).toEqual([TENANT.psnName, GUARANTOR.psnName].toSorted());
  });
});
