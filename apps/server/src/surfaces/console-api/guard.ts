/** Who may call: a page of this server, an operator with the route's permission. */
import { mayDo } from '@signet/protocol/console-api';
import type { FastifyRequest } from 'fastify';
import type { LoggedIn } from '../../modules/operators/index.ts';
import type { ConsoleRoute } from './console-route.ts';
import { ConsoleError } from './refusal.ts';

/**
 * A foreign page can neither send the header without asking first, which is never allowed, nor hide where it comes from. What sends
 * no Origin at all is no browser, and carries no browser's cookie.
 */
export function requireOwnPage(request: FastifyRequest, publicOrigin: string): void {
  const { origin } = request.headers;
  const isOwn = origin === undefined || origin === publicOrigin || origin === `${request.protocol}://${request.host}`;
  if (request.headers['x-signet-console'] !== '1' || !isOwn) throw new ConsoleError('FORBIDDEN');
}

export function authorize(
  { access, isForNewcomers = false }: Pick<ConsoleRoute, 'access' | 'isForNewcomers'>,
  caller: LoggedIn | undefined,
): void {
  if (access === 'anyone') return;
  if (!caller) throw new ConsoleError('NOT_LOGGED_IN');
  if (caller.operator.mustChangePassword && !isForNewcomers) throw new ConsoleError('PASSWORD_CHANGE_NEEDED');
  if (access !== 'account' && !mayDo(caller.operator.role, access)) throw new ConsoleError('FORBIDDEN');
}
