/** The calls of the page on which a person is verified (个人实名认证页面). */
import type { PersonVerificationState } from '@signet/protocol/page-api';
import type { Identity } from '../../modules/identity/index.ts';
import { type PageRoute, pageRoute } from './page-route.ts';
import {
  nothing,
  personCommands,
  type VerificationCall,
  type VerificationPurpose,
  visitOf,
} from './verification-commands.ts';
import { toPersonPart, toRedirect, toResult } from './verification-view.ts';

export function personVerificationRoutes({ identity }: { readonly identity: Identity }): PageRoute[] {
  const { pageCeremony: ceremony } = identity;
  const stateOf = async (call: VerificationCall): Promise<PersonVerificationState> => {
    const view = await ceremony.view(visitOf(call));
    return {
      ...{ ...call.setting, kind: 'person', person: toPersonPart(view) },
      ...{ result: toResult(view), redirect: toRedirect(view, call.ticket) },
    };
  };
  const purpose = 'verify-person' as VerificationPurpose;
  return [
    pageRoute({ purpose, method: 'GET', path: '/verify-person', input: nothing, handle: stateOf }),
    ...personCommands({ purpose, base: '/verify-person', ceremony, stateOf }),
  ];
}
