import { badParameter, GatewayError } from '@signet/protocol/errors';
import type { Endpoint } from '@signet/protocol/open-api';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { FORM_TYPE, formParameters, mediaType, queryParameters, toObject } from './request.ts';

/** Every field is named, but no answer grows without end. */
const MAX_PROBLEMS = 100;
/** More than all lists of the longest contract together; each wrong item would cost a message. */
const MAX_ITEMS = 50_000;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Query, form, JSON or multipart fields as one object; a body's field wins over the query's. */
export function readInput(request: FastifyRequest, multipartFields: Record<string, string>): unknown {
  const query = toObject(queryParameters(request));
  if (request.method === 'GET') return query;
  if (mediaType(request) === FORM_TYPE) return { ...query, ...toObject(formParameters(request)) };
  if (!Buffer.isBuffer(request.body)) return { ...query, ...multipartFields };
  const body = parseJson(request.body);
  return isPlainObject(body) ? { ...query, ...body } : body;
}

/** The endpoint's input, or a 400 that names every wrong field. */
export function validate<E extends Endpoint>(endpoint: E, input: unknown): z.output<E['input']> {
  const parsed = endpoint.input.safeParse(input);
  const problems = new Map<string, string>();
  const note = (path: readonly PropertyKey[], problem: string): void => {
    const field = fieldName(path);
    if (!problems.has(field) && problems.size < MAX_PROBLEMS) problems.set(field, problem);
  };
  for (const issue of parsed.error?.issues ?? []) note(issue.path, issue.message);
  if (parsed.success) forEachText(parsed.data, (path, text) => isStorable(text) || note(path, '含有非法字符'));
  if (problems.size > 0) throw badParameter(Object.fromEntries(problems));
  return parsed.data as z.output<E['input']>;
}

/** Only what an endpoint declares gets here, so the depth is the schema's. */
function forEachText(
  value: unknown,
  visit: (path: readonly PropertyKey[], text: string) => unknown,
  path: readonly PropertyKey[] = [],
): void {
  if (typeof value === 'string') visit(path, value);
  if (typeof value !== 'object' || value === null) return;
  const keyOf = (key: string) => (Array.isArray(value) ? Number(key) : key);
  for (const [key, inner] of Object.entries(value)) forEachText(inner, visit, [...path, keyOf(key)]);
}

/** PostgreSQL stores no NUL, and half a surrogate pair is no character. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return name.replace(/^\./, '') || 'body';
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(UTF8.decode(body));
  } catch (error) {
    const problem = error instanceof SyntaxError ? 'the body is not valid JSON' : 'the body is not valid UTF-8';
    throw new GatewayError('BODY_UNREADABLE', problem);
  }
  if (countItems(value) > MAX_ITEMS)
    throw new GatewayError('BODY_UNREADABLE', `lists with more than ${MAX_ITEMS} items`);
  return value;
}

/** Items of all lists; a loop, since the nesting is the caller's. */
function countItems(root: unknown): number {
  let count = 0;
  const open = [root];
  for (let value = open.pop(); value !== undefined && count <= MAX_ITEMS; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) count += value.length;
    for (const inner of Array.isArray(value) ? value : Object.values(value)) if (isContainer(inner)) open.push(inner);
  }
  return count;
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
