/** What only a sandbox has: documented people and companies, and the messages that would have been sent. */
import { z } from 'zod';
import { paging } from './paging.ts';

/** `GET /console-api/sandbox/registry?…` → Page<RegistryEntry>. */
export const registryFilter = z.object({ keyword: z.string().trim().max(100).optional(), ...paging });

export interface RegistryEntry {
  readonly kind: 'person' | 'company';
  readonly facts: Readonly<Record<string, string>>;
  /** What each of them does in which check. */
  readonly behavior: string;
}

/** `GET /console-api/sandbox/messages?…` → Page<OutboxMessage>, newest first, of the last 24 hours. */
export const outboxFilter = z.object({
  appId: z.string().max(40),
  phone: z.string().trim().max(20).optional(),
  ...paging,
});

export interface OutboxMessage {
  readonly phone: string;
  readonly text: string;
  readonly code: string | null;
  readonly state: 'queued' | 'sent' | 'failed' | 'delivered' | 'undelivered';
  /** As how many messages it goes out. */
  readonly parts: number;
  /** Who took or refused it. */
  readonly source: string | null;
  /** Why it was not sent or did not arrive. */
  readonly reason: string | null;
  readonly at: string;
}
