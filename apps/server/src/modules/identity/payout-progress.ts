/** Carries a payout on: the order is placed and its state asked for after the transaction that wrote it down. */
import type { Tx } from '../../kernel/database.ts';
import { finish, lockCheck } from './check-access.ts';
import type { InnerParts } from './parts.ts';
import type { Payout } from './payout-store.ts';
import { IdentitySourceUnavailable, type PayoutOrder, type PayoutState, type PayoutStatus } from './ports.ts';
import { appendEvidence } from './recording.ts';
import { type Dossier, isOpen, isPersonal, provenMobile } from './verification.ts';

export const PAYOUT_TASK = 'identity.payout';

/** When the bank is asked again unless a caller asks before. Money that has arrived may still be sent back within days. */
const ASK_AGAIN_MS: Readonly<Record<'pending' | 'paid', number>> = { pending: 30_000, paid: 6 * 3_600_000 };

/** Asks the bank and writes down what has changed; a bank that does not answer changes nothing. */
export async function advancePayout(parts: InnerParts, checkId: string): Promise<void> {
  const known = await parts.payouts.find(parts.database.db, checkId);
  if (!known?.order) return;
  const state = await askBank(parts, known.order);
  if (!state || state.status === known.status) return;

  await parts.database.transaction(async (tx) => {
    const { dossier, check } = await lockCheck(parts, tx, known.appId, checkId);
    const payout = await parts.payouts.find(tx, checkId);
    if (!payout?.order || !isOpen(check) || payout.status === state.status) return;
    await applyState(parts, tx, { dossier, payout: { ...payout, order: payout.order }, state });
  });
}

/** A job's turn: at least once, and again later while the check is open. */
export async function payoutTurn(parts: InnerParts, checkId: string): Promise<void> {
  await advancePayout(parts, checkId);
  const payout = await parts.payouts.find(parts.database.db, checkId);
  if (!payout?.order) return;
  const { status } = payout;
  await parts.database.transaction((tx) => schedulePayout(parts, tx, { checkId, status }));
}

export async function schedulePayout(
  { jobs, clock }: InnerParts,
  tx: Tx,
  { checkId, status }: Pick<Payout, 'checkId' | 'status'>,
): Promise<void> {
  if (status !== 'pending' && status !== 'paid') return;
  const runAt = new Date(clock.now().getTime() + ASK_AGAIN_MS[status]);
  await jobs.add(tx, PAYOUT_TASK, { checkId }, { runAt, jobKey: `${PAYOUT_TASK}:${checkId}` });
}

async function askBank({ payoutBank }: InnerParts, order: PayoutOrder): Promise<PayoutState | undefined> {
  try {
    return await payoutBank.pay(order);
  } catch (error) {
    if (!(error instanceof IdentitySourceUnavailable)) throw error;
    return undefined;
  }
}

interface Change {
  readonly dossier: Dossier;
  readonly payout: Payout & { readonly order: PayoutOrder };
  readonly state: PayoutState;
}

async function applyState(parts: InnerParts, tx: Tx, { dossier, payout, state }: Change): Promise<void> {
  const { checkId, appId, order } = payout;
  const { status, reason, source, requestId } = state;
  await parts.payouts.save(tx, { ...payout, status, reason });
  await appendEvidence(parts, tx, dossier.verification, {
    kind: 'payout-advanced',
    content: { checkId, status, reason, source, requestId },
  });
  if (status === 'paid') await tellCustomer(parts, tx, appId, { dossier, order });
  if (isLost(status)) await finish(parts, tx, dossier, { checkId, outcome: 'un_passed', reason, source, requestId });
}

function isLost(status: PayoutStatus): boolean {
  return status === 'failed' || status === 'returned';
}

/** In a sandbox nobody has an account to look at: the bank's message goes to the agent, who is the one to report the amount. */
async function tellCustomer(
  { payoutBank, messaging }: InnerParts,
  tx: Tx,
  appId: string,
  { dossier, order }: { dossier: Dossier; order: PayoutOrder },
): Promise<void> {
  if (!payoutBank.customerMessage || isPersonal(dossier) || !dossier.agent) return;
  const phone = provenMobile(dossier.agent);
  if (phone !== undefined) await messaging.queueText(tx, appId, { phone, text: payoutBank.customerMessage(order) });
}
