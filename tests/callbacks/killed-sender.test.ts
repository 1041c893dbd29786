import { describe, expect, it, vi } from 'vitest';
import { createTestDatabase, TEST_MASTER_KEY } from '../../apps/server/src/kernel/testing/test-database.ts';
import { killSenders } from './killed-sender.ts';

// Starts share two cores with whatever else runs.
vi.setConfig({ testTimeout: 240_000 });

describe('servers that are killed while they publish and send', () => {
  it('lose no callback, keep the order of each contract, and repeat under the same number', async () => {
    const { url: databaseUrl, drop } = await createTestDatabase();

    const {
      faults,
      latenciesMs: _,
      ...numbers
    } = await killSenders({
      ...{ databaseUrl, masterKey: TEST_MASTER_KEY, events: 300, contracts: 30, kills: 3, seed: 1 },
    });
    console.info(numbers);

    expect(faults).toEqual([]);
    expect(numbers.events).toBe(300);
    await drop();
  });
});
