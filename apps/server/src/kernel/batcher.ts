/** Calls that arrive while a statement is under way go out together with the next one: one round trip then serves many requests. */

const LARGEST_BATCH = 500;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * `work` answers a batch in its order. When it fails for a batch, each item is tried alone, so that one caller's odd value does
 * not fail the others: it must be safe to run again.
 */
export function createBatcher<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let isRunning = false;

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isRunning) void drain();
    });

  async function drain(): Promise<void> {
    isRunning = true;
    // Lets calls of the same event-loop turn join the first batch.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = waiting.slice(0, LARGEST_BATCH);
      waiting = waiting.slice(LARGEST_BATCH);
      await answer(batch);
    }
    isRunning = false;
  }

  async function answer(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await work(batch.map((each) => each.item));
      batch.forEach((each, i) => {
        each.resolve(results[i] as Result);
      });
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1) only?.reject(error);
      else for (const each of batch) await answer([each]);
    }
  }
}
