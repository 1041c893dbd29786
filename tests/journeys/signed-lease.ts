/** The story of the demo on a given platform: from nothing to the signed lease. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLease, untilFinished, untilSigned } from '../demo/contract.ts';
import { GUARANTOR, REPRESENTATIVE, TENANT } from '../demo/lease.ts';
import { certifyPerson, createLandlord, createPerson, type Story } from '../demo/people.ts';
import { createTerminal } from '../demo/terminal.ts';
import { downloadAll, type Journey } from './people.ts';

const LEASE = readFileSync(join(import.meta.dirname, '..', '..', 'examples', 'lease-contract.zh.pdf'));

export async function signedLease({ client }: Journey): Promise<Uint8Array> {
  const story: Story = { client, terminal: createTerminal(() => {}), run: 'lease' };
  const tenant = await createPerson(story, TENANT, await certifyPerson(story, TENANT));
  const guarantor = await createPerson(story, GUARANTOR, await certifyPerson(story, GUARANTOR));
  const landlord = await createLandlord(story, await certifyPerson(story, REPRESENTATIVE));
  const { fileCode } = await client.files.upload({ file: LEASE, fileName: '房屋租赁合同.pdf' });
  const { authorizeCode } = await client.sandbox.grantSeal({ accountId: landlord });

  const contractId = await startLease(story, { landlord, tenant, guarantor }, { fileCode, authorizeCode });
  await untilSigned(story, contractId, landlord);
  await Promise.all([tenant, guarantor].map((accountId) => client.sandbox.sign({ contractId, accountId })));
  await untilFinished(story, contractId);

  const [signed] = await downloadAll(client, contractId);
  if (!signed) throw new Error('the contract has no file');
  return signed;
}
