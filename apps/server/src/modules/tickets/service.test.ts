import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../kernel/testing/test-database.ts';
import { createTickets, type NewTicket, type Tickets } from './index.ts';

const HOUR_MS = 3_600_000;
const APP = { id: 'app-1', redirectSchemes: ['myapp'] };
const SUBJECT = { purpose: 'sign', contractId: '1897893172027068416', accountId: 'tenant' } as const;

let test: TestDatabase;
let clock: ManualClock;
let tickets: Tickets;

beforeEach(async () => {
  test = await createTestDatabase();
  clock = new ManualClock(new Date('2026-11-24T10:00:00+08:00'));
  tickets = createTickets({ database: test.database, clock, publicUrl: 'https://sign.example' });
});
afterEach(() => test.drop());

async function issue(change: Partial<NewTicket> = {}): Promise<string> {
  const expiresAt = new Date(clock.now().getTime() + 24 * HOUR_MS);
  const { url } = await tickets.issue(APP, {
    subject: SUBJECT,
    clientType: 'h5',
    redirect: null,
    expiresAt,
    ...change,
  });
  return url.split('/').at(-1) ?? '';
}

describe('a page link', () => {
  it('holds nothing but its purpose and a random ticket, of which only a hash is stored', async () => {
    const expiresAt = new Date(clock.now().getTime() + HOUR_MS);
    const asked = { subject: SUBJECT, clientType: 'h5', redirect: null, expiresAt } as const;
    const [one, other] = await Promise.all([tickets.issue(APP, asked), tickets.issue(APP, asked)]);

    expect(one.url).toMatch(/^https:\/\/sign\.example\/sign\/[\w-]{24}$/);
    expect(one.url).not.toBe(other.url);
    const { rows } = await test.database.db.execute(sql`select * from page_tickets`);
    expect(JSON.stringify(rows)).not.toContain(one.url.split('/').at(-1));
  });

  it('opens as often as it is asked to, each time a session of its own', async () => {
    const ticket = await issue();
    const [first, second] = await Promise.all([tickets.openSession(ticket), tickets.openSession(ticket)]);

    expect(first.session).not.toBe(second.session);
    expect((await tickets.ticketOf(first.session)).subject).toEqual(SUBJECT);
    expect((await tickets.ticketOf(second.session)).appId).toBe(APP.id);
  });

  it('is unknown when a single character differs', async () => {
    const ticket = await issue();
    const other = (ticket.startsWith('A') ? 'B' : 'A') + ticket.slice(1);

    await expect(tickets.openSession(other)).rejects.toMatchObject({ refusal: 'LINK_UNKNOWN' });
  });

  it('still tells after its time that it has expired, so that the page can say how it ended', async () => {
    const ticket = await issue({ expiresAt: new Date(clock.now().getTime() + HOUR_MS) });
    clock.advance({ hours: 1 });

    const { ticket: opened } = await tickets.openSession(ticket);
    expect(tickets.hasExpired(opened)).toBe(true);
  });

  it('opens nothing once its subject is revoked, sessions included; other subjects go on', async () => {
    const ticket = await issue();
    const other = await issue({ subject: { ...SUBJECT, accountId: 'landlord' } });
    const { session } = await tickets.openSession(ticket);

    await test.database.transaction((tx) => tickets.revoke(tx, APP.id, SUBJECT));

    await expect(tickets.openSession(ticket)).rejects.toMatchObject({ refusal: 'LINK_REVOKED' });
    await expect(tickets.ticketOf(session)).rejects.toMatchObject({ refusal: 'LINK_REVOKED' });
    await expect(tickets.openSession(other)).resolves.toBeDefined();
  });

  it('of another app is left alone by a revocation', async () => {
    const ticket = await issue();
    await test.database.transaction((tx) => tickets.revoke(tx, 'app-2', SUBJECT));

    await expect(tickets.openSession(ticket)).resolves.toBeDefined();
  });

  it('returns nowhere else than to web addresses and registered schemes', async () => {
    const redirect = (url: string) => issue({ redirect: { url, delaySeconds: null } });

    await expect(redirect('javascript:alert(1)')).rejects.toMatchObject({ error: 'BAD_PARAMETER' });
    await expect(redirect('myapp://done')).resolves.toBeDefined();
  });
});

describe('a page session', () => {
  it('ends after two hours', async () => {
    const { session } = await tickets.openSession(await issue());
    clock.advance({ hours: 2 });

    await expect(tickets.ticketOf(session)).rejects.toMatchObject({ refusal: 'SESSION_EXPIRED' });
  });

  it.each(['', 'nonsense', 'A'.repeat(43)])('%j is none', async (session) => {
    await expect(tickets.ticketOf(session)).rejects.toMatchObject({ refusal: 'SESSION_EXPIRED' });
  });
});

describe('the clean-up', () => {
  it('drops ended sessions, then tickets whose end is long enough ago', async () => {
    const ticket = await issue();
    await tickets.openSession(ticket);

    clock.advance({ days: 40 });
    const monthAgo = new Date(clock.now().getTime() - 30 * 86_400_000);
    expect(await tickets.ending.tickets.erase(monthAgo, 100)).toBe(0);
    expect(await tickets.ending.sessions.erase(clock.now(), 100)).toBe(1);
    expect(await tickets.ending.tickets.erase(monthAgo, 100)).toBe(1);

    await expect(tickets.openSession(ticket)).rejects.toMatchObject({ refusal: 'LINK_UNKNOWN' });
  });
});
