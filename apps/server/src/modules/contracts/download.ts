import { ApiError } from '@signet/protocol/errors';
import type { App } from '../apps/index.ts';
import { DOWNLOAD_SECONDS, type Downloadable, type StoredFile } from '../files/index.ts';
import type { ContractsDependencies } from './dependencies.ts';
import { mustFind } from './queries.ts';
import * as store from './store.ts';

export interface OfferedAttachment {
  readonly fileCode: string;
  readonly name: string;
  readonly url: string;
  readonly sha256: Uint8Array;
}

export interface OfferedFile extends OfferedAttachment {
  readonly fileId: string;
}

export interface ContractDownload {
  readonly files: readonly OfferedFile[];
  readonly attachments: readonly OfferedAttachment[];
  readonly expiresInSeconds: number;
}

const PDF = 'application/pdf';

export function createDownload({ database, files: uploads, downloads }: ContractsDependencies) {
  const { db } = database;

  /** 下载: addresses of the signed files; before the contract is complete only when the caller asks for the present state. */
  return async function download(
    app: App,
    key: store.ContractKey,
    options: { readonly current: boolean },
  ): Promise<ContractDownload> {
    const contract = await mustFind(db, app, key);
    if (contract.status !== 'completed' && !options.current) {
      throw new ApiError('CONTRACT_STATUS_CONFLICT', { contractId: contract.id, status: contract.status });
    }
    const files = await signedFiles(contract.id);
    const attachments = await attachedFiles(app, contract.id);
    const urls = await downloads.issue(
      app.id,
      [...files, ...attachments].map((each) => each.download),
    );
    return {
      files: files.map(({ download: _, ...file }, i) => ({ ...file, url: urls[i] ?? '' })),
      attachments: attachments.map(({ download: _, ...file }, i) => ({ ...file, url: urls[files.length + i] ?? '' })),
      expiresInSeconds: DOWNLOAD_SECONDS,
    };
  };

  async function signedFiles(contractId: string) {
    const revisions = await store.revisionsOf(db, contractId);
    return (await store.filesOf(db, contractId)).map(({ fileId, fileCode, name }) => {
      const own = revisions.filter((each) => each.fileCode === fileCode);
      const sha256 = own.at(-1)?.sha256 ?? new Uint8Array();
      return { fileId, fileCode, name, sha256, download: segments(name, own) };
    });
  }

  async function attachedFiles(app: App, contractId: string) {
    const attachments = await store.attachmentsOf(db, contractId);
    const stored = await uploads.getMany(
      db,
      app.id,
      attachments.map((each) => each.fileCode),
    );
    return stored.map((file) => ({
      fileCode: file.fileCode,
      name: file.name,
      sha256: file.sha256,
      download: whole(file),
    }));
  }
}

/** The newest revision: its segments one behind the other. */
function segments(name: string, revisions: readonly store.FileRevision[]): Downloadable {
  const storageKeys = revisions.map((each) => each.storageKey);
  return { storageKeys, fileName: pdfName(name), mediaType: PDF, size: revisions.at(-1)?.totalSize ?? 0 };
}

function whole({ name, storageKey, size }: StoredFile): Downloadable {
  return { storageKeys: [storageKey], fileName: pdfName(name), mediaType: PDF, size };
}

/** Pictures are stored as PDF, so the name says so too. */
function pdfName(name: string): string {
  return /\.pdf$/i.test(name) ? name : `${name}.pdf`;
}
