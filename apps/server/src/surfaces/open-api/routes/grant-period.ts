import { badParameter } from '@signet/protocol/errors';
import { parseWireTime } from '../../../kernel/time.ts';

interface WirePeriod {
  readonly beginTime?: string | undefined;
  readonly endTime?: string | undefined;
}

/** From when until when a seal is granted; every time that cannot be read is named. */
export function readPeriod({ beginTime, endTime }: WirePeriod) {
  const beginAt = readBegin(beginTime);
  const endAt = endTime === undefined ? undefined : parseWireTime(endTime);

  const problems: Record<string, string> = {};
  if (beginTime !== undefined && !beginAt) problems.beginTime = '时间格式错误';
  if (endTime !== undefined && !endAt) problems.endTime = '时间格式错误';
  if (Object.keys(problems).length > 0) throw badParameter(problems);
  return { beginAt, endAt };
}

/** A day without a time means its end everywhere else, but a period that begins on a day begins in the morning. */
function readBegin(beginTime: string | undefined): Date | undefined {
  if (beginTime === undefined) return undefined;
  return parseWireTime(`${beginTime} 00:00:00`) ?? parseWireTime(beginTime);
}
