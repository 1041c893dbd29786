import type { CallbackType } from '@signet/protocol/callbacks';
import {
  type CallbackAttempt,
  type CallbackDetail,
  type CallbackSummary,
  callbackFilter,
  type Page,
  type Resent,
  resendCallbacks,
} from '@signet/protocol/console-api';
import { z } from 'zod';
import type { Apps } from '../../modules/apps/index.ts';
import type { Attempt, Callback, Callbacks, ResendSelection } from '../../modules/callbacks/index.ts';
import type { Operators } from '../../modules/operators/index.ts';
import { appNamesOf } from './app-names.ts';
import { type ConsoleRoute, consoleRoute } from './console-route.ts';
import { toPeriod } from './period.ts';
import { ConsoleError } from './refusal.ts';

export interface CallbackRoutesDependencies {
  readonly apps: Pick<Apps, 'list'>;
  readonly callbacks: Callbacks;
  readonly operators: Pick<Operators, 'audit'>;
}

/** 回调: what was sent, what came back, and sending it again. */
export function callbackRoutes(means: CallbackRoutesDependencies): ConsoleRoute[] {
  const { apps, callbacks, operators } = means;
  return [
    consoleRoute({
      ...{ access: 'callbacks.read', method: 'GET', path: '/callbacks', input: callbackFilter },
      handle: async ({ input }): Promise<Page<CallbackSummary>> => {
        const { page, pageSize, type, ...filter } = input;
        const wanted = { ...filter, ...toPeriod(filter), businessType: type, page: { number: page, size: pageSize } };
        const { list, total } = await callbacks.list(wanted);
        const names = await appNamesOf(apps);
        return { list: list.map((each) => toSummary(each, callbacks, names)), total };
      },
    }),
    consoleRoute({
      ...{ access: 'callbacks.read', method: 'GET', path: '/callbacks/:transactionId', input: z.object({}) },
      handle: async ({ actor, params }): Promise<CallbackDetail> => {
        const { transactionId = '' } = params;
        const found = await callbacks.detail(transactionId);
        if (!found) throw new ConsoleError('NOT_FOUND', '回调不存在');
        await operators.audit.note(actor, { action: 'callback-viewed', target: `callback:${transactionId}` });
        const { callback, body, attempts } = found;
        const summary = toSummary(callback, callbacks, await appNamesOf(apps));
        return { ...summary, body, attempts: attempts.map(toAttempt) };
      },
    }),
    consoleRoute({
      ...{ access: 'callbacks.resend', method: 'POST', path: '/callbacks/resend', input: resendCallbacks },
      handle: async ({ actor, input }): Promise<Resent> => {
        const count = await callbacks.resend(toSelection(input), (tx, resent) =>
          operators.audit.record(tx, actor, { action: 'callbacks-resent', detail: { ...input, count: resent } }),
        );
        return { count };
      },
    }),
  ];
}

function toSelection(input: z.output<typeof resendCallbacks>): ResendSelection {
  if ('transactionIds' in input) return input;
  return { ...input, begin: new Date(input.begin), end: new Date(input.end) };
}

function toSummary(
  callback: Callback,
  { businessTypeOf }: Pick<Callbacks, 'businessTypeOf'>,
  appNames: ReadonlyMap<string, string>,
): CallbackSummary {
  const { transactionId, appId, event, businessCode, subject, occurredAt, status, tries } = callback;
  return {
    ...{ transactionId, appId, appName: appNames.get(appId) ?? '', businessCode, subject, status, tries },
    type: businessTypeOf(event.type) as CallbackType,
    occurredAt: occurredAt.toISOString(),
    // Of a delivered one it is the time of a reminder, which an app that never confirms does not get.
    nextTryAt: (status === 'pending' && callback.nextTryAt?.toISOString()) || null,
    deliveredAt: callback.deliveredAt?.toISOString() ?? null,
    confirmedAt: callback.confirmedAt?.toISOString() ?? null,
  };
}

function toAttempt({ at, answer, ...attempt }: Attempt): CallbackAttempt {
  return { ...attempt, at: at.toISOString(), answer: answer && Buffer.from(answer).toString('utf8') };
}
