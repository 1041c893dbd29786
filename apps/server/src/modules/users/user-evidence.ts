import type { Tx } from '../../kernel/database.ts';
import { maskIdNumber, maskName, maskPhone } from '../../kernel/mask.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { Evidence, EvidenceSubject, NewEvidence } from '../evidence/index.ts';
import type { AnyUser } from './user.ts';

export const subjectOf = (userId: string): EvidenceSubject => `user:${userId}`;

/** A step of a user's life. What a reader must recognize is masked and can be shredded; what a check must compare is a keyed hash. */
export function userStep(secretBox: SecretBox, kind: string, user: AnyUser): NewEvidence {
  const { id, appId, phone, ...rest } = user;
  const facts = factsOf(user);
  return {
    appId,
    subject: subjectOf(id),
    kind,
    content: {
      userKind: rest.kind,
      state: rest.state,
      accountIdHash: hex(secretBox.keyedHash(rest.accountId, 'user.evidence.account-id')),
      factsHash: hex(secretBox.keyedHash(JSON.stringify([...facts, phone]), 'user.evidence.facts')),
      verificationId: user.state === 'verified' ? (user.verificationId ?? null) : null,
      agentUserId: user.state === 'verified' ? (user.agentUserId ?? null) : null,
      defaultSealId: user.state === 'verified' ? user.defaultSealId : null,
    },
    personal: {
      phone: maskPhone(phone),
      name: user.name === undefined ? null : maskName(user.name),
      idNumber: user.state === 'verified' ? maskIdNumber(user.idNumber) : null,
    },
  };
}

/** Ties the chain of a used-up flow to the user: its number and its newest hash (自动进行存证). */
export async function archiveStep(
  tx: Tx,
  evidence: Evidence,
  user: { readonly id: string; readonly appId: string },
  verificationId: string,
): Promise<NewEvidence> {
  const head = await evidence.headOf(tx, `verification:${verificationId}`);
  return {
    appId: user.appId,
    subject: subjectOf(user.id),
    kind: 'verification-archived',
    content: { verificationId, chainLength: head?.sequence ?? 0, chainHead: head?.hash ?? null },
  };
}

function factsOf(user: AnyUser): (string | null)[] {
  if (user.state === 'unverified') return [user.name ?? null];
  const { name, idDocumentType, idNumber, legalRepresentative: representative } = user;
  return [
    name,
    idDocumentType,
    idNumber,
    representative?.name ?? null,
    representative?.idDocumentType ?? null,
    representative?.idNumber ?? null,
  ];
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
