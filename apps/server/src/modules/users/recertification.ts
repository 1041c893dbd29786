import { ApiError } from '@signet/protocol/errors';
import type { CertifiedFacts } from '../identity/index.ts';
import { requireKind } from './facts.ts';
import type { AnyUser, User } from './user.ts';

export interface Recertified {
  readonly step: 'user-verified' | 'user-modified';
  readonly identity: Pick<User, 'name' | 'idDocumentType' | 'idNumber' | 'verificationId'>;
  /** A first seal, or another one for another name. */
  readonly needsSeal: boolean;
}

/** A flow verifies an unverified person; of a verified one it must be about the same id number and may change the name. */
export function recertify(person: AnyUser, certified: CertifiedFacts): Recertified {
  requireKind(certified, 'person');
  const { name, idDocumentType, verificationId } = certified;
  const identity = { name, idDocumentType, idNumber: certified.idNumber.toUpperCase(), verificationId };

  if (person.state === 'unverified') return { step: 'user-verified', identity, needsSeal: true };

  if (person.idNumber !== identity.idNumber) {
    throw new ApiError('FLOW_OF_ANOTHER_PERSON', { verificationId });
  }
  return { step: 'user-modified', identity, needsSeal: person.name !== name };
}
