/** One process that reads pictures, one after the other. What it does to itself concerns nobody else. */
import { type ChildProcess, fork } from 'node:child_process';
import type { OcrOutcome } from '../../modules/recognition/index.ts';
import type { OcrMember } from './member.ts';

export interface ProcessLimits {
  /** From the start to being ready to read. */
  readonly startMs: number;
  /** For one picture. */
  readonly pictureMs: number;
  /** JavaScript heap of the process; pixels lie outside it, where the process watches itself. */
  readonly heapMb: number;
}

interface Answer {
  readonly id: number;
  readonly outcome: OcrOutcome;
}

export interface ReaderProcess {
  readonly pid: number | undefined;
  /** Never rejects: a process that dies, hangs or does not start is an outcome too. */
  read(picture: Uint8Array): Promise<OcrOutcome>;
  isAlive(): boolean;
  /** Resolves when it is gone. */
  stop(): Promise<void>;
}

export function startReaderProcess(member: OcrMember, limits: ProcessLimits): ReaderProcess {
  const child = fork(member.entry, [], {
    execArgv: ['--import', member.loader, `--max-old-space-size=${limits.heapMb}`],
    serialization: 'advanced',
    // Neither the platform's secrets nor its streams are its business.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.on('error', () => child.kill('SIGKILL'));
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const ready = nextMessage(child, limits.startMs, (message) => (message === 'ready' ? true : undefined));
  child.unref();
  child.channel?.unref();

  let jobs = 0;
  return {
    pid: child.pid,
    isAlive: () => !child.killed && child.exitCode === null && child.signalCode === null && child.connected,
    read: async (bytes) => {
      if ((await ready) !== true) return { problem: 'failed' };
      jobs += 1;
      const id = jobs;
      const answer = nextMessage(child, limits.pictureMs, (message) => answerOf(message, id));
      child.send({ id, bytes }, () => undefined);
      const outcome = await answer;
      if (outcome === 'late') return { problem: 'timed-out' };
      return outcome === 'dead' ? { problem: 'failed' } : outcome;
    },
    stop: async () => {
      child.kill('SIGKILL');
      if (child.pid !== undefined) await gone;
    },
  };
}

function answerOf(message: unknown, id: number): OcrOutcome | undefined {
  const answer = message as Partial<Answer>;
  return answer.id === id ? answer.outcome : undefined;
}

/** The first message that `pick` accepts. A process that is late is killed: it would be late for the next picture, too. */
function nextMessage<Result>(
  child: ChildProcess,
  deadlineMs: number,
  pick: (message: unknown) => Result | undefined,
): Promise<Result | 'late' | 'dead'> {
  return new Promise((resolve) => {
    const settle = (result: Result | 'late' | 'dead'): void => {
      clearTimeout(deadline);
      child.off('message', onMessage).off('exit', onExit);
      resolve(result);
    };
    const onMessage = (message: unknown): void => {
      const picked = pick(message);
      if (picked !== undefined) settle(picked);
    };
    const onExit = (): void => settle('dead');
    const deadline = setTimeout(() => {
      child.kill('SIGKILL');
      settle('late');
    }, deadlineMs);
    child.on('message', onMessage).once('exit', onExit);
    if (child.exitCode !== null || child.signalCode !== null) settle('dead');
  });
}
