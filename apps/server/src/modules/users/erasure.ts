/** Forgetting a person: the account goes, its id is never given out again, companies no longer name the person. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import { isRepresentative, type KnownPerson } from '../identity/index.ts';
import type { UsersContext } from './dependencies.ts';
import { forgottenAccounts, userSubjects, users } from './schema.ts';
import type { UserRow } from './sealed-row.ts';
import * as store from './store.ts';
import type { AnyUser, User } from './user.ts';
import { subjectOf } from './user-evidence.ts';

const READ_AT_ONCE = 500;

/** By an account, or by an id number that may have several. */
export type PersonKey = { readonly accountId: string } | { readonly idNumber: string };

/** Who is to be forgotten, with the accounts of that person. */
export interface PersonInOrganizations extends Pick<KnownPerson, 'appId' | 'idNumbers' | 'names' | 'phones'> {
  readonly userIds: readonly string[];
}

export function createErasure(context: UsersContext) {
  const { database, sealing, evidence, clock } = context;

  return {
    /** All accounts of the person behind an account or an id number; those of an organization have that one alone. */
    async accountsOf(appId: string, key: PersonKey): Promise<AnyUser[]> {
      const { db } = database;
      if ('idNumber' in key) return (await ofNumber(db, appId, key.idNumber)).map(sealing.toUser);
      const row = await store.findByAccount(db, appId, key.accountId);
      if (!row) return [];
      const user = sealing.toUser(row);
      if (user.kind === 'organization' || user.state === 'unverified') return [user];
      return (await ofNumber(db, appId, user.idNumber)).map(sealing.toUser);
    },

    /** Organizations that name the person as agent or legal representative, or have the person's number for notices. */
    async organizationsNaming(db: Db, person: PersonInOrganizations): Promise<User[]> {
      const found: User[] = [];
      for await (const row of eachOrganization(db, person.appId)) {
        const organization = sealing.toUser(row);
        if (organization.state === 'verified' && withoutPerson(organization, person) !== organization) {
          found.push(organization);
        }
      }
      return found;
    },

    /** Keeps contracts from starting with these users until the transaction ends. */
    async lockForErasure(tx: Tx, appId: string, userIds: readonly string[]): Promise<void> {
      await tx
        .select({ id: users.id })
        .from(users)
        .where(and(eq(users.appId, appId), inArray(users.id, [...userIds])))
        .orderBy(asc(users.id))
        .for('update');
    },

    /** The account is unknown from now on, and its id stays taken: old contracts name it. */
    async erase(tx: Tx, { id, appId, accountId }: AnyUser): Promise<void> {
      const [row] = await tx
        .delete(users)
        .where(and(eq(users.appId, appId), eq(users.id, id)))
        .returning();
      if (!row) return;
      const accountHash = sealing.accountHash(appId, accountId);
      await tx.insert(forgottenAccounts).values({ appId, accountHash, forgottenAt: clock.now() }).onConflictDoNothing();
      await releaseSubject(tx, row);
      await evidence.append(tx, { appId, subject: subjectOf(id), kind: 'person-forgotten', content: {} });
    },

    /** The organization stays an account; what it says of the person goes. */
    async eraseFromOrganization(tx: Tx, organizationId: string, person: PersonInOrganizations): Promise<void> {
      const [row] = await tx.select().from(users).where(eq(users.id, organizationId)).for('update');
      const organization = row?.appId === person.appId ? sealing.toUser(row) : undefined;
      if (organization?.state !== 'verified') return;
      await save(tx, organization, withoutPerson(organization, person));
    },

    /** Whatever an organization says of persons: representative, agent, number for notices. */
    async erasePersonsOf(tx: Tx, organization: User): Promise<void> {
      const { legalRepresentative: _representative, agentUserId: _agent, ...rest } = organization;
      await save(tx, organization, { ...rest, phone: '' });
    },
  };

  async function save(tx: Tx, before: User, after: User): Promise<void> {
    if (before === after) return;
    await store.update(tx, sealing.toRow(after));
    const { appId, id } = after;
    await evidence.append(tx, {
      appId,
      subject: subjectOf(id),
      kind: 'persons-of-organization-forgotten',
      content: {},
    });
  }

  function ofNumber(db: Db, appId: string, idNumber: string): Promise<UserRow[]> {
    const idNumberHash = sealing.idNumberHash(appId, 'person', idNumber);
    return db
      .select()
      .from(users)
      .where(and(eq(users.appId, appId), eq(users.kind, 'person'), eq(users.idNumberHash, idNumberHash)))
      .orderBy(asc(users.createdAt), asc(users.id));
  }
}

/** The same object when the organization does not name the person. */
function withoutPerson(organization: User, person: PersonInOrganizations): User {
  const { agentUserId, legalRepresentative, ...rest } = organization;
  const isAgent = agentUserId !== undefined && person.userIds.includes(agentUserId);
  const isNamed = isRepresentative(legalRepresentative, person, isAgent);
  const hasPhone = person.phones.includes(organization.phone);
  if (!isAgent && !isNamed && !hasPhone) return organization;
  return {
    ...rest,
    phone: hasPhone ? '' : organization.phone,
    ...(agentUserId !== undefined && !isAgent && { agentUserId }),
    ...(legalRepresentative && !isNamed && { legalRepresentative }),
  };
}

/** The psnId belongs to the id number: it goes with the last account of that number. */
async function releaseSubject(tx: Tx, { appId, kind, idNumberHash }: UserRow): Promise<void> {
  if (!idNumberHash) return;
  const sameNumber = and(eq(users.appId, appId), eq(users.kind, kind), eq(users.idNumberHash, idNumberHash));
  if ((await tx.$count(users, sameNumber)) > 0) return;
  await tx
    .delete(userSubjects)
    .where(
      and(eq(userSubjects.appId, appId), eq(userSubjects.kind, kind), eq(userSubjects.idNumberHash, idNumberHash)),
    );
}

async function* eachOrganization(db: Db, appId: string): AsyncGenerator<UserRow> {
  for (let last = ''; ; ) {
    const rows = await db
      .select()
      .from(users)
      .where(and(eq(users.appId, appId), eq(users.kind, 'organization'), gt(users.id, last)))
      .orderBy(asc(users.id))
      .limit(READ_AT_ONCE);
    yield* rows;
    if (rows.length < READ_AT_ONCE) return;
    last = rows.at(-1)?.id ?? '';
  }
}
