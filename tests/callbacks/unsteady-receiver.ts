/** A receiver that fails three times in ten, in every way it can, and keeps watch over what arrives. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CallbackInbox,
  openCallbackInbox,
  type ReceivedCallback,
  type Reply,
} from '../../apps/server/src/testing/callback-inbox.ts';
import { createRandom } from '../durability/random.ts';
import { expectedSignature, signaturesOf } from './signatures.ts';

const FAILURES: readonly Reply[] = [
  ...[{ status: 500 }, { status: 500 }, { status: 503, headers: { 'retry-after': '1' } }, { status: 302 }],
  ...[{ status: 404 }, { hangUp: true }, { hangUp: true }],
];
const FAILING_PERCENT = 30;
/** Of a thousand: longer than the sender waits. */
const SLOW_PERMILLE = 5;
const SLOW_MS = 1_500;

export interface UnsteadyReceiver {
  readonly inbox: CallbackInbox;
  /** Everything that went wrong, as sentences. */
  readonly faults: readonly string[];
  /** By `contract/number`: when it was first answered 200, on the clock of `Date`. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** How many requests were answered otherwise. */
  failures(): number;
  close(): Promise<void>;
}

export async function openUnsteadyReceiver(secret: string, seed: number): Promise<UnsteadyReceiver> {
  const random = createRandom(seed);
  const inbox = await openCallbackInbox();
  const faults: string[] = [];
  const arrivals = new Map<string, number>();
  const numbers = new Map<string, string>();
  const ids = new Map<string, string>();
  let failures = 0;

  inbox.answerWith(async (received) => {
    const { contractId, accountId, transactionId } = received.json;
    const name = `${contractId}/${accountId}`;
    faults.push(...judge(received, name));
    numbers.set(String(transactionId), name);
    ids.set(name, String(transactionId));

    const isSlow = random.below(1_000) < SLOW_PERMILLE;
    if (!isSlow && random.below(100) >= FAILING_PERCENT) {
      if (!arrivals.has(name)) arrivals.set(name, Date.now());
      return {};
    }
    failures += 1;
    if (isSlow) await sleep(SLOW_MS);
    return isSlow ? { hangUp: true } : (FAILURES[random.below(FAILURES.length)] ?? {});
  });
  return { inbox, faults, arrivals, failures: () => failures, close: inbox.close };

  function judge(received: ReceivedCallback, name: string): string[] {
    const { contractId, accountId, transactionId } = received.json;
    const found: string[] = [];
    if (Number(accountId) > 1 && !arrivals.has(`${contractId}/${Number(accountId) - 1}`)) {
      found.push(`${name} came before the one before it was received`);
    }
    if ((ids.get(name) ?? transactionId) !== transactionId) found.push(`${name} came under two numbers`);
    if ((numbers.get(String(transactionId)) ?? name) !== name) found.push(`${name} came under the number of another`);
    if (received.headers['webhook-id'] !== transactionId) found.push(`${name} has two numbers in one request`);
    if (!signaturesOf(received).includes(expectedSignature(secret, received))) found.push(`${name} is not signed`);
    return found;
  }
}
