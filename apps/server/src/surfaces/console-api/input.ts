/** What the console sends, or a refusal that names every wrong field. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ConsoleError } from './refusal.ts';

const CHINESE = z.locales.zhCN().localeError;
const PARAMETER = /^[\w-]{1,80}$/;

export function parseInput(schema: z.ZodType, request: FastifyRequest): unknown {
  const parsed = schema.safeParse(request.method === 'GET' ? queryOf(request) : (request.body ?? {}), {
    error: CHINESE,
  });
  const problems = new Map<string, string>();
  for (const { path, message } of parsed.error?.issues ?? []) problems.set(fieldName(path), message);
  if (problems.size === 0 && !isStorable(parsed.data)) problems.set('body', '含有非法字符');
  if (problems.size === 0) return parsed.data;
  throw new ConsoleError('BAD_REQUEST', [...problems].map(([field, problem]) => `${field}: ${problem}`).join('; '));
}

/** Nothing of ours has another look, so another one names nothing. */
export function parseParams(request: FastifyRequest): Readonly<Record<string, string>> {
  const params = request.params as Record<string, string>;
  if (!Object.values(params).every((value) => PARAMETER.test(value))) throw new ConsoleError('NOT_FOUND');
  return params;
}

/** The server parses no query strings by itself, since the open API signs them as they were sent. */
function queryOf(request: FastifyRequest): Record<string, string> {
  const given = new URL(request.url, 'http://localhost').searchParams;
  // A filter that was left empty filters nothing.
  return Object.fromEntries([...given].filter(([, value]) => value !== ''));
}

/** PostgreSQL stores no NUL, and half a surrogate pair is no character. The schema bounds the depth. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && value.isWellFormed();
  return typeof value !== 'object' || value === null || Object.values(value).every(isStorable);
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return name.replace(/^\./, '') || 'body';
}
