import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { openApiDocument } from './openapi-document.ts';

/** `/openapi.json` and, for people, `/docs`; every asset is served from here. */
export async function apiDescription(
  server: FastifyInstance,
  options: { readonly publicUrl: string; readonly mode: 'sandbox' | 'production' },
): Promise<void> {
  const document = openApiDocument(options);
  server.get('/openapi.json', async () => document);
  await server.register(swagger, { mode: 'static', specification: { document: document as never } });
  await server.register(swaggerUi, {
    routePrefix: '/docs',
    // Requests have to be signed, so a page cannot try them out.
    uiConfig: { supportedSubmitMethods: [] },
    theme: { title: 'Signet API', css: [{ filename: 'signet.css', content: '.swagger-ui .topbar { display: none }' }] },
  });
}
