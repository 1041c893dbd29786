/** A process of its own for pictures from outside: one at a time, `{ id, bytes }` in, `{ id, outcome }` out. */
import { availableParallelism, setPriority } from 'node:os';
import { PictureError } from './picture.ts';
import { loadReader } from './reader.ts';

/** More threads make one picture little faster and leave the platform less. */
const MOST_THREADS = 2;
/** A picture of 50 million pixels takes about half of it. */
const MOST_MEMORY_BYTES = 1200 * 2 ** 20;
const WATCH_EVERY_MS = 50;
/** Of two busy processes this one gets a quarter; much less, and pictures would run into their deadline on a busy machine. */
const BEHIND_THE_PLATFORM = 5;

interface Job {
  readonly id: number;
  readonly bytes: Uint8Array;
}

// Whoever signs should not wait for somebody else's picture.
setPriority(BEHIND_THE_PLATFORM);
const reader = await loadReader(Math.min(MOST_THREADS, availableParallelism()));

process.on('message', ({ id, bytes }: Job) => {
  void reader.read(bytes).then(
    (outcome) => process.send?.({ id, outcome }),
    (error: unknown) => {
      const problem = error instanceof PictureError ? error.problem : 'failed';
      process.send?.({ id, outcome: { problem } });
    },
  );
});
// The platform is gone, however it went.
process.on('disconnect', () => process.exit(0));
// Pixels and tensors lie outside the heap, where V8 sets no limit.
setInterval(() => {
  if (process.memoryUsage.rss() > MOST_MEMORY_BYTES) process.exit(1);
}, WATCH_EVERY_MS).unref();
process.send?.('ready');
