/** Every route of the console. */
import { type AppRoutesDependencies, appRoutes } from './app-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import type { ConsoleRoute } from './console-route.ts';
import { operatorRoutes } from './operator-routes.ts';
import { type SessionRoutesDependencies, sessionRoutes } from './session-routes.ts';

export type ConsoleRoutesDependencies = SessionRoutesDependencies & AppRoutesDependencies;

export function consoleRoutes(means: ConsoleRoutesDependencies): ConsoleRoute[] {
  return [...sessionRoutes(means), ...operatorRoutes(means), ...appRoutes(means), ...auditRoutes(means)];
}
