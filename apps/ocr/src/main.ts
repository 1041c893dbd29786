/** A process of its own for pictures from outside: one at a time, `{ id, bytes }` in, `{ id, reading }` or `{ id, problem }` out. */
import { availableParallelism, constants, setPriority } from 'node:os';
import { PictureError } from './picture.ts';
import { loadReader } from './reader.ts';

/** More threads make one picture little faster and leave the platform less. */
const MOST_THREADS = 2;

interface Job {
  readonly id: number;
  readonly bytes: Uint8Array;
}

// Whoever signs should not wait for somebody else's picture.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const reader = await loadReader(Math.min(MOST_THREADS, availableParallelism()));

process.on('message', ({ id, bytes }: Job) => {
  void reader.read(bytes).then(
    (reading) => process.send?.({ id, reading }),
    (error: unknown) => process.send?.({ id, problem: error instanceof PictureError ? error.problem : 'failed' }),
  );
});
// The platform is gone, however it went.
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
