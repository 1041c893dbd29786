/** An operator changes the data key of an installation that is at work. */
import { createSignetClient } from '@signet/sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createInstallation, type Installation } from './installation.ts';

const APP = { SIGNET_APP_KEY: 'rotation', SIGNET_APP_SECRET: 'rotation-secret-0001' };
const FACTS = { psnName: '张三', psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: '110101199003078857' } as const;

let installation: Installation;
beforeEach(() => {
  installation = createInstallation();
});
afterEach(() => installation.remove());

describe('npx signet rotate-data-key', () => {
  it('changes the key under a working server, which refuses nothing and loses nothing', async () => {
    const first = await installation.start(APP);
    const client = (baseUrl: string) =>
      createSignetClient({ baseUrl, appKey: APP.SIGNET_APP_KEY, appSecret: APP.SIGNET_APP_SECRET });
    const made: string[] = [];
    const createUser = async () => {
      const accountId = `person-${made.length}`;
      await client(first.url).persons.create({ accountId, informPhone: '13800000000', ...FACTS });
      made.push(accountId);
    };
    await createUser();

    let isRotating = true;
    const rotation = installation.run('signet', ['rotate-data-key'], APP).finally(() => {
      isRotating = false;
    });
    while (isRotating) {
      await createUser();
      await client(first.url).persons.get({ accountId: made[0]! });
    }
    const { code, output } = await rotation;

    expect(code).toBe(0);
    expect(output).toContain('data key 2 is in use');
    await first.kill('SIGTERM');
    const second = await installation.start(APP);
    const found = await Promise.all(made.map((accountId) => client(second.url).persons.get({ accountId })));
    expect(found.map((user) => user.psnName)).toEqual(made.map(() => FACTS.psnName));
    expect(made.length).toBeGreaterThan(10);
    const doctor = await installation.run('signet', ['doctor'], APP);
    expect(doctor.code).toBe(0);
  }, 180_000);
});
