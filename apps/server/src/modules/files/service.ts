import { ApiError } from '@signet/protocol/errors';
import { type SQL, sql } from 'drizzle-orm';
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Db, Tx } from '../../kernel/database.ts';
import { newFileCode, opaqueToken } from '../../kernel/ids.ts';
import type { App } from '../apps/index.ts';
import type { StoredFile } from './file.ts';
import type { Intake } from './intake/intake.ts';
import type { FileStorage } from './ports.ts';
import { files } from './schema.ts';
import * as store from './store.ts';
import { claimBytes } from './unrecorded-bytes.ts';

const MAX_NAME = 200;

export type Files = ReturnType<typeof createFiles>;

/** Uploads: judged by content in a bounded worker, stored durably, then known by a fileCode. */
export function createFiles({ database, storage, intake, clock }: FilesDependencies) {
  return {
    async upload(app: App, upload: { readonly fileName: string; readonly path: string }): Promise<StoredFile> {
      const judged = await intake.process(upload.path, upload.fileName);
      if (!judged.ok) {
        const error = judged.code === 'UNSUPPORTED' ? 'FILE_TYPE_UNSUPPORTED' : 'FILE_PROCESSING_FAILED';
        throw new ApiError(error, {}, { detail: judged.reason });
      }
      const now = clock.now();
      const file: StoredFile = {
        fileCode: newFileCode(now),
        appId: app.id,
        name: cleanName(upload.fileName),
        size: judged.bytes.length,
        sha256: Buffer.from(judged.sha256, 'hex'),
        pages: judged.pages.map(({ width, height }) => ({ width, height })),
        kind: judged.kind,
        signed: judged.signed,
        storageKey: newStorageKey(now),
        createdAt: now,
      };
      await storage.put(file.storageKey, judged.bytes);
      await database.transaction(async (tx) => {
        if (!(await claimBytes(tx, [file.storageKey])))
          throw new ApiError('SYSTEM_BUSY', { storageKey: file.storageKey });
        await store.insertFile(tx, file);
      });
      return file;
    },

    /** Bytes of uploads. */
    references: {
      bytes: (key: SQL): SQL => sql`exists (select 1 from ${files} where ${files.storageKey} = ${key})`,
    },

    /** From here to the end of the transaction these files stay. @throws ApiError for one that is gone. */
    async hold(tx: Tx, appId: string, fileCodes: readonly string[]): Promise<void> {
      const wanted = [...new Set(fileCodes)];
      const held = new Set(await store.lockFiles(tx, appId, wanted));
      const gone = wanted.find((fileCode) => !held.has(fileCode));
      if (gone !== undefined) throw new ApiError('FILE_NOT_FOUND', { fileCode: gone }, { detail: gone });
    },

    async read(appId: string, fileCode: string): Promise<Uint8Array> {
      const [file] = await store.findFiles(database.db, appId, [fileCode]);
      if (!file) throw new ApiError('FILE_NOT_FOUND', { fileCode }, { detail: fileCode });
      return storage.read(file.storageKey);
    },

    /** The app's files in the order asked for; the first one that it does not have is an error. */
    async getMany(db: Db, appId: string, fileCodes: readonly string[]): Promise<StoredFile[]> {
      const found = new Map((await store.findFiles(db, appId, fileCodes)).map((file) => [file.fileCode, file]));
      return fileCodes.map((fileCode) => {
        const file = found.get(fileCode);
        if (!file) throw new ApiError('FILE_NOT_FOUND', { fileCode }, { detail: fileCode });
        return file;
      });
    },
  };
}

export interface FilesDependencies {
  readonly database: Database;
  readonly storage: FileStorage;
  readonly intake: Intake;
  readonly clock: Clock;
}

/** A month's folder, so that no folder grows without end, and an unguessable name. */
export function newStorageKey(at: Date): string {
  return `${at.toISOString().slice(0, 7)}/${opaqueToken(18)}`;
}

/** The caller's name without path and control characters; never used as a path. */
function cleanName(fileName: string): string {
  const name = fileName
    .replace(/\p{Cc}/gu, '')
    .replace(/^.*[\\/]/, '')
    .trim();
  return [...(name || 'file')].slice(0, MAX_NAME).join('');
}
