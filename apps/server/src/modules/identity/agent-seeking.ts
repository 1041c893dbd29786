/** A person has become compliant whom a company's letter may have named before. */
import type { Tx } from '../../kernel/database.ts';
import type { InnerParts } from './parts.ts';
import type { PersonVerification } from './verification.ts';

export const AGENT_TASK = 'identity.bind-agent';

/** The binding is a job's, since the companies' flows must not be locked after the person's. */
export async function tellWaitingCompanies(
  { letters, jobs }: InnerParts,
  tx: Tx,
  { id: verificationId, appId, facts }: PersonVerification,
): Promise<void> {
  const person = { appId, idNumber: facts.idNumber };
  await letters.lockPerson(tx, person);
  const waiting = await letters.listWaiting(tx, person);
  if (waiting.length > 0) await jobs.add(tx, AGENT_TASK, { verificationId });
}
