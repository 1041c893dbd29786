import type { SecretBox } from '../../kernel/secret-box.ts';
import type { users } from './schema.ts';
import type { AnyUser, LegalRepresentative, User, UserKind } from './user.ts';

export type UserRow = typeof users.$inferSelect;

export type UserSealing = ReturnType<typeof createUserSealing>;

/** Between a user and its row: personal data is sealed to its own row and column, so that boxes cannot be exchanged. */
export function createUserSealing(secretBox: SecretBox) {
  const seal = (text: string, column: string, id: string) => secretBox.seal(text, `user.${column}:${id}`);
  const open = (box: Uint8Array, column: string, id: string) => secretBox.openText(box, `user.${column}:${id}`);

  /** Finds the accounts of one id number; another app's hash of the same number is another one. */
  function idNumberHash(appId: string, kind: UserKind, idNumber: string): Uint8Array {
    return secretBox.keyedHash(`${appId}:${kind}:${idNumber.toUpperCase()}`, 'user.id-number');
  }

  function toRow(user: AnyUser): UserRow {
    const { id, appId, accountId, kind, state, createdAt } = user;
    const account = { id, appId, accountId, kind, state, createdAt, phone: seal(user.phone, 'phone', id) };
    if (user.state === 'unverified') {
      return { ...account, ...NO_IDENTITY, name: user.name === undefined ? null : seal(user.name, 'name', id) };
    }
    const representative = user.legalRepresentative;
    return {
      ...account,
      subjectId: user.subjectId,
      name: seal(user.name, 'name', id),
      idDocumentType: user.idDocumentType,
      idNumber: seal(user.idNumber, 'id-number', id),
      idNumberHash: idNumberHash(appId, kind, user.idNumber),
      legalRepresentative: representative ? seal(JSON.stringify(representative), 'legal-representative', id) : null,
      agentUserId: user.agentUserId ?? null,
      verificationId: user.verificationId ?? null,
      defaultSealId: user.defaultSealId,
      certifiedAt: user.certifiedAt,
    };
  }

  function toUser(row: UserRow): AnyUser {
    const { id, appId, accountId, createdAt } = row;
    const account = { id, appId, accountId, createdAt, phone: open(row.phone, 'phone', id) };
    if (row.state === 'unverified') {
      const named = row.name ? { name: open(row.name, 'name', id) } : {};
      return { ...account, state: 'unverified', kind: 'person', ...named };
    }
    const { subjectId, name, idDocumentType, idNumber, defaultSealId, certifiedAt } = row;
    if (!subjectId || !name || !idDocumentType || !idNumber || !defaultSealId || !certifiedAt) {
      throw new Error('a verified user without identity');
    }
    return {
      ...account,
      state: 'verified',
      kind: row.kind,
      subjectId,
      name: open(name, 'name', id),
      idDocumentType,
      idNumber: open(idNumber, 'id-number', id),
      defaultSealId,
      certifiedAt,
      ...optionalParts(row),
    };
  }

  function optionalParts(row: UserRow): Pick<User, 'legalRepresentative' | 'agentUserId' | 'verificationId'> {
    const { legalRepresentative: box, agentUserId, verificationId } = row;
    return {
      ...(box && { legalRepresentative: JSON.parse(open(box, 'legal-representative', row.id)) as LegalRepresentative }),
      ...(agentUserId && { agentUserId }),
      ...(verificationId && { verificationId }),
    };
  }

  return { idNumberHash, toRow, toUser };
}

const NO_IDENTITY = {
  subjectId: null,
  idDocumentType: null,
  idNumber: null,
  idNumberHash: null,
  legalRepresentative: null,
  agentUserId: null,
  verificationId: null,
  defaultSealId: null,
  certifiedAt: null,
} as const;
