import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'signet_console';
const TOKEN = /^[\w-]{20,100}$/;

export type SessionCookie = ReturnType<typeof createSessionCookie>;

/** Only this server reads it, and no other site's page makes a browser send it. */
export function createSessionCookie(publicUrl: string) {
  const options = { httpOnly: true, sameSite: 'strict', path: '/', secure: publicUrl.startsWith('https:') } as const;
  return {
    read(request: FastifyRequest): string | undefined {
      const token = request.cookies[NAME];
      return token !== undefined && TOKEN.test(token) ? token : undefined;
    },
    set: (reply: FastifyReply, token: string): FastifyReply => reply.setCookie(NAME, token, options),
    clear: (reply: FastifyReply): FastifyReply => reply.clearCookie(NAME, options),
  };
}
