/** A party's browser without a screen: opens the link, keeps the session, speaks to the server as the page does. */
import { CONSENT_VERSION, type SigningState } from '@signet/protocol/page-api';

/** What the consent button sends. */
export const AGREED = { version: CONSENT_VERSION };

/** What a page call answered; `body` is the state, another answer or a failure. */
export interface PageAnswer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export type SigningPage = Awaited<ReturnType<typeof openPage>>;

export async function openPage(link: string) {
  const { origin, pathname } = new URL(link);
  const [, purpose, ticket = ''] = pathname.split('/');
  const opened = await send<{ session: string; purpose: string }>(`${origin}/page-api/sessions`, { body: { ticket } });
  if (opened.status !== 200) throw new Error(`no session: ${JSON.stringify(opened.body)}`);
  const { session } = opened.body;
  const authorization = { Authorization: `Bearer ${session}` };
  const at = (path: string) => `${origin}/page-api${path}`;

  const post = <Body = SigningState>(path: string, body: object = {}) =>
    send<Body>(at(path), { body, headers: authorization });
  const get = <Body = SigningState>(path: string) => send<Body>(at(path), { headers: authorization });
  const done = async (path: string, body: object = {}): Promise<SigningState> => mustBe(await post(path, body));
  const codeFor = async (use: 'identify' | 'intent'): Promise<string> =>
    mustBe(await post<{ sandboxCode: string }>('/sign/code', { purpose: use })).sandboxCode;
  return {
    ...{ session, purpose, post, get, done, codeFor },
    state: async (): Promise<SigningState> => mustBe(await get('/sign')),
    bytes: (fileCode: string, revision: number, headers: Record<string, string> = {}) =>
      fetch(at(`/files/${fileCode}?revision=${revision}`), { headers: { ...authorization, ...headers } }),
    picture: (fileCode: string, revision: number, width: number | string) =>
      fetch(at(`/files/${fileCode}/first-page?revision=${revision}&width=${width}`), { headers: authorization }),

    /** From the first look to the question for the code. */
    async untilIntent(): Promise<SigningState> {
      await done('/sign/consent', AGREED);
      const { chosenSealId } = await mustBe(await get('/sign'));
      return done('/sign/seal', { by: 'seal', sealId: chosenSealId });
    },

    /** The whole way, with the default seal. */
    async sign(): Promise<SigningState> {
      await done('/sign/consent', AGREED);
      return done('/sign/intent', { code: await codeFor('intent') });
    },
  };
}

async function send<Body>(
  url: string,
  { body, headers = {} }: { readonly body?: object; readonly headers?: Record<string, string> },
): Promise<PageAnswer<Body>> {
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

function mustBe<Body>({ status, body }: PageAnswer<Body>): Body {
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** Any code but this one. */
export function otherThan(code: string): string {
  return code === '000000' ? '000001' : '000000';
}
