import { ApiError } from '@signet/protocol/errors';
import { type RangedBytes, type Segment, streamSegments } from '../files/index.ts';
import type { ContractsDependencies } from './dependencies.ts';
import * as store from './page-store.ts';
import type { FileRevision } from './store.ts';

/** One state of a contract's file. It never changes, whoever signs later. */
export interface OpenRevision extends RangedBytes {
  readonly sha256: Uint8Array;
}

export function createOpenRevision({ database, files, storage }: ContractsDependencies) {
  const { db } = database;

  /** @throws ApiError FILE_NOT_FOUND when the app's contract has no such file or the file no such revision yet. */
  return async function openRevision(appId: string, key: store.RevisionKey): Promise<OpenRevision> {
    const revisions = await store.revisionsUpTo(db, appId, key);
    const asked = revisions.at(-1);
    if (asked?.revision === key.revision) {
      return { size: asked.totalSize, sha256: asked.sha256, stream: streamOf(revisions) };
    }

    const isAttachment = key.revision === 0 && (await store.hasAttachment(db, appId, key));
    if (!isAttachment) throw new ApiError('FILE_NOT_FOUND', { ...key });
    const [file] = await files.getMany(db, appId, [key.fileCode]);
    if (!file) throw new ApiError('FILE_NOT_FOUND', { ...key });
    const segments = [{ storageKey: file.storageKey, size: file.size }];
    return { size: file.size, sha256: file.sha256, stream: (range) => streamSegments(storage, segments, range) };
  };

  function streamOf(revisions: readonly FileRevision[]): OpenRevision['stream'] {
    const segments: Segment[] = revisions.map(({ storageKey, totalSize }, i) => ({
      storageKey,
      size: totalSize - (revisions[i - 1]?.totalSize ?? 0),
    }));
    return (range) => streamSegments(storage, segments, range);
  }
}
