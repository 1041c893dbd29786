/** Who calls (open-api, request signature): every refusal before any business rule is asked. */

import { timingSafeEqual } from 'node:crypto';
import { GatewayError } from '@signet/protocol/errors';
import { contentMd5, type SignedRequest, stringToSign, verifySignature } from '@signet/protocol/request-signature';
import type { FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import type { Clock } from '../../kernel/clock.ts';
import {
  type App,
  type AppCredentials,
  type Credentials,
  REPLAY_WINDOW_MS,
  type ReplayGuard,
} from '../../modules/apps/index.ts';
import { FORM_TYPE, formParameters, MULTIPART_TYPE, mediaType, queryParameters, toSignedRequest } from './request.ts';

/** As much of the string to sign as an error header can hold. */
const MAX_SHOWN_CHARACTERS = 2_048;

export interface AuthenticationDependencies {
  readonly credentials: Credentials;
  readonly replayGuard: ReplayGuard;
  readonly clock: Clock;
}

export function createAuthentication({ credentials, replayGuard, clock }: AuthenticationDependencies) {
  return {
    /** Before the body is read: key, address, time. A form's parameters are signed, so its signature waits for the body. */
    async beforeBody(request: FastifyRequest): Promise<AppCredentials> {
      const found = await identify(request);
      if (!found.app.enabled) throw new GatewayError('APP_DISABLED');
      if (!isAllowed(request.ip, found.app.allowedIps)) throw new GatewayError('IP_NOT_ALLOWED', request.ip);
      checkTimestamp(request);
      if (found.app.strict) checkStrict(request);
      if (mediaType(request) !== FORM_TYPE) checkSignature(request, found);
      return found;
    },

    /** With the body at hand: a form's signature, Content-MD5, and only then the nonce, so that a forgery uses up nothing. */
    async afterBody(request: FastifyRequest, found: AppCredentials): Promise<void> {
      if (mediaType(request) === FORM_TYPE) checkSignature(request, found);
      if (Buffer.isBuffer(request.body) && mediaType(request) !== FORM_TYPE) {
        checkContentMd5(request, contentMd5(request.body));
      }
      const nonce = request.headers['x-ca-nonce'];
      if (typeof nonce !== 'string' || nonce === '') return;
      if (nonce.length > 128) throw new GatewayError('NONCE_USED', 'X-Ca-Nonce is longer than 128 characters');
      if (!(await replayGuard.useNonce(found.app.id, nonce, replayableUntil(request))))
        throw new GatewayError('NONCE_USED');
    },
  };

  /** A caller whose clock runs ahead signs timestamps that stay good for longer than the window from now. */
  function replayableUntil(request: FastifyRequest): Date {
    const now = clock.now().getTime();
    const signedAt = Number(request.headers['x-ca-timestamp'] ?? now);
    return new Date(Math.max(now, signedAt) + REPLAY_WINDOW_MS);
  }

  async function identify(request: FastifyRequest): Promise<AppCredentials> {
    const appKey = requiredHeader(request, 'X-Ca-Key');
    requiredHeader(request, 'X-Ca-Signature');
    const found = appKey.length <= 64 ? await credentials.find(appKey) : undefined;
    if (!found) throw new GatewayError('UNKNOWN_APP_KEY');
    return found;
  }

  function checkTimestamp(request: FastifyRequest): void {
    const given = request.headers['x-ca-timestamp'];
    if (given === undefined || given === '') return;
    const age = Math.abs(clock.now().getTime() - Number(given));
    if (!(age <= REPLAY_WINDOW_MS)) {
      throw new GatewayError('STALE_TIMESTAMP', `X-Ca-Timestamp must be within 15 minutes of ${clock.now().getTime()}`);
    }
  }
}

function requiredHeader(request: FastifyRequest, name: string): string {
  const value = request.headers[name.toLowerCase()];
  if (typeof value !== 'string' || value === '') throw new GatewayError('MISSING_HEADER', name);
  return value;
}

function checkSignature(request: FastifyRequest, { app, secrets }: AppCredentials): void {
  const signed = toSignedRequest(request, [...queryParameters(request), ...formParameters(request)]);
  const signature = request.headers['x-ca-signature'];
  const options = { secrets, pathWithoutApi: app.pathWithoutApi };
  if (typeof signature === 'string' && verifySignature(signed, signature, options)) return;
  throw new GatewayError('INVALID_SIGNATURE', serverString(signed));
}

/** Shown to the caller, so that a wrong signature can be mended without asking anyone. */
function serverString(signed: SignedRequest): string {
  return `Server StringToSign:${stringToSign(signed).slice(0, MAX_SHOWN_CHARACTERS).replaceAll('\n', '#')}`;
}

/** `actual` is the base64 MD5 of the body as received. */
export function checkContentMd5(request: FastifyRequest, actual: string): void {
  const given = request.headers['content-md5'];
  if (typeof given !== 'string' || given === '') return;
  const [expected, received] = [Buffer.from(given, 'base64'), Buffer.from(actual, 'base64')];
  if (expected.length !== received.length || !timingSafeEqual(expected, received)) {
    throw new GatewayError('CONTENT_MD5_MISMATCH');
  }
}

/** The app chose strict mode: what protects against replay and tampering must be there and be signed. */
function checkStrict(request: FastifyRequest): void {
  const listed = request.headers['x-ca-signature-headers'];
  const signedNames =
    typeof listed === 'string'
      ? listed
          .toLowerCase()
          .split(',')
          .map((name) => name.trim())
      : [];
  for (const name of ['X-Ca-Timestamp', 'X-Ca-Nonce']) {
    const present = Boolean(request.headers[name.toLowerCase()]);
    if (!present || !signedNames.includes(name.toLowerCase())) {
      throw new GatewayError('STRICT_MODE', `${name} is required and must be signed (switch: strict)`);
    }
  }
  const hasBody = request.method === 'POST' && request.headers['content-length'] !== '0';
  const isForm = [FORM_TYPE, MULTIPART_TYPE].includes(mediaType(request));
  if (hasBody && !isForm && !request.headers['content-md5']) {
    throw new GatewayError('STRICT_MODE', 'Content-MD5 is required (switch: strict)');
  }
}

function isAllowed(address: string, allowed: App['allowedIps']): boolean {
  if (allowed.length === 0) return true;
  // What a proxy calls an address may be anything.
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address);
  return allowed.some((entry) => {
    const [network, bits] = entry.includes('/') ? ipaddr.parseCIDR(entry) : [ipaddr.process(entry), undefined];
    if (network.kind() !== ip.kind()) return false;
    return ip.match(network, bits ?? (network.kind() === 'ipv4' ? 32 : 128));
  });
}
