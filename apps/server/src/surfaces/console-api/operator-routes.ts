import {
  changeOperator,
  createOperator,
  type NewOperator,
  type Operator as OperatorView,
} from '@signet/protocol/console-api';
import { z } from 'zod';
import type { Operator, Operators, OperatorWithPassword } from '../../modules/operators/index.ts';
import { type ConsoleRoute, consoleRoute } from './console-route.ts';
import { toAccount } from './session-routes.ts';

/** Accounts of the console, for owners. */
export function operatorRoutes({ operators }: { readonly operators: Operators }): ConsoleRoute[] {
  const { administration } = operators;
  return [
    consoleRoute({
      ...{ access: 'accounts.manage', method: 'GET', path: '/operators', input: z.object({}) },
      handle: async (): Promise<OperatorView[]> => (await administration.list()).map(toView),
    }),
    consoleRoute({
      ...{ access: 'accounts.manage', method: 'POST', path: '/operators', input: createOperator },
      handle: async ({ actor, input }) => toNewOperator(await administration.create(actor, input)),
    }),
    consoleRoute({
      ...{ access: 'accounts.manage', method: 'POST', path: '/operators/:accountId', input: changeOperator },
      handle: async ({ actor, input, params }) =>
        toView(await administration.change(actor, params.accountId ?? '', input)),
    }),
    consoleRoute({
      ...{ access: 'accounts.manage', method: 'POST', path: '/operators/:accountId/reset', input: z.object({}) },
      handle: async ({ actor, params }) => toNewOperator(await administration.reset(actor, params.accountId ?? '')),
    }),
  ];
}

function toNewOperator({ operator, temporaryPassword }: OperatorWithPassword): NewOperator {
  return { operator: toView(operator), temporaryPassword };
}

function toView(operator: Operator): OperatorView {
  const { disabled, lockedUntil, createdAt, lastLoginAt } = operator;
  return {
    ...{ ...toAccount(operator), disabled, lockedUntil: lockedUntil?.toISOString() ?? null },
    ...{ createdAt: createdAt.toISOString(), lastLoginAt: lastLoginAt?.toISOString() ?? null },
  };
}
