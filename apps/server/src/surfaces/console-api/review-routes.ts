import {
  decideLetter,
  type LetterDecided,
  type LetterReview,
  letterFilter,
  type Page,
} from '@signet/protocol/console-api';
import { z } from 'zod';
import type { Apps } from '../../modules/apps/index.ts';
import type { Files } from '../../modules/files/index.ts';
import type { Identity, OpenLetter } from '../../modules/identity/index.ts';
import type { Operators } from '../../modules/operators/index.ts';
import { appNamesOf } from './app-names.ts';
import { type ConsoleRoute, consoleRoute } from './console-route.ts';

export interface ReviewRoutesDependencies {
  readonly apps: Pick<Apps, 'list'>;
  readonly files: Pick<Files, 'read'>;
  readonly identity: Identity;
  readonly operators: Pick<Operators, 'audit'>;
}

const access = 'reviews.decide';

/** 审核: who reads a letter and who decides it stands in the audit log. */
export function reviewRoutes({ apps, files, identity, operators }: ReviewRoutesDependencies): ConsoleRoute[] {
  return [
    consoleRoute({
      ...{ access, method: 'GET', path: '/reviews/letters', input: letterFilter },
      handle: async ({ input: { page: pageNumber, pageSize } }): Promise<Page<LetterReview>> => {
        const { list, total } = await identity.listOpenAuthorizations({ pageNumber, pageSize });
        const names = await appNamesOf(apps);
        return { list: list.map((letter) => toReview(letter, names)), total };
      },
    }),
    consoleRoute({
      ...{ access, method: 'GET', path: '/reviews/letters/:checkId/file', input: z.object({}) },
      handle: async ({ actor, params: { checkId = '' }, reply }) => {
        const { appId, fileCode } = await identity.findAuthorization(checkId);
        const bytes = await files.read(appId, fileCode);
        await operators.audit.note(actor, { action: 'letter-viewed', target: `check:${checkId}` });
        return reply.type('application/pdf').send(Buffer.from(bytes));
      },
    }),
    consoleRoute({
      ...{ access, method: 'POST', path: '/reviews/letters/:checkId/decision', input: decideLetter },
      handle: async ({ actor, caller, params: { checkId = '' }, input }): Promise<LetterDecided> => {
        const { status, remark } = input;
        const by = `operator:${caller.operator.name}`;
        await identity.decideAuthorization({ checkId, passed: status === 'passed', remark, by });
        await operators.audit.note(actor, { action: 'letter-decided', target: `check:${checkId}`, detail: { status } });
        return { checkId, status };
      },
    }),
  ];
}

function toReview(letter: OpenLetter, appNames: ReadonlyMap<string, string>): LetterReview {
  const { checkId, verificationId, appId, uploadedAt, company, agent } = letter;
  const { name, idNumber, legalRepresentative } = company;
  return {
    ...{ checkId, verificationId, appId, appName: appNames.get(appId) ?? '', uploadedAt: uploadedAt.toISOString() },
    company: { name, idNumber, representativeName: legalRepresentative.name },
    agent,
  };
}
