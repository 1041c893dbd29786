/** Every route of the console. */
import { type AppRoutesDependencies, appRoutes } from './app-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { type CallbackRoutesDependencies, callbackRoutes } from './callback-routes.ts';
import type { ConsoleRoute } from './console-route.ts';
import { type ContractRoutesDependencies, contractRoutes } from './contract-routes.ts';
import { operatorRoutes } from './operator-routes.ts';
import { payoutRoutes } from './payout-routes.ts';
import { type ReviewRoutesDependencies, reviewRoutes } from './review-routes.ts';
import { type SandboxRoutesDependencies, sandboxRoutes } from './sandbox-routes.ts';
import { type SessionRoutesDependencies, sessionRoutes } from './session-routes.ts';

export type ConsoleRoutesDependencies = SessionRoutesDependencies &
  AppRoutesDependencies &
  CallbackRoutesDependencies &
  ContractRoutesDependencies &
  ReviewRoutesDependencies &
  SandboxRoutesDependencies;

export function consoleRoutes(means: ConsoleRoutesDependencies): ConsoleRoute[] {
  return [
    ...sessionRoutes(means),
    ...operatorRoutes(means),
    ...appRoutes(means),
    ...callbackRoutes(means),
    ...contractRoutes(means),
    ...reviewRoutes(means),
    ...payoutRoutes(means),
    ...sandboxRoutes(means),
    ...auditRoutes(means),
  ];
}
