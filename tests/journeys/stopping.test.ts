import { describe, expect, it } from 'vitest';
import { startJourney } from './people.ts';
import { signedLease } from './signed-lease.ts';

describe('a platform that is told to stop', () => {
  it('does not wait for the keep-alive of a connection that has just got its answer', async () => {
    const journey = await startJourney();
    // Its last act is a download over a connection that the client keeps.
    await signedLease(journey);
    const start = performance.now();

    await journey.platform.close();

    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
