/** A receiver of callbacks as an integrator would run it: real HTTP, keeps what came, answers as the test wants. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const WAIT_LIMIT_MS = 20_000;
const POLL_MS = 5;

export interface ReceivedCallback {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** As it came. */
  readonly body: string;
  /** The same, read as JSON. */
  readonly json: Readonly<Record<string, unknown>>;
  /** On the clock of `performance`. */
  readonly at: number;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly afterMs?: number;
  /** Ends the connection without an answer. */
  readonly hangUp?: boolean;
}

export interface CallbackInbox {
  readonly url: string;
  readonly port: number;
  /** Everything that came, in the order of arrival. */
  readonly received: readonly ReceivedCallback[];
  /** What the nth request is answered; 200 at once unless given. */
  answerWith(reply: (received: ReceivedCallback, index: number) => Reply | Promise<Reply>): void;
  /** Waits for so many requests in all. */
  count(wanted: number): Promise<readonly ReceivedCallback[]>;
  /** Waits for a request that fits, also one that has come already. */
  find(fits: (received: ReceivedCallback) => boolean): Promise<ReceivedCallback>;
  /** Frees the port; the inbox may listen again. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

export async function openCallbackInbox(): Promise<CallbackInbox> {
  const received: ReceivedCallback[] = [];
  let reply: (received: ReceivedCallback, index: number) => Reply | Promise<Reply> = () => ({});

  const server = createServer(async (request, response) => {
    const callback = toReceived(request, (await request.toArray()).join(''));
    received.push(callback);
    await answer(response, await reply(callback, received.length - 1));
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    ...{ url: `http://127.0.0.1:${port}/callbacks`, port, received },
    answerWith: (wanted) => {
      reply = wanted;
    },
    count: async (wanted) => {
      await waitFor(
        () => received.length >= wanted,
        () => `${received.length} of ${wanted} callbacks came`,
      );
      return received;
    },
    find: async (fits) => {
      await waitFor(
        () => received.some(fits),
        () => `not among ${received.map(({ body }) => body).join('\n')}`,
      );
      return received.find(fits) as ReceivedCallback;
    },
    pause: stop,
    resume: () => listen(port),
    close: stop,
  };
}

/** Asks again and again until it holds. @throws with `problem` when it does not in 20 seconds. */
export async function waitFor(holds: () => boolean | Promise<boolean>, problem: () => string): Promise<void> {
  const deadline = performance.now() + WAIT_LIMIT_MS;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(problem());
    await sleep(POLL_MS);
  }
}

function toReceived(request: IncomingMessage, body: string): ReceivedCallback {
  const { method = '', url: path = '', headers } = request;
  return { method, path, headers, body, json: body === '' ? {} : JSON.parse(body), at: performance.now() };
}

async function answer(response: ServerResponse, { status = 200, headers = {}, body = '', afterMs, hangUp }: Reply) {
  if (afterMs !== undefined) await sleep(afterMs);
  if (hangUp) response.destroy();
  else response.writeHead(status, headers).end(body);
}
