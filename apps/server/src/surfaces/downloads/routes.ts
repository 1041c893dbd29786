import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Downloads } from '../../modules/files/index.ts';

/** `GET /files/<ticket>`: the bytes behind a short-lived address. */
export async function downloadRoutes(server: FastifyInstance, { downloads }: { readonly downloads: Downloads }) {
  server.get<{ Params: { ticket: string } }>('/files/:ticket', async (request, reply) => {
    const found = await downloads.open(request.params.ticket);
    if (!found) return reply.code(404).type('text/plain; charset=utf-8').send('下载地址不存在或已过期\n');
    return reply
      .headers({
        'Content-Type': found.mediaType,
        'Content-Length': found.size,
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(found.fileName)}`,
        'Cache-Control': 'private, no-store',
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      })
      .send(Readable.from(found.chunks));
  });
}
