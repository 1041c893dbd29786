import type { FastifyInstance } from 'fastify';
import { type Seals, sealImagePath } from '../../modules/seals/index.ts';

/** Artwork never changes, so a picture may be kept as long as the browser likes, but not by caches that others share. */
const CACHE_CONTROL = 'private, max-age=31536000, immutable';

/** Serves the pictures behind `imageUrl`: public addresses that nobody can guess. */
export async function sealImages(
  server: FastifyInstance,
  { seals }: { readonly seals: Pick<Seals, 'findImage'> },
): Promise<void> {
  server.get<{ Params: { imageName: string } }>(sealImagePath(':imageName'), async (request, reply) => {
    const svg = await seals.findImage(request.params.imageName);
    if (svg === undefined) return reply.code(404).type('text/plain; charset=utf-8').send('图片不存在\n');

    return reply
      .headers({
        'Content-Type': 'image/svg+xml',
        'Cache-Control': CACHE_CONTROL,
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      })
      .send(svg);
  });
}
