/** The built pages and their headers. Nothing here knows a person: what a page shows comes from its own API. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Apps } from '../../modules/apps/index.ts';
import type { Tickets } from '../../modules/tickets/index.ts';
import { type PageKind, pageHeaders, TICKET_PAGES, WORKER_POLICY } from './headers.ts';

const YEAR_SECONDS = 31_536_000;
const DAY_SECONDS = 86_400;
/** The worker of the face page, by the name that its build gives it. */
const FACE_ENGINE = join('assets', 'face-engine.worker');

export interface PagesDependencies {
  /** What the build of `apps/web` left. */
  readonly folder: string;
  readonly tickets: Pick<Tickets, 'find'>;
  readonly apps: Pick<Apps, 'find'>;
}

export async function pages(server: FastifyInstance, { folder, tickets, apps }: PagesDependencies): Promise<void> {
  await server.register(fastifyStatic, {
    ...{ root: folder, serve: false, preCompressed: true, cacheControl: false },
    setHeaders: (reply, path) => {
      const asset = relative(folder, path);
      if (asset.startsWith('assets')) reply.header('Cache-Control', cachingOf(asset));
      if (asset.startsWith(FACE_ENGINE)) reply.header('Content-Security-Policy', WORKER_POLICY);
      reply.header('X-Content-Type-Options', 'nosniff');
    },
  });

  const send = (reply: FastifyReply, kind: PageKind, embeddingOrigins: readonly string[] = []) => {
    if (!existsSync(join(folder, `${kind}.html`)))
      return reply.code(503).type('text/plain').send('pages are not built\n');
    return reply.headers(pageHeaders(kind, embeddingOrigins)).sendFile(`${kind}.html`);
  };
  for (const kind of TICKET_PAGES) {
    server.get<{ Params: { ticket: string } }>(`/${kind}/:ticket`, async (request, reply) => {
      const ticket = await tickets.find(request.params.ticket);
      const app = ticket && (await apps.find(ticket.appId));
      return send(reply, kind, app?.embeddingOrigins);
    });
  }
  for (const path of ['/console', '/console/*']) server.get(path, async (_request, reply) => send(reply, 'console'));
  server.get('/', async (_request, reply) => send(reply, 'home'));

  server.get<{ Params: { '*': string } }>('/assets/*', async ({ params }, reply) =>
    reply.sendFile(`assets/${params['*']}`),
  );
  server.get('/icon.svg', async (_request, reply) => reply.sendFile('icon.svg'));
}

/** Names in `assets` carry a hash of their content, but for what pdf.js asks for by name. */
function cachingOf(asset: string): string {
  const isNamed = asset.startsWith(join('assets', 'pdfjs'));
  return isNamed ? `public, max-age=${DAY_SECONDS}` : `public, max-age=${YEAR_SECONDS}, immutable`;
}
