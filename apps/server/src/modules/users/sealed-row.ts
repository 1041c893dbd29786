import type { SecretBox } from '../../kernel/secret-box.ts';
import type { users } from './schema.ts';
import type { AnyUser, User, UserKind } from './user.ts';

export type UserRow = typeof users.$inferSelect;

/** What a user is read from; the hash is only for finding. */
export type ReadableRow = Omit<UserRow, 'idNumberHash'>;

type Identity = Pick<User, 'name' | 'idDocumentType' | 'idNumber' | 'legalRepresentative'>;
type PersonalData = Pick<User, 'phone'> & Partial<Identity>;

export type UserSealing = ReturnType<typeof createUserSealing>;

/** Between a user and its row. The box is sealed to its own row, so that boxes cannot be exchanged. */
export function createUserSealing(secretBox: SecretBox) {
  /** Finds the accounts of one id number; another app's hash of the same number is another one. */
  function idNumberHash(appId: string, kind: UserKind, idNumber: string): Uint8Array {
    return secretBox.keyedHash(`${appId}:${kind}:${idNumber.toUpperCase()}`, 'user.id-number');
  }

  /** Finds the id of an account whose person was forgotten. */
  function accountHash(appId: string, accountId: string): Uint8Array {
    return secretBox.keyedHash(`${appId}:${accountId}`, 'user.forgotten-account');
  }

  function toRow(user: AnyUser): UserRow {
    const { id, appId, accountId, kind, state, createdAt } = user;
    const personalData = secretBox.seal(JSON.stringify(personalDataOf(user)), personalDataContext(id));
    const account = { id, appId, accountId, kind, state, createdAt, personalData };
    if (user.state === 'unverified') return { ...account, ...UNVERIFIED };

    return {
      ...account,
      subjectId: user.subjectId,
      idNumberHash: idNumberHash(appId, kind, user.idNumber),
      agentUserId: user.agentUserId ?? null,
      verificationId: user.verificationId ?? null,
      defaultSealId: user.defaultSealId,
      certifiedAt: user.certifiedAt,
    };
  }

  function toUser(row: ReadableRow): AnyUser {
    const { id, appId, accountId, createdAt } = row;
    const personal = JSON.parse(secretBox.openText(row.personalData, personalDataContext(id))) as PersonalData;
    const { phone, name } = personal;
    const account = { id, appId, accountId, createdAt, phone };

    if (row.state === 'verified') return { ...account, ...identityOf(row, personal) };
    return { ...account, state: 'unverified', kind: 'person', ...(name !== undefined && { name }) };
  }

  return { idNumberHash, accountHash, toRow, toUser };
}

function personalDataOf(user: AnyUser): PersonalData {
  const { phone } = user;
  if (user.state === 'unverified') return { phone, ...(user.name !== undefined && { name: user.name }) };

  const { name, idDocumentType, idNumber, legalRepresentative } = user;
  return { phone, name, idDocumentType, idNumber, ...(legalRepresentative && { legalRepresentative }) };
}

type VerifiedPart = Omit<User, 'id' | 'appId' | 'accountId' | 'createdAt' | 'phone'>;

function identityOf(row: ReadableRow, personal: PersonalData): VerifiedPart {
  const { kind, subjectId, defaultSealId, certifiedAt, agentUserId, verificationId } = row;
  const { name, idDocumentType, idNumber, legalRepresentative } = personal;
  if (!subjectId || !name || !idDocumentType || !idNumber || !defaultSealId || !certifiedAt) {
    throw new Error('a verified user without identity');
  }
  return {
    ...{ state: 'verified', kind, subjectId, name, idDocumentType, idNumber, defaultSealId, certifiedAt },
    ...(legalRepresentative && { legalRepresentative }),
    ...(agentUserId && { agentUserId }),
    ...(verificationId && { verificationId }),
  };
}

const UNVERIFIED = {
  subjectId: null,
  idNumberHash: null,
  agentUserId: null,
  verificationId: null,
  defaultSealId: null,
  certifiedAt: null,
} as const;

export function personalDataContext(userId: string): string {
  return `user.personal-data:${userId}`;
}
