import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface OperationsDependencies {
  /** Rejects while the platform cannot serve. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>;
}

/** For operators and load balancers: `/healthz` (process up), `/readyz` (database and storage answer), `/metrics`. */
export async function operationsRoutes(server: FastifyInstance, { checks }: OperationsDependencies): Promise<void> {
  server.get('/healthz', async () => ({ status: 'ok' }));

  server.get('/readyz', async (_request, reply) => {
    const results = await Promise.all(
      Object.entries(checks).map(
        async ([name, check]) =>
          [
            name,
            await check().then(
              () => 'ok',
              () => 'failed',
            ),
          ] as const,
      ),
    );
    const ready = results.every(([, result]) => result === 'ok');
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'failed', ...Object.fromEntries(results) });
  });
}

/** A number that is asked for when metrics are read, e.g. from the database: the same whichever server answers. */
export interface ReadGauge {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly string[];
  readonly read: () => Promise<
    readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[]
  >;
}

/** Prometheus metrics of the whole server; must be registered on the root so that it sees every request. */
export function observeRequests(server: FastifyInstance, gauges: readonly ReadGauge[]): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ['method', 'route', 'status'] as const;
  const requests = new Counter({
    name: 'signet_http_requests_total',
    help: 'Answered requests',
    labelNames,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'signet_http_request_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  for (const gauge of gauges) registerGauge(registry, gauge);
  server.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none' };
    requests.inc({ ...labels, status: reply.statusCode });
    seconds.observe(labels, reply.elapsedTime / 1000);
  });
  server.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}

function registerGauge(registry: Registry, { name, help, labelNames = [], read }: ReadGauge): void {
  new Gauge({
    ...{ name, help, labelNames: [...labelNames], registers: [registry] },
    async collect() {
      this.reset();
      for (const { labels = {}, value } of await read()) this.set(labels, value);
    },
  });
}
