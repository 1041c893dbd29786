import { boolean, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';
import type { Role } from './role.ts';

/** Who may work in the console of this installation. */
export const operators = pgTable('operators', {
  id: text('id').primaryKey(),
  /** Compared in lower case. */
  name: text('name').notNull().unique(),
  role: text('role').$type<Role>().notNull(),
  /** scrypt with its parameters and salt, in one line. */
  passwordHash: text('password_hash').notNull(),
  mustChangePassword: boolean('must_change_password').notNull(),
  /** A password that somebody else has given works until then; null for one of the operator's own. */
  temporaryUntil: instant('temporary_until'),
  /** TOTP secret in a secret box; not asked for until it is enabled. */
  totpSecret: bytea('totp_secret'),
  totpEnabledAt: instant('totp_enabled_at'),
  /** The last time step that was accepted, so that a code counts once. */
  totpLastStep: integer('totp_last_step'),
  failedLogins: integer('failed_logins').notNull().default(0),
  lockedUntil: instant('locked_until'),
  disabledAt: instant('disabled_at'),
  createdAt: instant('created_at').notNull(),
  lastLoginAt: instant('last_login_at'),
});

/** A login. The cookie's token is stored hashed and replaced while it is used. */
export const operatorSessions = pgTable(
  'operator_sessions',
  {
    id: text('id').primaryKey(),
    operatorId: text('operator_id')
      .notNull()
      .references(() => operators.id),
    tokenHash: bytea('token_hash').notNull().unique(),
    /** Still accepted for a moment after a rotation, for requests that were under way. */
    previousTokenHash: bytea('previous_token_hash').unique(),
    rotatedAt: instant('rotated_at').notNull(),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    index('operator_sessions_operator').on(table.operatorId),
    index('operator_sessions_end').on(table.expiresAt),
  ],
);

/** The code that the first account needs; one row, gone when the account exists. */
export const consoleSetup = pgTable('console_setup', {
  id: integer('id').primaryKey(),
  codeHash: bytea('code_hash').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** Who did what in the console; only ever appended. */
export const consoleAudit = pgTable(
  'console_audit',
  {
    id: text('id').primaryKey(),
    at: instant('at').notNull(),
    operatorId: text('operator_id'),
    accountName: text('account_name'),
    action: text('action').notNull(),
    target: text('target'),
    detail: jsonb('detail').$type<Readonly<Record<string, unknown>>>().notNull(),
    ip: text('ip').notNull(),
  },
  (table) => [index('console_audit_at').on(table.at)],
);
