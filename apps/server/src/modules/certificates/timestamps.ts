/** The embedded timestamp authority (时间戳服务). RFC 3161. */
import { issueTimestampToken, newSerialNumber, respondToTimestampRequest, type TimestampAuthority } from '@signet/pki';
import type { Clock } from '../../kernel/clock.ts';
import type { Authorities } from './authorities.ts';

/**
 * The policy under which every token is issued: the time is that of the server's clock, claimed to be right within a second,
 * and the operator keeps that clock. The number is a UUID of this project's own (ITU-T X.667): it claims no one else's policy.
 */
export const TIMESTAMP_POLICY = '2.25.186214124848313908972330656018699662783';

const ACCURACY_MILLIS = 1000;

export interface Timestamps {
  /** A token over a SHA-256 digest. */
  timestamp(digest: Uint8Array): Promise<Uint8Array>;
  /** The answer to a TimeStampReq; bytes that are none get a rejection. */
  respondToTimestampRequest(request: Uint8Array): Promise<Uint8Array>;
}

export function createTimestamps(authorities: Authorities, clock: Clock): Timestamps {
  async function authorityNow(): Promise<TimestampAuthority> {
    const { certificate, key } = await authorities.ready('tsa');
    return {
      certificate,
      chain: [],
      key,
      policyOid: TIMESTAMP_POLICY,
      serialNumber: newSerialNumber(),
      time: clock.now(),
      accuracyMillis: ACCURACY_MILLIS,
    };
  }

  return {
    timestamp: async (digest) => issueTimestampToken({ digest, tsa: await authorityNow() }),
    respondToTimestampRequest: async (request) => respondToTimestampRequest(request, await authorityNow()),
  };
}
