/** Where a person stands in flows, letters and pages. Facts are sealed, so every flow of the app is opened and looked at. */
import { and, asc, eq, gt, inArray, isNotNull, or } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import { eraseFlows, erasePages } from './ending.ts';
import { agentContext, type LetterAgent } from './letter-store.ts';
import type { Prefilled } from './page-setup.ts';
import { prefilledContext } from './page-store.ts';
import type { InnerParts } from './parts.ts';
import { type CompanyFacts, comparableName, type PersonFacts } from './ports.ts';
import {
  authorizationLetters,
  identityChecks,
  verificationPageProgress,
  verificationPages,
  verifications,
} from './schema.ts';
import { factsContext, mobileContext } from './store.ts';

/** By what a person is recognized. */
export interface KnownPerson {
  readonly appId: string;
  readonly accountIds: readonly string[];
  /** Flows that are known to be about the person, or about the company. */
  readonly verificationIds: readonly string[];
  /** In upper case; also that of a company whose representative is to be forgotten. */
  readonly idNumbers: readonly string[];
  readonly names: readonly string[];
  readonly phones: readonly string[];
}

export interface PersonTraces {
  readonly flowIds: readonly string[];
  /** By the ids of their checks; also in flows that are not the person's own. */
  readonly letterIds: readonly string[];
  readonly letterFiles: readonly string[];
  readonly pageIds: readonly string[];
  /** Mobile numbers that checks of these flows were about. */
  readonly phones: readonly string[];
}

const READ_AT_ONCE = 500;

export async function findTraces(parts: InnerParts, person: KnownPerson): Promise<PersonTraces> {
  const { db } = parts.database;
  const flowIds = await findFlows(parts, person);
  const letters = await findLetters(parts, person, flowIds);
  return {
    flowIds,
    letterIds: letters.map(({ checkId }) => checkId),
    letterFiles: letters.map(({ fileCode }) => fileCode),
    pageIds: await findPages(parts, person, flowIds),
    phones: await mobilesOf(parts, db, flowIds),
  };
}

/** The chains of evidence stay, of course. */
export async function eraseTraces(
  parts: InnerParts,
  tx: Tx,
  { flowIds, letterIds, pageIds }: PersonTraces,
): Promise<void> {
  await erasePages(parts, tx, pageIds);
  await tx.delete(authorizationLetters).where(inArray(authorizationLetters.checkId, [...letterIds]));
  await eraseFlows(parts, tx, flowIds);
}

async function findFlows({ secretBox, database }: InnerParts, person: KnownPerson): Promise<string[]> {
  const found = new Set<string>();
  const companies: { readonly id: string; readonly agentId: string | null; readonly facts: CompanyFacts }[] = [];
  for await (const row of eachFlow(database.db, person.appId)) {
    const facts: unknown = JSON.parse(secretBox.openText(row.facts, factsContext(row.id)));
    const isKnown = person.verificationIds.includes(row.id) || person.accountIds.includes(row.accountId ?? '');
    if (isKnown || person.idNumbers.includes((facts as PersonFacts).idNumber)) found.add(row.id);
    if (row.kind === 'organization') {
      companies.push({ id: row.id, agentId: row.agentVerificationId, facts: facts as CompanyFacts });
    }
  }
  for (const { id, agentId, facts } of companies) {
    const isAgent = agentId !== null && found.has(agentId);
    if (isRepresentative(facts.legalRepresentative, person, isAgent)) found.add(id);
  }
  return [...found];
}

/** A name alone is shared by many; together with being the agent it is not. */
export function isRepresentative(
  representative: { readonly name: string; readonly idNumber?: string } | undefined,
  { idNumbers, names }: Pick<KnownPerson, 'idNumbers' | 'names'>,
  isAgent: boolean,
): boolean {
  if (!representative) return false;
  const { name, idNumber } = representative;
  if (idNumber !== undefined) return idNumbers.includes(idNumber.toUpperCase());
  return isAgent && names.some((each) => comparableName(each) === comparableName(name));
}

async function* eachFlow(db: Db, appId: string): AsyncGenerator<typeof verifications.$inferSelect> {
  for (let last = ''; ; ) {
    const rows = await db
      .select()
      .from(verifications)
      .where(and(eq(verifications.appId, appId), gt(verifications.id, last)))
      .orderBy(asc(verifications.id))
      .limit(READ_AT_ONCE);
    yield* rows;
    if (rows.length < READ_AT_ONCE) return;
    last = rows.at(-1)?.id ?? '';
  }
}

async function findLetters(
  { secretBox, database }: InnerParts,
  { appId, idNumbers }: KnownPerson,
  flowIds: readonly string[],
) {
  const rows = await database.db.select().from(authorizationLetters).where(eq(authorizationLetters.appId, appId));
  return rows.filter((row) => {
    if (flowIds.includes(row.verificationId)) return true;
    const agent = JSON.parse(secretBox.openText(row.agent, agentContext(row.checkId))) as LetterAgent;
    return idNumbers.includes(agent.idNumber);
  });
}

async function findPages(
  { secretBox, database }: InnerParts,
  person: KnownPerson,
  flowIds: readonly string[],
): Promise<string[]> {
  const { db } = database;
  const table = verificationPages;
  const ofApp = eq(table.appId, person.appId);
  const led = await db
    .select({ id: table.id })
    .from(table)
    .leftJoin(verificationPageProgress, eq(verificationPageProgress.pageId, table.id))
    .where(
      and(
        ofApp,
        or(
          inArray(table.verificationId, [...flowIds, ...person.verificationIds]),
          inArray(verificationPageProgress.personFlowId, [...flowIds]),
          inArray(table.accountId, [...person.accountIds]),
        ),
      ),
    );
  const waiting = await db
    .select({ id: table.id, prefilled: table.prefilled })
    .from(table)
    .where(and(ofApp, isNotNull(table.prefilled)));
  const prefilled = waiting.filter(({ id, prefilled: box }) => {
    const given = JSON.parse(secretBox.openText(box ?? new Uint8Array(), prefilledContext(id))) as Prefilled;
    return names(given, person);
  });
  return [...new Set([...led, ...prefilled].map(({ id }) => id))];
}

function names({ person = {}, company = {} }: Prefilled, { idNumbers, phones }: KnownPerson): boolean {
  const numbers = [person.idNumber, company.idNumber, company.representativeIdNumber];
  return (
    numbers.some((number) => number !== undefined && idNumbers.includes(number.toUpperCase())) ||
    phones.includes(person.mobile ?? '')
  );
}

async function mobilesOf({ secretBox }: InnerParts, db: Db, flowIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: identityChecks.id, mobile: identityChecks.mobile })
    .from(identityChecks)
    .where(and(inArray(identityChecks.verificationId, [...flowIds]), isNotNull(identityChecks.mobile)));
  const mobiles = rows.map(({ id, mobile }) => secretBox.openText(mobile ?? new Uint8Array(), mobileContext(id)));
  return [...new Set(mobiles)];
}
