import type { Db, Tx } from '../../kernel/database.ts';
import { newId19 } from '../../kernel/ids.ts';
import type { CertifiedFacts } from '../identity/index.ts';
import type { UsersContext } from './dependencies.ts';
import type { KeptSeal } from './ports.ts';
import * as store from './store.ts';
import type { User } from './user.ts';
import { archiveStep, userStep } from './user-evidence.ts';

/** What the flow says, without using it up; undefined when no flow was named. */
export async function peekFlow(
  { identity }: UsersContext,
  db: Db,
  flow: { readonly appId: string; readonly verificationId: string | undefined },
): Promise<CertifiedFacts | undefined> {
  const { appId, verificationId } = flow;
  return verificationId === undefined ? undefined : identity.peek(db, { appId, verificationId });
}

/** psnId or corpId: the one that the app's other accounts of this id number have, else a new one. */
export async function subjectIdOf(
  { sealing }: UsersContext,
  tx: Tx,
  user: Pick<User, 'appId' | 'kind' | 'idNumber'>,
): Promise<string> {
  const { appId, kind } = user;
  const idNumberHash = sealing.idNumberHash(appId, kind, user.idNumber);
  return store.claimSubjectId(tx, { appId, kind, idNumberHash }, newId19());
}

export interface Certification {
  readonly step: string;
  /** The flow to use up; absent when the app vouched itself. */
  readonly verificationId: string | undefined;
  readonly seal: KeptSeal;
}

/** Uses the flow up and writes user, flow and seal down in the user's chain. */
export async function recordCertification(
  { secretBox, evidence, identity }: UsersContext,
  tx: Tx,
  user: User,
  { step, verificationId, seal }: Certification,
): Promise<void> {
  const { id: userId, appId } = user;
  const entries = [userStep(secretBox, step, user)];
  if (verificationId !== undefined) {
    await identity.consume(tx, { appId, verificationId, userId });
    entries.push(await archiveStep(tx, evidence, user, verificationId));
  }
  await evidence.appendAll(tx, [...entries, ...seal.evidence]);
}
