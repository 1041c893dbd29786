/** What the gateway reads of a request, in the form in which it is signed. */
import type { SignedRequest } from '@signet/protocol/request-signature';
import type { FastifyRequest } from 'fastify';

export const FORM_TYPE = 'application/x-www-form-urlencoded';
export const MULTIPART_TYPE = 'multipart/form-data';

export type Parameters = readonly (readonly [string, string])[];

export function mediaType(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** The request line's target; a proxy may send it in absolute form (RFC 9112 §3.2.2), which nobody signs. */
export function requestTarget(request: FastifyRequest): string {
  return (request.raw.url ?? '').replace(/^https?:\/\/[^/?]*/i, '');
}

export function queryParameters(request: FastifyRequest): Parameters {
  const url = requestTarget(request);
  const at = url.indexOf('?');
  return at < 0 ? [] : [...new URLSearchParams(url.slice(at + 1))];
}

/** Parameters of an urlencoded body; they take part in the signature together with those of the query. */
export function formParameters(request: FastifyRequest): Parameters {
  if (mediaType(request) !== FORM_TYPE || !Buffer.isBuffer(request.body)) return [];
  return [...new URLSearchParams(request.body.toString('utf8'))];
}

export function toSignedRequest(request: FastifyRequest, parameters: Parameters): SignedRequest {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const listed = headers['x-ca-signature-headers'];
  return {
    method: request.method,
    path: requestTarget(request).split('?', 1)[0] ?? '',
    parameters,
    headers,
    signedHeaders: listed === undefined ? undefined : splitList(listed),
  };
}

function splitList(value: string): string[] {
  return value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The first value of each name. */
export function toObject(parameters: Parameters): Record<string, string> {
  const object: Record<string, string> = Object.create(null);
  for (const [name, value] of parameters) if (!(name in object)) object[name] = value;
  return { ...object };
}
