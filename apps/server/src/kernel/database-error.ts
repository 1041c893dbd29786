/** What PostgreSQL said, whichever library wrapped it (https://www.postgresql.org/docs/current/errcodes-appendix.html). */

const UNIQUE_VIOLATION = '23505';
const CONFLICTS = new Set(['40001', '40P01']); // serialization failure, deadlock
// Class 08, the server's own goodbyes (shutdown, crash, starting up), and what the socket says.
const CONNECTION_LOSS = /^(08...|57P0[123]|ECONNRESET|ECONNREFUSED|EPIPE|ENOENT)$/;
const MAX_DEPTH = 5;

/** The SQLSTATE or system code at the bottom of an error, if there is one. */
export function databaseErrorCode(error: unknown): string | undefined {
  return findDatabaseError(error)?.code;
}

/** The name of the unique constraint or index that a write ran into; undefined when it failed for another reason. */
export function violatedUniqueConstraint(error: unknown): string | undefined {
  const found = findDatabaseError(error);
  return found?.code === UNIQUE_VIOLATION ? found.constraint : undefined;
}

/** Two transactions could not both have their way; running this one again will do. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(databaseErrorCode(error) ?? '');
}

/** The connection broke or could not be made. */
export function isConnectionLoss(error: unknown): boolean {
  const code = databaseErrorCode(error);
  return code ? CONNECTION_LOSS.test(code) : rootMessage(error).startsWith('Connection terminated');
}

/** The driver gives its own connection errors no code. */
function rootMessage(error: unknown): string {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return current instanceof Error ? current.message : '';
}

function findDatabaseError(error: unknown): { code: string; constraint?: string } | undefined {
  let current = error;
  for (let depth = 0; depth < MAX_DEPTH && current instanceof Error; depth++) {
    const { code, constraint } = current as Error & { code?: unknown; constraint?: unknown };
    if (typeof code === 'string') return typeof constraint === 'string' ? { code, constraint } : { code };
    current = current.cause;
  }
  return undefined;
}
