import type { Endpoint, InputOf, ResultOf } from '@signet/protocol/open-api';
import type { App } from '../../../modules/apps/index.ts';
import type { Route } from '../serve.ts';

/** Calls a route as the gateway does: input through the schema, and an answer that its own schema holds. */
export function callRoutes(routes: readonly Route[]) {
  return async <E extends Endpoint>(endpoint: E, app: App, input: Record<string, unknown>): Promise<ResultOf<E>> => {
    const route = routes.find((candidate) => candidate.endpoint === endpoint);
    if (!route) throw new Error(`${endpoint.path} is not served`);
    const call = { app, input: endpoint.input.parse(input) as InputOf<E>, upload: undefined, address: '127.0.0.1' };
    return endpoint.result.parse(await route.handle(call)) as ResultOf<E>;
  };
}
