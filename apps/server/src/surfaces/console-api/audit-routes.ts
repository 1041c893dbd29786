import { type AuditEntry, auditFilter, type Page } from '@signet/protocol/console-api';
import type { Operators } from '../../modules/operators/index.ts';
import { type ConsoleRoute, consoleRoute } from './console-route.ts';
import { toPeriod } from './period.ts';

export function auditRoutes({ operators }: { readonly operators: Operators }): ConsoleRoute[] {
  return [
    consoleRoute({
      ...{ access: 'audit.read', method: 'GET', path: '/audit', input: auditFilter },
      handle: async ({ input }): Promise<Page<AuditEntry>> => {
        const { list, total } = await operators.audit.list({ ...input, ...toPeriod(input) });
        const entries = list.map(({ id, at, accountName, action, target, detail, ip }) => ({
          ...{ entryId: id, at: at.toISOString(), accountName, action, target, detail, ip },
        }));
        return { list: entries, total };
      },
    }),
  ];
}
