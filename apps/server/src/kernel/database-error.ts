/** What PostgreSQL said, whichever library wrapped it (https://www.postgresql.org/docs/current/errcodes-appendix.html). */

const UNIQUE_VIOLATION = '23505';
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

function findDatabaseError(error: unknown): { code: string; constraint?: string } | undefined {
  let current = error;
  for (let depth = 0; depth < MAX_DEPTH && current instanceof Error; depth++) {
    const { code, constraint } = current as Error & { code?: unknown; constraint?: unknown };
    if (typeof code === 'string') return typeof constraint === 'string' ? { code, constraint } : { code };
    current = current.cause;
  }
  return undefined;
}
