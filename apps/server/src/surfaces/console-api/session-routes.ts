/** First setup, login, and what every operator does to the own account. */
import {
  beginTotp,
  type ConsoleAccount,
  type ConsoleSession,
  changePassword,
  disableTotp,
  enableTotp,
  logIn,
  setUp,
  type TotpEnrollment,
} from '@signet/protocol/console-api';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { NewSession, Operator, Operators } from '../../modules/operators/index.ts';
import { type ConsoleRoute, consoleRoute, openRoute } from './console-route.ts';
import type { SessionCookie } from './session-cookie.ts';

export interface SessionRoutesDependencies {
  readonly operators: Operators;
  readonly sessionCookie: SessionCookie;
  readonly mode: 'sandbox' | 'production';
  readonly version: string;
}

const nothing = z.object({});

export function sessionRoutes(means: SessionRoutesDependencies): ConsoleRoute[] {
  const { operators, sessionCookie } = means;
  const opened = (reply: FastifyReply, { operator, token }: NewSession): ConsoleSession => {
    sessionCookie.set(reply, token);
    return sessionOf(means, operator, false);
  };

  return [
    openRoute({
      ...{ method: 'GET', path: '/session', input: nothing },
      handle: async ({ caller }): Promise<ConsoleSession> => {
        const setupNeeded = !caller && (await operators.isSetupNeeded());
        return sessionOf(means, caller?.operator, setupNeeded);
      },
    }),
    openRoute({
      ...{ method: 'POST', path: '/setup', input: setUp, isGuessable: true },
      handle: async ({ input, ip, reply }) => opened(reply, await operators.setUp(input, ip)),
    }),
    openRoute({
      ...{ method: 'POST', path: '/login', input: logIn, isGuessable: true },
      handle: async ({ input, ip, request, reply }) => {
        const formerToken = sessionCookie.read(request);
        return opened(reply, await operators.logIn({ ...input, formerToken, ip }));
      },
    }),
    consoleRoute({
      ...{ access: 'account', method: 'POST', path: '/logout', input: nothing, isForNewcomers: true },
      handle: async ({ caller, ip, reply }): Promise<ConsoleSession> => {
        await operators.sessions.end(caller, ip);
        sessionCookie.clear(reply);
        return sessionOf(means, undefined, false);
      },
    }),
    ...accountRoutes(operators, opened),
  ];
}

function accountRoutes(
  { account }: Operators,
  opened: (reply: FastifyReply, session: NewSession) => ConsoleSession,
): ConsoleRoute[] {
  return [
    consoleRoute({
      ...{ access: 'account', method: 'POST', path: '/account/password', input: changePassword },
      ...{ isGuessable: true, isForNewcomers: true },
      handle: async ({ caller, input, ip, reply }) => opened(reply, await account.changePassword(caller, input, ip)),
    }),
    consoleRoute({
      ...{ access: 'account', method: 'POST', path: '/account/totp/begin', input: beginTotp, isGuessable: true },
      handle: ({ caller, input, ip }): Promise<TotpEnrollment> => account.beginTotp(caller, input.password, ip),
    }),
    consoleRoute({
      ...{ access: 'account', method: 'POST', path: '/account/totp/enable', input: enableTotp, isGuessable: true },
      handle: async ({ caller, input, ip, reply }) => opened(reply, await account.enableTotp(caller, input.totp, ip)),
    }),
    consoleRoute({
      ...{ access: 'account', method: 'POST', path: '/account/totp/disable', input: disableTotp, isGuessable: true },
      handle: async ({ caller, input, ip, reply }) => opened(reply, await account.disableTotp(caller, input, ip)),
    }),
  ];
}

function sessionOf(
  { mode, version }: SessionRoutesDependencies,
  operator: Operator | undefined,
  setupNeeded: boolean,
): ConsoleSession {
  return { setupNeeded, account: operator ? toAccount(operator) : null, mode, version };
}

export function toAccount({ id, name, role, totpEnabled, mustChangePassword }: Operator): ConsoleAccount {
  return { accountId: id, name, role, totpEnabled, mustChangePassword };
}
