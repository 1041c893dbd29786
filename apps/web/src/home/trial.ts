/** Asks the server for a sample contract. */
import type { StartTrial, TrialContract, TrialSetting } from '@signet/protocol/page-api';

export class TrialError extends Error {
  readonly reason: 'too-many' | 'bad-name' | 'failed';

  constructor(reason: TrialError['reason']) {
    super(reason);
    this.reason = reason;
  }
}

const REASONS: Readonly<Record<number, TrialError['reason']>> = { 400: 'bad-name', 429: 'too-many' };

export async function getSetting(): Promise<TrialSetting> {
  const response = await fetch('/trial');
  if (!response.ok) throw new TrialError('failed');
  return response.json();
}

export async function startTrial(name: string): Promise<TrialContract> {
  const body: StartTrial = { name };
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch('/trial/contracts', init).catch(() => undefined);
  if (!response?.ok) throw new TrialError(REASONS[response?.status ?? 0] ?? 'failed');
  return response.json();
}
