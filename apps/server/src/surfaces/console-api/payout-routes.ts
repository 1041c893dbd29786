import { endPayout, mayDo, type Page, type PayoutReview, payoutFilter, type Role } from '@signet/protocol/console-api';
import { z } from 'zod';
import { maskCompanyName, maskIdNumber } from '../../kernel/mask.ts';
import type { Identity, ReviewedPayout } from '../../modules/identity/index.ts';
import { appNamesOf } from './app-names.ts';
import { type ConsoleCall, type ConsoleRoute, consoleRoute } from './console-route.ts';
import type { ReviewRoutesDependencies } from './review-routes.ts';

/** 打款: who asked the bank or ended a payout stands in the audit log. */
export function payoutRoutes({
  apps,
  identity,
  operators,
}: Pick<ReviewRoutesDependencies, 'apps' | 'operators'> & {
  readonly identity: Pick<Identity, 'payoutReview'>;
}): ConsoleRoute[] {
  const { payoutReview } = identity;
  const answer = async ({ caller }: ConsoleCall<unknown>, payout: ReviewedPayout): Promise<PayoutReview> =>
    toReview(payout, await appNamesOf(apps), caller.operator.role);
  return [
    consoleRoute({
      ...{ access: 'payouts.read', method: 'GET', path: '/reviews/payouts', input: payoutFilter },
      handle: async ({ input, caller }): Promise<Page<PayoutReview>> => {
        const { page: pageNumber, open, ...query } = input;
        const { list, total } = await payoutReview.list({ ...query, pageNumber, isOpen: open === 'true' });
        const names = await appNamesOf(apps);
        return { list: list.map((payout) => toReview(payout, names, caller.operator.role)), total };
      },
    }),
    consoleRoute({
      ...{ access: 'payouts.decide', method: 'POST', path: '/reviews/payouts/:checkId/ask', input: z.object({}) },
      handle: async (call): Promise<PayoutReview> => {
        const { checkId = '' } = call.params;
        const payout = await payoutReview.askBank(checkId);
        const detail = { status: payout.status };
        await operators.audit.note(call.actor, { action: 'payout-asked', target: `check:${checkId}`, detail });
        return answer(call, payout);
      },
    }),
    consoleRoute({
      ...{ access: 'payouts.decide', method: 'POST', path: '/reviews/payouts/:checkId/end', input: endPayout },
      handle: async (call): Promise<PayoutReview> => {
        const { checkId = '' } = call.params;
        const { status, reason } = call.input;
        const by = `operator:${call.caller.operator.name}`;
        const payout = await payoutReview.end({ checkId, status, reason, by });
        const detail = { status, reason };
        await operators.audit.note(call.actor, { action: 'payout-ended', target: `check:${checkId}`, detail });
        return answer(call, payout);
      },
    }),
  ];
}

function toReview(payout: ReviewedPayout, appNames: ReadonlyMap<string, string>, role: Role): PayoutReview {
  const { company, account, reason, startedAt, expiresAt, endedAt, ...rest } = payout;
  const { name, idNumber } = company;
  return {
    ...{ ...rest, appName: appNames.get(payout.appId) ?? '', account: account ?? null, reason: reason || null },
    company: mayDo(role, 'payouts.decide')
      ? { name, idNumber }
      : { name: maskCompanyName(name), idNumber: maskIdNumber(idNumber) },
    startedAt: startedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
