import { and, eq, or } from 'drizzle-orm';
import type { Db, Tx } from '../../../kernel/database.ts';
import type { SecretBox } from '../../../kernel/secret-box.ts';
import { faceCaptures, verificationPageProgress as table, verificationPages } from '../schema.ts';
import { type FaceLinks, freshProgress, type PageProgress } from './progress.ts';

export interface FaceCapture {
  readonly checkId: string;
  readonly appId: string;
  readonly consentVersion: string;
  readonly consentedAt: Date;
  /** How often a picture was judged, or a vendor's page was opened. */
  readonly tries: number;
  /** The visit to a vendor's page that is under way. */
  readonly session: CaptureSession | null;
}

export interface CaptureSession {
  readonly token: string;
  readonly url: string;
  readonly expiresAt: Date;
}

type PageKey = { readonly id: string; readonly appId: string };

export interface ProgressStore {
  find(db: Db | Tx, page: PageKey): Promise<PageProgress>;
  /** Serializes the commands of one page. */
  lock(tx: Tx, page: PageKey): Promise<PageProgress>;
  /** The progress of the page that leads this flow, if one does. */
  findByFlow(db: Db | Tx, appId: string, verificationId: string): Promise<PageProgress | undefined>;
  findByFace(db: Db | Tx, appId: string, checkId: string): Promise<PageProgress | undefined>;
  save(tx: Tx, progress: PageProgress): Promise<void>;
  findCapture(db: Db | Tx, appId: string, checkId: string): Promise<FaceCapture | undefined>;
  saveCapture(tx: Tx, capture: FaceCapture): Promise<void>;
}

export function createProgressStore(secretBox: SecretBox): ProgressStore {
  const open = (row: typeof table.$inferSelect | undefined): PageProgress | undefined =>
    row && {
      ...row,
      faceLinks: row.faceLinks
        ? (JSON.parse(secretBox.openText(row.faceLinks, faceLinksContext(row.pageId))) as FaceLinks)
        : null,
    };
  const seal = ({ faceLinks, ...rest }: PageProgress) => ({
    ...rest,
    faceLinks: faceLinks && secretBox.seal(JSON.stringify(faceLinks), faceLinksContext(rest.pageId)),
  });
  const ofPage = ({ id, appId }: PageKey) => and(eq(table.appId, appId), eq(table.pageId, id));

  return {
    find: async (db, page) => {
      const [row] = await db.select().from(table).where(ofPage(page));
      return open(row) ?? freshProgress(page);
    },
    lock: async (tx, page) => {
      await tx
        .insert(table)
        .values(seal(freshProgress(page)))
        .onConflictDoNothing();
      const [row] = await tx.select().from(table).where(ofPage(page)).for('update');
      return open(row) ?? freshProgress(page);
    },
    findByFlow: async (db, appId, verificationId) => {
      const isLed = or(eq(table.personFlowId, verificationId), eq(verificationPages.verificationId, verificationId));
      const [row] = await db
        .select({ progress: table })
        .from(table)
        .innerJoin(verificationPages, eq(verificationPages.id, table.pageId))
        .where(and(eq(table.appId, appId), isLed));
      return open(row?.progress);
    },
    findByFace: async (db, appId, checkId) => {
      const [row] = await db
        .select()
        .from(table)
        .where(and(eq(table.appId, appId), eq(table.faceCheckId, checkId)));
      return open(row);
    },
    save: async (tx, progress) => {
      await tx
        .update(table)
        .set(seal(progress))
        .where(ofPage({ id: progress.pageId, appId: progress.appId }));
    },
    findCapture: async (db, appId, checkId) => {
      const [row] = await db
        .select()
        .from(faceCaptures)
        .where(and(eq(faceCaptures.appId, appId), eq(faceCaptures.checkId, checkId)));
      return row && { ...row, session: row.session && openSession(secretBox, row.session, checkId) };
    },
    saveCapture: async (tx, { session, ...capture }) => {
      const sealed = session && secretBox.seal(JSON.stringify(session), sessionContext(capture.checkId));
      const { checkId: _, appId: __, ...changes } = { ...capture, session: sealed };
      await tx
        .insert(faceCaptures)
        .values({ ...capture, session: sealed })
        .onConflictDoUpdate({ target: faceCaptures.checkId, set: changes });
    },
  };
}

function openSession(secretBox: SecretBox, sealed: Uint8Array, checkId: string): CaptureSession {
  const session = JSON.parse(secretBox.openText(sealed, sessionContext(checkId)));
  return { ...session, expiresAt: new Date(session.expiresAt) };
}

export function sessionContext(checkId: string): string {
  return `face_captures.session:${checkId}`;
}

export function faceLinksContext(pageId: string): string {
  return `verification_page_progress.face_links:${pageId}`;
}
