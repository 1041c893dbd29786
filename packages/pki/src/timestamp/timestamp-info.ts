/** TSTInfo: what a timestamp token says. RFC 3161 §2.4.2. */
import { type Der, decodeDer, Fields, readOid, readSmallInteger, readTime, readUnsigned } from '../asn1/reader.ts';
import { contextTag, primitiveContextTag, TAG } from '../asn1/tags.ts';
import { preciseTime } from '../asn1/time.ts';
import { integer, oid, sequence, tlv, unsignedInteger } from '../asn1/writer.ts';
import { PkiError } from '../error.ts';
import { type MessageImprint, readImprint } from './message-imprint.ts';

export interface TimestampInfoInput {
  readonly policyOid: string;
  /** MessageImprint in DER. */
  readonly imprint: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly time: Date;
  readonly accuracyMillis?: number | undefined;
  /** INTEGER in DER. */
  readonly nonce?: Uint8Array | undefined;
}

export interface TimestampInfo {
  readonly policy: string;
  readonly imprint: MessageImprint;
  readonly serialNumber: Uint8Array;
  readonly time: Date;
  /** Content octets of the INTEGER. */
  readonly nonce: Uint8Array | undefined;
}

export function encodeTimestampInfo(info: TimestampInfoInput): Uint8Array {
  return sequence(
    integer(1),
    oid(info.policyOid),
    info.imprint,
    unsignedInteger(info.serialNumber),
    preciseTime(info.time),
    ...(info.accuracyMillis ? [accuracy(info.accuracyMillis)] : []),
    ...(info.nonce ? [info.nonce] : []),
  );
}

export function decodeTimestampInfo(bytes: Uint8Array): TimestampInfo {
  const fields = new Fields(decodeDer(bytes), 'TSTInfo');
  if (readSmallInteger(fields.next(TAG.integer)) !== 1) {
    throw new PkiError('MALFORMED', 'TSTInfo: not version 1');
  }
  const policy = readOid(fields.next(TAG.oid));
  const imprint = readImprint(fields.next(TAG.sequence));
  const serialNumber = readUnsigned(fields.next(TAG.integer));
  const time = readTime(fields.next(TAG.generalizedTime));
  const nonce = readRest(fields);
  return { policy, imprint, serialNumber, time, nonce: nonce?.content };
}

/** Accuracy, ordering, nonce, tsa, extensions: only the nonce matters to us. */
function readRest(fields: Fields): Der | undefined {
  fields.optional(TAG.sequence);
  fields.optional(TAG.boolean);
  const nonce = fields.optional(TAG.integer);
  fields.optional(contextTag(0));
  fields.optional(contextTag(1));
  fields.end();
  return nonce;
}

/** Seconds, and milliseconds from 1 to 999 under [0]. */
function accuracy(millis: number): Uint8Array {
  const [seconds, rest] = [Math.floor(millis / 1000), millis % 1000];
  return sequence(
    ...(seconds > 0 ? [integer(seconds)] : []),
    ...(rest > 0 ? [tlv(primitiveContextTag(0), integer(rest).subarray(2))] : []),
  );
}
