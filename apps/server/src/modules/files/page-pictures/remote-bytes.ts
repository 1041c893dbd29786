/** A file of the main thread, read by a worker that cannot wait for promises: it asks through a port and sleeps until it is woken. */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { ByteRange } from '../../../kernel/http-range.ts';
import { RecentMap } from '../../../kernel/recent-map.ts';

/** Bytes that never change. */
export interface RangedBytes {
  readonly size: number;
  /** In chunks; any range of it, without holding the rest. */
  stream(range: ByteRange): AsyncIterable<Uint8Array>;
}

/** What the worker gets of a file; the port goes with the message. */
export interface RemoteBytes {
  readonly size: number;
  readonly port: MessagePort;
  /** One 32-bit counter of answers. */
  readonly answers: SharedArrayBuffer;
}

const BLOCK_BYTES = 131_072;
/** 8 MB: more than the structure of a page, less than the pictures on it, which are read once. */
const BLOCKS_KEPT = 64;
const ANSWER_MS = 10_000;

/** The bytes could not be read; the document is not at fault. */
export class RemoteReadError extends Error {
  override readonly name = 'RemoteReadError';
}

/** Answers the worker until the port is closed. */
export function serveBytes({ stream }: RangedBytes, port: MessagePort, answers: SharedArrayBuffer): void {
  const counter = new Int32Array(answers);
  const answer = (bytes: Uint8Array<ArrayBuffer> | null): void => {
    port.postMessage(bytes, bytes ? [bytes.buffer] : []);
    Atomics.add(counter, 0, 1);
    Atomics.notify(counter, 0);
  };
  port.on('message', (range: ByteRange) => {
    collect(stream, range).then(answer, () => answer(null));
  });
}

async function collect(stream: RangedBytes['stream'], range: ByteRange): Promise<Uint8Array<ArrayBuffer>> {
  const { start, end } = range;
  const bytes = new Uint8Array(end - start);
  let filled = 0;
  for await (const chunk of stream(range)) {
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  return bytes;
}

/** Reads as a file is read. @throws RemoteReadError */
export function openRemoteBytes({ size, port, answers }: RemoteBytes) {
  const counter = new Int32Array(answers);
  const blocks = new RecentMap<number, Uint8Array>(BLOCKS_KEPT);

  function ask(range: ByteRange): Uint8Array {
    const seen = Atomics.load(counter, 0);
    port.postMessage(range);
    if (Atomics.wait(counter, 0, seen, ANSWER_MS) === 'timed-out') throw new RemoteReadError('no answer');
    const bytes: Uint8Array | null | undefined = receiveMessageOnPort(port)?.message;
    if (!bytes) throw new RemoteReadError('the file cannot be read');
    return bytes;
  }

  function block(index: number): Uint8Array {
    const known = blocks.get(index);
    if (known) return known;
    const start = index * BLOCK_BYTES;
    const bytes = ask({ start, end: Math.min(start + BLOCK_BYTES, size) });
    blocks.set(index, bytes);
    return bytes;
  }

  return {
    size,
    /** Fills `target` from `position`; answers how much there was, which is less at the end of the file only. */
    read(position: number, target: Uint8Array): number {
      const end = Math.min(position + target.length, size);
      let at = position;
      while (at < end) {
        const bytes = block(Math.floor(at / BLOCK_BYTES));
        const part = bytes.subarray(at % BLOCK_BYTES, (at % BLOCK_BYTES) + end - at);
        target.set(part, at - position);
        at += part.length;
      }
      return Math.max(0, end - position);
    },
  };
}

export type ReadableBytes = ReturnType<typeof openRemoteBytes>;
