/** Draws one page at a time, the nearest to the reader first: a fast scroll leaves work behind that nobody waits for. */

interface Job {
  /** Asked again whenever a place is free, since the reader moves. Smaller goes first. */
  readonly distance: () => number;
  readonly run: () => Promise<void>;
  readonly signal: AbortSignal;
  readonly settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void };
}

/** The worker behind it does one thing at a time, and the page that is looked at must not share it. */
const AT_ONCE = 1;

export type RenderQueue = ReturnType<typeof createRenderQueue>;

export function createRenderQueue(atOnce = AT_ONCE) {
  const waiting = new Set<Job>();
  let running = 0;

  function next(): void {
    while (running < atOnce && waiting.size > 0) {
      const jobs = [...waiting].map((job) => ({ job, distance: job.distance() }));
      const nearest = jobs.reduce((best, candidate) => (candidate.distance < best.distance ? candidate : best));
      start(nearest.job);
    }
  }

  function start(job: Job): void {
    waiting.delete(job);
    if (job.signal.aborted) {
      job.settle.resolve();
      return;
    }
    running += 1;
    job
      .run()
      .then(job.settle.resolve, job.settle.reject)
      .finally(() => {
        running -= 1;
        next();
      });
  }

  return {
    /** Resolves without having run when the signal comes first. */
    add(distance: () => number, signal: AbortSignal, run: () => Promise<void>): Promise<void> {
      return new Promise((resolve, reject) => {
        waiting.add({ distance, run, signal, settle: { resolve, reject } });
        next();
      });
    },
  };
}
