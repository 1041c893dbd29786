import { createHash } from 'node:crypto';
import { lt } from 'drizzle-orm';
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import { opaqueToken } from '../../kernel/ids.ts';
import { endingRows } from '../../kernel/retention.ts';
import type { FileStorage } from './ports.ts';
import { downloadTickets } from './schema.ts';
import * as store from './store.ts';

/** How long a download address works. */
export const DOWNLOAD_SECONDS = 600;
const TICKET_BYTES = 24;

export interface Downloadable {
  /** Segments that make the file when put one behind the other. */
  readonly storageKeys: readonly string[];
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
}

export type Downloads = ReturnType<typeof createDownloads>;

/** Short-lived addresses for bytes; whoever holds the address may fetch them until it expires. */
export function createDownloads({ database, storage, clock, publicUrl }: DownloadDependencies) {
  return {
    /** One address for each, in the same order. */
    async issue(appId: string, downloadables: readonly Downloadable[]): Promise<string[]> {
      if (downloadables.length === 0) return [];
      const expiresAt = new Date(clock.now().getTime() + DOWNLOAD_SECONDS * 1000);
      const tickets = downloadables.map((each) => ({ ...each, ticket: opaqueToken(TICKET_BYTES) }));
      await database.transaction((tx) =>
        store.insertTickets(
          tx,
          tickets.map(({ ticket, storageKeys, ...rest }) => ({
            ...rest,
            appId,
            ticketHash: hashOf(ticket),
            storageKeys: [...storageKeys],
            expiresAt,
          })),
        ),
      );
      return tickets.map(({ ticket }) => `${publicUrl}/files/${ticket}`);
    },

    /** What a ticket opens; undefined when it is unknown or its time is over. */
    async open(ticket: string): Promise<OpenedDownload | undefined> {
      const found = await store.findTicket(database.db, hashOf(ticket), clock.now());
      if (!found) return undefined;
      const { fileName, mediaType, size, storageKeys } = found;
      return { fileName, mediaType, size, chunks: chunksOf(storageKeys) };
    },

    ending: endingRows(database, {
      table: downloadTickets,
      isDue: (before) => lt(downloadTickets.expiresAt, before),
    }),
  };

  async function* chunksOf(storageKeys: readonly string[]): AsyncGenerator<Uint8Array> {
    for (const key of storageKeys) yield* storage.stream(key);
  }
}

export interface OpenedDownload {
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface DownloadDependencies {
  readonly database: Database;
  readonly storage: FileStorage;
  readonly clock: Clock;
  /** Base of every link we hand out. */
  readonly publicUrl: string;
}

function hashOf(ticket: string): Uint8Array {
  return createHash('sha256').update(ticket).digest();
}
