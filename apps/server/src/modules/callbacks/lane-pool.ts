/**
 * Works on lanes beside the job queue, so that receivers that let us wait hold up no signature. Each app has a share of the room
 * and takes its turn: one that answers slowly delays only itself.
 */
import { type Lane, laneKey } from './event.ts';

export interface LanePoolOptions {
  /** Lanes at a time, of all apps. */
  readonly total: number;
  readonly perApp: number;
  /** Must not reject. */
  readonly work: (lane: Lane) => Promise<void>;
}

interface LaneState {
  readonly lane: Lane;
  isRunning: boolean;
  /** Somebody asked for the lane while it was being worked on, perhaps too late for that work to notice. */
  again: boolean;
}

export class LanePool {
  private readonly options: LanePoolOptions;
  private readonly lanes = new Map<string, LaneState>();
  /** By app: its waiting lanes. The app whose turn is longest ago comes first. */
  private readonly waiting = new Map<string, LaneState[]>();
  private readonly running = new Map<string, number>();
  private readonly ends = new Set<Promise<void>>();
  private isClosed = false;

  constructor(options: LanePoolOptions) {
    this.options = options;
  }

  /** A lane that waits already is not taken twice; one that is being worked on is looked at once more. */
  add(lane: Lane): void {
    if (this.isClosed) return;
    const key = laneKey(lane);
    const known = this.lanes.get(key);
    if (known) {
      known.again = known.isRunning;
      return;
    }
    this.enqueue(key, { lane, isRunning: false, again: false });
    this.fill();
  }

  /** Takes no more, and ends with the work under way. @returns the lanes that somebody else must look at. */
  async close(): Promise<Lane[]> {
    this.isClosed = true;
    while (this.ends.size > 0) await Promise.all(this.ends);
    return [...this.waiting.values()].flat().map(({ lane }) => lane);
  }

  private enqueue(key: string, state: LaneState): void {
    const { appId } = state.lane;
    this.lanes.set(key, state);
    const queue = this.waiting.get(appId);
    if (queue) queue.push(state);
    else this.waiting.set(appId, [state]);
  }

  private fill(): void {
    for (let state = this.take(); state; state = this.take()) {
      const end = this.run(state).then(() => {
        this.ends.delete(end);
        this.fill();
      });
      this.ends.add(end);
    }
  }

  private take(): LaneState | undefined {
    if (this.isClosed || this.ends.size >= this.options.total) return undefined;
    for (const [appId, queue] of this.waiting) {
      if ((this.running.get(appId) ?? 0) >= this.options.perApp) continue;
      const state = queue.shift();
      this.waiting.delete(appId);
      if (queue.length > 0) this.waiting.set(appId, queue);
      return state;
    }
    return undefined;
  }

  private async run(state: LaneState): Promise<void> {
    const { appId } = state.lane;
    this.count(appId, 1);
    state.isRunning = true;
    do {
      state.again = false;
      await this.options.work(state.lane);
    } while (state.again && !this.isClosed);
    const key = laneKey(state.lane);
    if (state.again) this.enqueue(key, state);
    else this.lanes.delete(key);
    this.count(appId, -1);
  }

  private count(appId: string, change: number): void {
    const count = (this.running.get(appId) ?? 0) + change;
    if (count > 0) this.running.set(appId, count);
    else this.running.delete(appId);
  }
}
