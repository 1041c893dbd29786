/** A load generator light enough to share two cores with the server: prepared bytes over keep-alive connections. */
import { connect, type Socket } from 'node:net';

export interface LoadTarget {
  readonly host: string;
  readonly port: number;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly failures: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Sends every request once, `connections` at a time, each waiting for its answer before the next. */
export async function fire(target: LoadTarget, requests: readonly Buffer[], connections: number): Promise<LoadResult> {
  const latencies: number[] = [];
  let failures = 0;
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const exchange = await openConnection(target);
      for (let request = requests[next++]; request; request = requests[next++]) {
        const sentAt = performance.now();
        if (!(await exchange.send(request))) failures++;
        latencies.push(performance.now() - sentAt);
      }
      exchange.close();
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return { perSecond: requests.length / seconds, failures, p50Ms: at(0.5), p99Ms: at(0.99) };
}

interface Exchange {
  /** True when the answer is a 200 whose body says success or has no envelope. */
  send(request: Buffer): Promise<boolean>;
  close(): void;
}

async function openConnection({ host, port }: LoadTarget): Promise<Exchange> {
  const socket = connect({ host, port, noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let received = '';
  let answer: ((ok: boolean) => void) | undefined;
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    received += chunk;
    if (!isComplete(received)) return;
    const ok = received.startsWith('HTTP/1.1 200') && !received.includes('"success":false');
    received = '';
    answer?.(ok);
  });
  return {
    send: (request) =>
      new Promise((resolve) => {
        answer = resolve;
        socket.write(request);
      }),
    close: () => endSocket(socket),
  };
}

function isComplete(received: string): boolean {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const length = /content-length: (\d+)/i.exec(received.slice(0, headEnd))?.[1];
  return length !== undefined && received.length >= headEnd + 4 + Number(length);
}

function endSocket(socket: Socket): void {
  socket.end();
}
