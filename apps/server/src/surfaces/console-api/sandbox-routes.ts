import {
  type OutboxMessage,
  outboxFilter,
  type Page,
  type RegistryEntry,
  registryFilter,
} from '@signet/protocol/console-api';
import type { Clock } from '../../kernel/clock.ts';
import type { RegistryDirectory, RegistryListing } from '../../modules/identity/index.ts';
import type { Messaging } from '../../modules/messaging/index.ts';
import type { Operators } from '../../modules/operators/index.ts';
import { type ConsoleRoute, consoleRoute } from './console-route.ts';
import { ConsoleError } from './refusal.ts';
import { createRepeatedViews } from './repeated-views.ts';

export interface SandboxRoutesDependencies {
  readonly messaging: Pick<Messaging, 'listSandboxMessages'>;
  /** Only a sandbox has one. */
  readonly sandboxRegistry: RegistryDirectory | undefined;
  readonly operators: Pick<Operators, 'audit'>;
  readonly clock: Clock;
}

/** 沙箱: whom the registry knows, and the messages that would have been sent. A production installation has neither. */
export function sandboxRoutes(means: SandboxRoutesDependencies): ConsoleRoute[] {
  const { messaging, sandboxRegistry, operators } = means;
  const views = createRepeatedViews(means.clock);
  return [
    consoleRoute({
      ...{ access: 'sandbox.read', method: 'GET', path: '/sandbox/registry', input: registryFilter },
      handle: async ({ input: { keyword, page, pageSize } }): Promise<Page<RegistryEntry>> => {
        if (!sandboxRegistry) throw new ConsoleError('NOT_FOUND');
        const { list, total } = await sandboxRegistry.list({ keyword, pageNumber: page, pageSize });
        return { list: list.map(toEntry), total };
      },
    }),
    consoleRoute({
      ...{ access: 'sandbox.read', method: 'GET', path: '/sandbox/messages', input: outboxFilter },
      handle: async ({ caller, actor, input: { appId, phone, page, pageSize } }): Promise<Page<OutboxMessage>> => {
        if (!sandboxRegistry) throw new ConsoleError('NOT_FOUND');
        await views.note([caller.sessionId, appId], () =>
          operators.audit.note(actor, { action: 'messages-viewed', detail: { appId } }),
        );
        const query = { phone, pageNumber: page, pageSize };
        const { list, total } = await messaging.listSandboxMessages({ id: appId }, query);
        return { list: list.map(({ at, ...message }) => ({ ...message, at: at.toISOString() })), total };
      },
    }),
  ];
}

const OUTCOMES = { passed: '通过', un_passed: '不通过', unavailable: '数据源不可用' } as const;

interface Verdict {
  readonly outcome: keyof typeof OUTCOMES;
  readonly reason: string;
}

/** Facts under the names that the open API takes them by. */
function toEntry(listing: RegistryListing): RegistryEntry {
  if (listing.kind === 'person') {
    const { facts, mobile, verdicts } = listing;
    const psn = { psnName: facts.name, psnIDCardType: facts.idDocumentType, psnIDCardNum: facts.idNumber };
    return {
      kind: 'person',
      facts: { ...psn, ...(mobile === undefined ? {} : { psnMobile: mobile }) },
      behavior: `二要素 ${describe(verdicts.nameAndIdCheck)};运营商三要素 ${describe(verdicts.carrierCheck)}`,
    };
  }
  const { facts, verdicts } = listing;
  const { name, idNumber } = facts.legalRepresentative;
  const corp = { corpName: facts.name, corpIDCardType: facts.idDocumentType, corpIDCardNum: facts.idNumber };
  return {
    kind: 'company',
    facts: { ...corp, legalRepName: name, ...(idNumber === undefined ? {} : { legalRepIDCardNum: idNumber }) },
    behavior: `企业三要素 ${describe(verdicts.companyRecordCheck)};企业四要素 ${describe(verdicts.companyRepresentativeCheck)}`,
  };
}

function describe({ outcome, reason }: Verdict): string {
  return `${OUTCOMES[outcome]}(${reason})`;
}
