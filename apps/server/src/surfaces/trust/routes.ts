/**
 * What anyone may ask in order to check our signatures: certificates, revocation lists (RFC 5280 §4.2.1.13), OCSP (RFC 6960
 * appendix A), timestamps (RFC 3161 §3.4). Public and unsigned; every body is hostile.
 */
import { X509Certificate } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify';
import { type AuthorityRole, type Certificates, TRUST_PATHS } from '../../modules/certificates/index.ts';

export interface TrustOptions {
  readonly certificates: Certificates;
}

const LONGEST_BODY = 64 * 1024;

const MEDIA = {
  pem: 'application/x-pem-file',
  certificate: 'application/pkix-cert',
  crl: 'application/pkix-crl',
  ocspRequest: 'application/ocsp-request',
  ocspResponse: 'application/ocsp-response',
  timestampQuery: 'application/timestamp-query',
  timestampReply: 'application/timestamp-reply',
} as const;

/** A renewed certificate or a new revocation reaches everyone within this time. */
const CACHED = 'public, max-age=300';
const NOT_CACHED = 'no-store';

/** The surface `trust` as a Fastify plugin. */
export function trustRoutes({ certificates }: TrustOptions): FastifyPluginAsync {
  return async (app) => {
    app.setErrorHandler((error: FastifyError, _request, reply) => refuse(error, reply));

    serveCertificates(app, certificates);
    serveRevocation(app, certificates);
    serveTimestamps(app, certificates);
  };
}

function serveCertificates(app: FastifyInstance, { chainOf }: Certificates): void {
  const pem = (path: string, role: AuthorityRole) =>
    app.get(path, (_request, reply) => {
      const chain = chainOf(role).map((certificate) => new X509Certificate(certificate).toString());
      return send(reply, { type: MEDIA.pem, cache: CACHED }, Buffer.from(chain.join('')));
    });
  const der = (path: string, role: AuthorityRole) =>
    app.get(path, (_request, reply) =>
      send(reply, { type: MEDIA.certificate, cache: CACHED }, chainOf(role)[0] ?? new Uint8Array()),
    );

  pem(TRUST_PATHS.rootPem, 'root');
  pem(TRUST_PATHS.issuingCaPem, 'issuing-ca');
  pem(TRUST_PATHS.tsaPem, 'tsa');
  der(TRUST_PATHS.rootCertificate, 'root');
  der(TRUST_PATHS.issuingCaCertificate, 'issuing-ca');
}

function serveRevocation(app: FastifyInstance, certificates: Certificates): void {
  const crl = { type: MEDIA.crl, cache: CACHED };
  app.get(TRUST_PATHS.rootCrl, async (_request, reply) => send(reply, crl, await certificates.crl('root')));
  app.get(TRUST_PATHS.issuingCaCrl, async (_request, reply) => send(reply, crl, await certificates.crl('issuing-ca')));

  // The base64 of a request may hold slashes, so it is the whole rest of the path.
  app.get<{ Params: { '*': string } }>(`${TRUST_PATHS.ocsp}/*`, async (request, reply) => {
    const answer = await certificates.ocsp(Buffer.from(request.params['*'], 'base64'));
    return send(reply, { type: MEDIA.ocspResponse, cache: CACHED }, answer);
  });
  acceptBytes(app, TRUST_PATHS.ocsp, MEDIA.ocspRequest, async (body, reply) =>
    send(reply, { type: MEDIA.ocspResponse, cache: NOT_CACHED }, await certificates.ocsp(body)),
  );
}

function serveTimestamps(app: FastifyInstance, certificates: Certificates): void {
  acceptBytes(app, TRUST_PATHS.tsa, MEDIA.timestampQuery, async (body, reply) =>
    send(reply, { type: MEDIA.timestampReply, cache: NOT_CACHED }, await certificates.respondToTimestampRequest(body)),
  );
}

/** A POST that takes one media type, in a scope of its own: any other gets 415. */
function acceptBytes(
  app: FastifyInstance,
  path: string,
  mediaType: string,
  answer: (body: Buffer, reply: FastifyReply) => Promise<FastifyReply>,
): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      mediaType,
      { parseAs: 'buffer', bodyLimit: LONGEST_BODY },
      async (_request: unknown, body: Buffer) => body,
    );
    scope.post<{ Body: Buffer | undefined }>(path, (request, reply) => {
      // Without a body no parser runs, whatever the headers say.
      return answer(request.body ?? Buffer.alloc(0), reply);
    });
  });
}

function send(reply: FastifyReply, head: { type: string; cache: string }, bytes: Uint8Array): FastifyReply {
  return reply
    .header('content-type', head.type)
    .header('cache-control', head.cache)
    .header('x-content-type-options', 'nosniff')
    .send(Buffer.from(bytes));
}

/** Refusals of the request are plain text; a fault of ours goes on to the server's own handler and log. */
function refuse(error: FastifyError, reply: FastifyReply): FastifyReply {
  const status = error.statusCode ?? 500;
  if (status >= 500) throw error;
  return reply
    .code(status)
    .header('cache-control', NOT_CACHED)
    .type('text/plain; charset=utf-8')
    .send(`${error.message}\n`);
}
