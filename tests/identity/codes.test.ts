import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { runGuessing } from '../durability/guessed-codes.ts';
import { clientOf } from './identity-scene.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.close());

describe('parallel guesses and creations over HTTP', () => {
  it.each([1, 2, 3])('pass a code once at most, keep to its tries and use a flow once (seed %i)', async (seed) => {
    const clients = [clientOf(platform, platform.app)];

    const { faults, judged } = await runGuessing({ clients, guesses: 60, creations: 40, seed });

    expect(faults).toEqual([]);
    expect(judged).toBeGreaterThan(1);
  });
});
