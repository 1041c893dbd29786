import { Readable } from 'node:stream';
import {
  type ContractDetail,
  type ContractSummary,
  contractFilter,
  type Page,
  revokeContract,
} from '@signet/protocol/console-api';
import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { answerRange } from '../../kernel/http-range.ts';
import type { Apps } from '../../modules/apps/index.ts';
import type { Contracts } from '../../modules/contracts/index.ts';
import type { Operators } from '../../modules/operators/index.ts';
import { appNamesOf } from './app-names.ts';
import { type ConsoleCall, type ConsoleRoute, consoleRoute } from './console-route.ts';
import { toContractDetail, toContractSummary } from './contract-view.ts';
import { toPeriod } from './period.ts';
import { createRepeatedViews } from './repeated-views.ts';

export interface ContractRoutesDependencies {
  readonly apps: Pick<Apps, 'list'>;
  readonly contracts: Contracts;
  readonly operators: Pick<Operators, 'audit'>;
  readonly clock: Clock;
}

const nothing = z.object({});
const whichFile = z.object({ revision: z.coerce.number().int().min(0).max(1_000_000) });

/** A viewer asks for a document in many pieces; looking at it is one event. */

/** 合同 of all apps. Whoever looks at one leaves an entry in the audit log. */
export function contractRoutes(means: ContractRoutesDependencies): ConsoleRoute[] {
  const { apps, contracts, operators } = means;
  const { audit } = operators;
  const detailOf = async (contractId: string): Promise<ContractDetail> =>
    toContractDetail(await contracts.console.inspect(contractId), await appNamesOf(apps));

  return [
    consoleRoute({
      ...{ access: 'contracts.read', method: 'GET', path: '/contracts', input: contractFilter },
      handle: async ({ actor, input }): Promise<Page<ContractSummary>> => {
        const { list, total } = await contracts.console.search({ ...input, ...toPeriod(input) });
        await audit.note(actor, { action: 'contracts-listed', detail: auditable(input) });
        const names = await appNamesOf(apps);
        return { list: list.map((each) => toContractSummary(each, names)), total };
      },
    }),
    consoleRoute({
      ...{ access: 'contracts.read', method: 'GET', path: '/contracts/:contractId', input: nothing },
      handle: async ({ actor, params: { contractId = '' } }) => {
        const detail = await detailOf(contractId);
        await audit.note(actor, { action: 'contract-viewed', target: `contract:${contractId}` });
        return detail;
      },
    }),
    consoleRoute({
      ...{ access: 'contracts.repair', method: 'POST', path: '/contracts/:contractId/repair', input: nothing },
      handle: async ({ actor, params: { contractId = '' } }) => {
        await contracts.console.find(contractId);
        await contracts.sealing.retryOwed(contractId, (tx) =>
          audit.record(tx, actor, { action: 'contract-repaired', target: `contract:${contractId}` }),
        );
        return detailOf(contractId);
      },
    }),
    consoleRoute({
      ...{ access: 'contracts.revoke', method: 'POST', path: '/contracts/:contractId/revoke', input: revokeContract },
      handle: async ({ actor, input, params: { contractId = '' } }) => {
        const { appId } = await contracts.console.find(contractId);
        const entry = { action: 'contract-revoked', target: `contract:${contractId}` };
        await contracts.revoke(contractId, input.reason, { appId, alongside: (tx) => audit.record(tx, actor, entry) });
        return detailOf(contractId);
      },
    }),
    documentRoute(means),
  ];
}

function documentRoute({ contracts, operators, clock }: ContractRoutesDependencies): ConsoleRoute {
  const views = createRepeatedViews(clock);

  return consoleRoute({
    ...{ access: 'contracts.read', method: 'GET', path: '/contracts/:contractId/files/:fileCode', input: whichFile },
    handle: async (call) => {
      const { contractId = '', fileCode = '' } = call.params;
      const { revision } = call.input;
      const { appId } = await contracts.console.find(contractId);
      const file = await contracts.openRevision(appId, { contractId, fileCode, revision });
      await noteView(call);

      const etag = `"${Buffer.from(file.sha256).toString('hex')}"`;
      const { status, headers, range } = answerRange(call.request.headers, { size: file.size, etag });
      call.reply.code(status).headers({
        ...{ ...headers, 'Content-Type': 'application/pdf' },
        'Content-Disposition': `attachment; filename="${fileCode}-${revision}.pdf"`,
      });
      return call.reply.send(range ? Readable.from(file.stream(range), { objectMode: false }) : '');
    },
  });

  function noteView({ caller, actor, params, input }: ConsoleCall<z.output<typeof whichFile>>): Promise<void> {
    const { contractId, fileCode } = params;
    const detail = { fileCode, revision: input.revision };
    return views.note([caller.sessionId, contractId, fileCode, input.revision], () =>
      operators.audit.note(actor, { action: 'document-viewed', target: `contract:${contractId}`, detail }),
    );
  }
}

/** What was typed into the search may be somebody's name. */
function auditable({
  search,
  accountId,
  ...filter
}: z.output<typeof contractFilter>): Readonly<Record<string, unknown>> {
  return {
    ...filter,
    ...(search === undefined ? {} : { search: '***' }),
    ...(accountId === undefined ? {} : { accountId: '***' }),
  };
}
