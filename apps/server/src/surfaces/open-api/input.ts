import { badParameter, GatewayError } from '@signet/protocol/errors';
import type { Endpoint } from '@signet/protocol/open-api';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { FORM_TYPE, formParameters, mediaType, queryParameters, toObject } from './request.ts';

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
  if (parsed.success) return parsed.data as z.output<E['input']>;
  const problems: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const field = fieldName(issue.path);
    problems[field] ??= issue.message;
  }
  throw badParameter(problems);
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return name.replace(/^\./, '') || 'body';
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new GatewayError('BODY_UNREADABLE', 'the body is not valid JSON');
  }
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
