/** A visit of a verification page: whose link it is, and what is known about its flow. */
import { ApiError } from '@signet/protocol/errors';
import type { Db, Tx } from '../../../kernel/database.ts';
import type { App } from '../../apps/index.ts';
import { LinkError, type PageTicket } from '../../tickets/index.ts';
import type { InnerParts } from '../parts.ts';
import type { CompanyDossier, PersonDossier } from '../verification.ts';
import { isExpired } from '../verification.ts';
import { endOf, type PageProgress, type PageScene } from './progress.ts';

export interface PageVisit {
  readonly app: App;
  readonly pageId: string;
  readonly ticket: PageTicket;
  /** The link's time is over: only how it ended may be told. */
  readonly isExpired: boolean;
}

export async function openScene(parts: InnerParts, visit: PageVisit, db?: Tx): Promise<PageScene> {
  const reader = db ?? parts.database.db;
  const page = await parts.pages.find(reader, visit.app.id, visit.pageId);
  if (!page) throw new LinkError('LINK_UNKNOWN');
  const progress = db ? await parts.progress.lock(db, page) : await parts.progress.find(reader, page);
  return loadFlows(parts, reader, { page, progress });
}

/** Runs a command with the page's progress locked; on an expired or ended page there is none. */
export async function command<T>(
  parts: InnerParts,
  visit: PageVisit,
  act: (tx: Tx, scene: PageScene) => Promise<T>,
): Promise<T> {
  refuseExpiredLink(visit);
  return parts.database.transaction(async (tx) => act(tx, await openScene(parts, visit, tx)));
}

export function refuseExpiredLink({ isExpired: isOver }: PageVisit): void {
  if (isOver) throw new LinkError('LINK_EXPIRED');
}

/** @throws VERIFICATION_STEP_CONFLICT also when the page has ended. */
export function requireStep<Step extends string>(scene: PageScene, step: Step, ...wanted: readonly Step[]): void {
  if (endOf(scene) || !wanted.includes(step)) throw new ApiError('VERIFICATION_STEP_CONFLICT', { step });
}

async function loadFlows(
  { store, clock }: InnerParts,
  db: Db | Tx,
  { page, progress }: { page: PageScene['page']; progress: PageProgress },
): Promise<PageScene> {
  const now = clock.now();
  const companyFlow = page.kind === 'organization' ? await store.find(db, page.verificationId) : undefined;
  const company = companyFlow && ((await store.loadDossier(db, companyFlow)) as CompanyDossier);
  const personFlow = progress.personFlowId ? await store.find(db, progress.personFlowId) : undefined;
  // An agent who has let a day go by begins anew; the person of a page of their own is tied to its flow.
  const isLapsed = page.kind === 'organization' && !company && personFlow && isExpired(personFlow, now);
  const person = personFlow && !isLapsed ? ((await store.loadDossier(db, personFlow)) as PersonDossier) : undefined;
  return { page, progress, person, company, now };
}
