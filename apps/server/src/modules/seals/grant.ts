import { ApiError, type ApiErrorName } from '@signet/protocol/errors';
import { toShanghai } from '../../kernel/time.ts';
import type { SealStatus } from './seal.ts';

/** 印章授权: the owner lets this app use one seal without asking again, from begin to end. */
export interface SealGrant {
  readonly authorizeCode: string;
  readonly appId: string;
  readonly sealId: number;
  readonly ownerId: string;
  readonly beginAt: Date;
  readonly endAt: Date;
  readonly state: 'pending' | 'authorized' | 'cancelled';
  /** The app's own reference. */
  readonly businessCode: string | null;
  /** The owner may authorize a pending grant until then; null when no page was asked for it. */
  readonly pendingUntil: Date | null;
  /** When the owner first saw its page. */
  readonly pageOpenedAt: Date | null;
  readonly authorizedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly createdAt: Date;
}

export type SealGrantStatus = SealGrant['state'] | 'expired';

/** Expiry is derived: no job has to run for a grant to end, nor for one that its owner left unanswered. */
export function statusOf(grant: Pick<SealGrant, 'state' | 'endAt' | 'pendingUntil'>, at: Date): SealGrantStatus {
  const { state, endAt, pendingUntil } = grant;
  const isUnanswered = state === 'pending' && pendingUntil !== null && at >= pendingUntil;
  return state !== 'cancelled' && (at > endAt || isUnanswered) ? 'expired' : state;
}

/** A grant with the present status of its seal. */
export interface GrantedSeal {
  readonly grant: SealGrant;
  readonly sealStatus: SealStatus;
}

export interface SilentUse {
  readonly ownerId: string;
  /** The seal that the caller asked for, if any. */
  readonly sealId?: number | undefined;
  readonly at: Date;
}

const OBSTACLES = {
  pending: 'SEAL_GRANT_PENDING',
  expired: 'SEAL_GRANT_EXPIRED',
  cancelled: 'SEAL_GRANT_CANCELLED',
} as const satisfies Record<Exclude<SealGrantStatus, 'authorized'>, ApiErrorName>;

/** Why a grant does not allow this use now; undefined when it does. */
export function obstacleTo({ grant, sealStatus }: GrantedSeal, use: SilentUse): ApiErrorName | undefined {
  if (grant.ownerId !== use.ownerId) return 'SEAL_GRANT_OF_ANOTHER_ACCOUNT';
  if (use.sealId !== undefined && grant.sealId !== use.sealId) return 'SEAL_GRANT_NOT_FOUND';
  const status = statusOf(grant, use.at);
  if (status !== 'authorized') return OBSTACLES[status];
  if (use.at < grant.beginAt) return 'SEAL_GRANT_NOT_STARTED';
  if (sealStatus !== 'enabled') return 'SEAL_NOT_USABLE';
  return undefined;
}

/** The one of several grants that allows the use, the one that lasts longest first; otherwise the newest one says why not. */
export function chooseGrant(grants: readonly GrantedSeal[], use: SilentUse): SealGrant {
  const newestFirst = [...grants].sort((a, b) => b.grant.createdAt.getTime() - a.grant.createdAt.getTime());
  const usable = newestFirst.filter((granted) => obstacleTo(granted, use) === undefined);
  const [best] = usable.sort((a, b) => b.grant.endAt.getTime() - a.grant.endAt.getTime());
  if (best) return best.grant;

  const [newest] = newestFirst;
  throw new ApiError((newest && obstacleTo(newest, use)) ?? 'SEAL_GRANT_NOT_FOUND', { ownerId: use.ownerId });
}

/** The owner says yes. A grant that is authorized already stays as it is. */
export function authorize({ grant, sealStatus }: GrantedSeal, at: Date): SealGrant {
  const status = statusOf(grant, at);
  if (status === 'authorized') return grant;
  const { authorizeCode } = grant;
  if (status !== 'pending') throw new ApiError(OBSTACLES[status], { authorizeCode });
  if (sealStatus !== 'enabled') throw new ApiError('SEAL_NOT_USABLE', { authorizeCode, sealId: grant.sealId });
  return { ...grant, state: 'authorized', authorizedAt: at };
}

/** The owner or the app takes the grant back, or the owner says no. One that is cancelled already stays as it is. */
export function cancel(grant: SealGrant, at: Date): SealGrant {
  return grant.state === 'cancelled' ? grant : { ...grant, state: 'cancelled', cancelledAt: at };
}

export interface GrantPeriod {
  readonly beginAt: Date;
  readonly endAt: Date;
}

const LONGEST_MONTHS = 12;

/** Twelve months from now unless told otherwise; never longer, never over before it begins. */
export function decidePeriod(asked: { beginAt?: Date | undefined; endAt?: Date | undefined }, now: Date): GrantPeriod {
  const beginAt = asked.beginAt ?? now;
  const endAt = asked.endAt ?? monthsLater(beginAt, LONGEST_MONTHS);

  if (endAt <= beginAt) throw periodError('结束时间应晚于开始时间');
  if (endAt <= now) throw periodError('结束时间应晚于当前时间');
  if (endAt > endOfDay(monthsLater(beginAt, LONGEST_MONTHS))) throw periodError('授权期限不能超过12个月');
  return { beginAt, endAt };
}

function periodError(detail: string): ApiError {
  return new ApiError('SEAL_GRANT_PERIOD_INVALID', {}, { detail });
}

/** The same day and time of a later month, its last day when it is shorter; China's days, which have no summer time. */
function monthsLater(from: Date, months: number): Date {
  const [date = '', time = ''] = toShanghai(from).split(' ');
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  const target = new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)));
  const ms = from.getTime() % 1000;
  return new Date(Date.parse(`${target.toISOString().slice(0, 10)}T${time}+08:00`) + ms);
}

/** An end that was given as a day lasts until that day is over. */
function endOfDay(instant: Date): Date {
  return new Date(Date.parse(`${toShanghai(instant).slice(0, 10)}T23:59:59.999+08:00`));
}
