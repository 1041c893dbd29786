/** A service on this machine that answers as a test tells it, also by silence, a cut connection or a redirect. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** The query as it stood in the request. */
  readonly rawQuery: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ServiceAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is written as JSON. */
  readonly body: object | string;
}

export type Fault = 'silence' | 'cut';

export interface LoopbackService {
  readonly url: string;
  readonly received: ReceivedRequest[];
  close(): Promise<void>;
}

export async function startLoopbackService(
  answer: (request: ReceivedRequest) => ServiceAnswer | Fault | Promise<ServiceAnswer | Fault>,
): Promise<LoopbackService> {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? '/', 'http://loopback');
    const request = {
      ...{ method: incoming.method ?? '', path: url.pathname, query: url.searchParams, headers: incoming.headers },
      rawQuery: (incoming.url ?? '').split('?')[1] ?? '',
      body: Buffer.concat(chunks).toString('utf8'),
    };
    received.push(request);
    const told = await answer(request);
    if (told === 'cut') incoming.socket.destroy();
    if (typeof told === 'string') return;
    const text = typeof told.body === 'string' ? told.body : JSON.stringify(told.body);
    outgoing.writeHead(told.status ?? 200, { 'content-type': 'application/json; charset=utf-8', ...told.headers });
    outgoing.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://127.0.0.1:${port}`, received },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
