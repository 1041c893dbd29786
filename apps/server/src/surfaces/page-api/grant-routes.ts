/** The grant page's calls (静默签授权页面); every command answers the state as it is afterwards. */
import { type GrantState, type SentCode, smsCode } from '@signet/protocol/page-api';
import { z } from 'zod';
import { maskPhone } from '../../kernel/mask.ts';
import type { GrantCeremony, GrantView, GrantVisit } from '../../modules/seals/index.ts';
import { returnAddress } from '../../modules/tickets/index.ts';
import { type PageCall, type PageRoute, pageRoute } from './page-route.ts';
import { PageError } from './refusal.ts';
import { toSealChoice } from './seal-choice.ts';
import { toSentCode } from './sent-code.ts';

const nothing = z.unknown();

type GrantCall<Input> = PageCall<'grant', Input>;

export interface GrantPageModules {
  readonly grantCeremony: GrantCeremony;
}

export function grantPageRoutes({ grantCeremony }: GrantPageModules): PageRoute[] {
  const stateOf = async (call: GrantCall<unknown>): Promise<GrantState> =>
    toGrantState(await grantCeremony.view(visitOf(call)), call);

  return [
    pageRoute({ purpose: 'grant', method: 'GET', path: '/grant', input: nothing, handle: stateOf }),
    pageRoute({
      ...{ purpose: 'grant', method: 'POST', path: '/grant/code', input: nothing },
      handle: async (call): Promise<SentCode> => {
        const { phone, issued } = await grantCeremony.sendCode(visitOf(call));
        return toSentCode(phone, issued);
      },
    }),
    pageRoute({
      ...{ purpose: 'grant', method: 'POST', path: '/grant/confirm', input: smsCode },
      handle: async (call) => {
        const judged = await grantCeremony.confirm(visitOf(call), call.input.code);
        if (!judged.passed) throw new PageError('WRONG_CODE', { remainingAttempts: judged.remainingAttempts });
        return stateOf(call);
      },
    }),
    pageRoute({
      ...{ purpose: 'grant', method: 'POST', path: '/grant/cancel', input: nothing },
      handle: async (call) => {
        await grantCeremony.cancel(visitOf(call));
        return stateOf(call);
      },
    }),
  ];
}

function visitOf({ app, subject, isExpired }: GrantCall<unknown>): GrantVisit {
  return { app, authorizeCode: subject.authorizeCode, isExpired };
}

function toGrantState(view: GrantView, call: GrantCall<unknown>): GrantState {
  const { step, status, grant, owner, phone, mayCancel } = view;
  return {
    ...call.setting,
    ...{ step, status, mayCancel },
    owner: { name: owner.name, kind: owner.kind, phone: maskPhone(phone) },
    seal: toSealChoice(view.seal),
    beginAt: grant.beginAt.toISOString(),
    endAt: grant.endAt.toISOString(),
    authorizedAt: toIso(grant.authorizedAt),
    cancelledAt: toIso(grant.cancelledAt),
    redirect: redirectOf(view, call),
  };
}

const RETURN_STATUS = { authorized: 'passed', cancelled: 'cancelled' } as const;

function redirectOf({ status, grant: { businessCode } }: GrantView, { ticket }: GrantCall<unknown>) {
  if (status !== 'authorized' && status !== 'cancelled') return null;
  return returnAddress(ticket, { businessCode, status: RETURN_STATUS[status] });
}

function toIso(instant: Date | null): string | null {
  return instant ? instant.toISOString() : null;
}
