/** An app asks for a grant, and the owner of the seal has its page open. */
import type { GrantState, PageFailure, SentCode } from '@signet/protocol/page-api';
import type { SignetClient } from '@signet/sdk';
import { openPage, type PageAnswer } from '../signing-page/page.ts';

type Wanted = Parameters<SignetClient['seals']['getGrantUrl']>[0];
export type GrantPage = Awaited<ReturnType<typeof openGrantPage>>;

export async function sealOf(client: SignetClient, accountId: string): Promise<string> {
  const { sealId } = await client.persons.get({ accountId });
  return String(sealId);
}

/** For the default seal of a person unless another one is named. */
export async function askForGrant(client: SignetClient, accountId: string, change: Partial<Wanted> = {}) {
  const sealId = change.sealId ?? (await sealOf(client, accountId));
  return client.seals.getGrantUrl({ accountId, ...change, sealId });
}

export async function openGrantPage(link: string) {
  const page = await openPage(link);
  const post = (path: string, body: object = {}) => page.post<GrantState & PageFailure>(path, body);
  const code = () => page.post<SentCode & PageFailure>('/grant/code');
  return {
    ...{ ...page, post, code },
    look: async (): Promise<GrantState> => mustBe(await page.get<GrantState>('/grant')),
    confirm: (guess: string) => post('/grant/confirm', { code: guess }),
    cancel: () => post('/grant/cancel'),
    codeText: async (): Promise<string> => mustBe(await code()).sandboxCode ?? '',
  };
}

export async function grantOnPage(link: string): Promise<GrantPage> {
  const page = await openGrantPage(link);
  mustBe(await page.confirm(await page.codeText()));
  return page;
}

function mustBe<Body>({ status, body }: PageAnswer<Body>): Body {
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}
