/** The engine as the page holds it: one picture at a time, and gone when closed. */
import type { EngineNews, Look, PictureToLookAt } from './engine-messages.ts';
import type { Pixels } from './measure-picture.ts';

export interface FaceEngine {
  /** Takes the pixels' memory. @throws EngineFailure */
  look(pixels: Pixels): Promise<Look>;
  close(): void;
}

/** The device cannot run it, or it did not come. */
export class EngineFailure extends Error {
  override readonly name = 'EngineFailure';
}

/** Some megabytes over a slow network. */
const START_MS = 45_000;
/** A picture takes well below a second; longer means that the worker has died without a word. */
const LOOK_MS = 8_000;

/** @throws EngineFailure */
export async function startFaceEngine(signal: AbortSignal): Promise<FaceEngine> {
  if (typeof Worker !== 'function' || typeof WebAssembly !== 'object') throw new EngineFailure('no WebAssembly');
  const worker = new Worker(new URL('./face-engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'face-engine',
  });
  signal.addEventListener('abort', () => worker.terminate());
  try {
    await answerOf(worker, 'ready', START_MS);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return {
    look: async ({ data, width, height }) => {
      const seen = answerOf(worker, 'seen', LOOK_MS);
      const picture: PictureToLookAt = { data: data.buffer as ArrayBuffer, width, height };
      worker.postMessage(picture, [picture.data]);
      return (await seen).look;
    },
    close: () => worker.terminate(),
  };
}

type NewsOf<Kind> = Extract<EngineNews, { readonly kind: Kind }>;

function answerOf<Kind extends 'ready' | 'seen'>(worker: Worker, kind: Kind, timeoutMs: number): Promise<NewsOf<Kind>> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController();
    const until = { signal: listening.signal };
    const fail = (reason: string): void => {
      end();
      reject(new EngineFailure(reason));
    };
    const timer = setTimeout(() => fail(`no answer in ${timeoutMs} ms`), timeoutMs);
    const end = (): void => {
      clearTimeout(timer);
      listening.abort();
    };
    const hear = ({ data: news }: MessageEvent<EngineNews>): void => {
      if (news.kind === 'failed') fail(news.reason);
      if (news.kind !== kind) return;
      end();
      resolve(news as NewsOf<Kind>);
    };
    worker.addEventListener('message', hear, until);
    worker.addEventListener('error', (event) => fail(event.message || 'the worker did not load'), until);
  });
}
