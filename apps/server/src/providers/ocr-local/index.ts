/**
 * Reads pictures on this machine, in a process of its own that starts with the first picture and ends when none has come for a
 * while, so that a platform that reads no cards pays nothing for it.
 */
import type { OcrOutcome, OcrReader } from '../../modules/recognition/index.ts';
import { type OcrMember, ocrMember } from './member.ts';
import { type ProcessLimits, type ReaderProcess, startReaderProcess } from './reader-process.ts';

export interface LocalOcrOptions extends ProcessLimits {
  /** After the last picture. */
  readonly idleMs: number;
  /** Pictures that wait; each may have 10 MB. */
  readonly maxWaiting: number;
  readonly member: OcrMember;
}

export interface LocalOcr extends OcrReader {
  /** Of the running process, for tests and operators. */
  processId(): number | undefined;
}

export function createLocalOcr(options: Partial<LocalOcrOptions> = {}): LocalOcr {
  const settings = { ...DEFAULTS, member: ocrMember(), ...options };
  let running: ReaderProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const stop = async (): Promise<void> => {
    clearTimeout(idle);
    const process = running;
    running = undefined;
    await process?.stop();
  };
  const readNow = async (picture: Uint8Array): Promise<OcrOutcome> => {
    if (isClosed) return { unavailable: 'busy' };
    clearTimeout(idle);
    if (!running?.isAlive()) running = startReaderProcess(settings.member, settings);
    const outcome = await running.read(picture);
    idle = setTimeout(() => void stop(), settings.idleMs).unref();
    return outcome;
  };

  return {
    isInstalled: () => settings.member.isInstalled(),
    read: async (picture) => {
      if (!settings.member.isInstalled()) return { unavailable: 'not-installed' };
      if (waiting >= settings.maxWaiting) return { unavailable: 'busy' };
      waiting += 1;
      const outcome = turn.then(() => readNow(picture));
      turn = outcome.catch(() => undefined);
      return outcome.finally(() => {
        waiting -= 1;
      });
    },
    processId: () => (running?.isAlive() ? running.pid : undefined),
    close: async () => {
      isClosed = true;
      await stop();
    },
  };
}

const DEFAULTS = {
  idleMs: 5 * 60_000,
  maxWaiting: 16,
  startMs: 60_000,
  // Callers wait for about 30 seconds.
  pictureMs: 25_000,
  heapMb: 256,
};
