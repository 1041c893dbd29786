/** The signing page's calls; every command answers the state as it is afterwards. */
import { Readable } from 'node:stream';
import { ApiError } from '@signet/protocol/errors';
import {
  CONSENT_VERSION,
  chooseSeal,
  declineContract,
  giveConsent,
  type PageDownloads,
  requestSigningCode,
  type SentCode,
  type SigningState,
  smsCode,
} from '@signet/protocol/page-api';
import { z } from 'zod';
import { answerRange } from '../../kernel/http-range.ts';
import type {
  CeremonyService,
  FileRevision,
  JudgedCode,
  SealWish,
  Signing,
  Visit,
} from '../../modules/signing/index.ts';
import { type PageCall, type PageRoute, pageRoute } from './page-route.ts';
import { PageError } from './refusal.ts';
import { toSentCode } from './sent-code.ts';
import { toSigningState } from './signing-state.ts';

const nothing = z.unknown();
const whichFile = z.object({ revision: z.coerce.number().int().min(0).max(1_000_000) });

const whichPicture = whichFile.extend({ width: z.coerce.number().int().min(100) });

/** A revision never changes, so a browser may keep it for a while. */
const KEEP_REVISION = 'private, max-age=3600';

type SignCall<Input> = PageCall<'sign', Input>;

export interface SignPageModules {
  readonly signing: Pick<Signing, 'ceremonies'>;
}

export function signPageRoutes({ signing: { ceremonies } }: SignPageModules): PageRoute[] {
  const stateOf = async (call: SignCall<unknown>): Promise<SigningState> => {
    const { setting, ticket } = call;
    return toSigningState(await ceremonies.view(visitOf(call)), { setting, ticket });
  };

  /** A command: does its work, then answers the state. */
  const command = <Schema extends z.ZodType>(
    path: string,
    input: Schema,
    work: (visit: Visit, input: z.output<Schema>) => Promise<unknown>,
  ): PageRoute =>
    pageRoute({
      ...{ purpose: 'sign', method: 'POST', path, input },
      handle: async (call) => {
        await work(visitOf(call), call.input);
        return stateOf(call);
      },
    });

  return [
    pageRoute({ purpose: 'sign', method: 'GET', path: '/sign', input: nothing, handle: stateOf }),
    pageRoute({
      ...{ purpose: 'sign', method: 'POST', path: '/sign/code', input: requestSigningCode },
      handle: (call) => sendCode(ceremonies, call),
    }),
    command('/sign/identify', smsCode, async (visit, { code }) => mustPass(await ceremonies.identify(visit, code))),
    command('/sign/consent', giveConsent, async (visit, { version }) => {
      if (version !== CONSENT_VERSION) throw new ApiError('CONSENT_OUTDATED', { version });
      await ceremonies.giveConsent(visit, version);
    }),
    command('/sign/seal', chooseSeal, (visit, wish) => ceremonies.chooseSeal(visit, toWish(wish))),
    command('/sign/intent', smsCode, async (visit, { code }) => mustPass(await ceremonies.passIntent(visit, code))),
    command('/sign/confirm', nothing, (visit) => ceremonies.confirm(visit)),
    command('/sign/decline', declineContract, (visit, { reason }) => ceremonies.decline(visit, reason)),
    pageRoute({
      ...{ purpose: 'sign', method: 'POST', path: '/sign/download', input: nothing },
      handle: async (call): Promise<PageDownloads> => {
        const { files, attachments } = await ceremonies.download(visitOf(call));
        return { files: [...files, ...attachments].map(({ name, url }) => ({ name, url })) };
      },
    }),
    pageRoute({
      ...{ purpose: 'sign', method: 'GET', path: '/files/:fileCode', input: whichFile },
      handle: (call) => sendFile(ceremonies, call),
    }),
    pageRoute({
      ...{ purpose: 'sign', method: 'GET', path: '/files/:fileCode/first-page', input: whichPicture },
      handle: (call) => sendFirstPage(ceremonies, call),
    }),
  ];
}

function visitOf({ app, subject, isExpired }: SignCall<unknown>): Visit {
  return { app, contractId: subject.contractId, accountId: subject.accountId, isExpired };
}

async function sendCode(
  ceremonies: CeremonyService,
  call: SignCall<z.output<typeof requestSigningCode>>,
): Promise<SentCode> {
  const { phone, issued } = await ceremonies.sendCode(visitOf(call), call.input.purpose);
  return toSentCode(phone, issued);
}

function mustPass(judged: JudgedCode): void {
  if (!judged.passed) throw new PageError('WRONG_CODE', { remainingAttempts: judged.remainingAttempts });
}

function toWish(wish: z.output<typeof chooseSeal>): SealWish {
  return wish.by === 'seal' ? { by: 'seal', sealId: Number(wish.sealId) } : wish;
}

function revisionOf({ request, input }: SignCall<z.output<typeof whichFile>>): FileRevision {
  const { fileCode } = request.params as { readonly fileCode: string };
  return { fileCode, revision: input.revision };
}

async function sendFile(ceremonies: CeremonyService, call: SignCall<z.output<typeof whichFile>>): Promise<unknown> {
  const { request, reply } = call;
  const file = await ceremonies.openFile(visitOf(call), revisionOf(call));
  const etag = `"${Buffer.from(file.sha256).toString('hex')}"`;
  const { status, headers, range } = answerRange(request.headers, { size: file.size, etag });

  reply.code(status).headers({ ...headers, 'Content-Type': 'application/pdf', 'Cache-Control': KEEP_REVISION });
  return reply.send(range ? Readable.from(file.stream(range), { objectMode: false }) : '');
}

async function sendFirstPage(
  ceremonies: CeremonyService,
  call: SignCall<z.output<typeof whichPicture>>,
): Promise<unknown> {
  const { reply, input } = call;
  const picture = await ceremonies.firstPage(visitOf(call), revisionOf(call), input.width);
  if (!picture) return reply.code(204).send();
  reply.headers({ 'Content-Type': picture.type, 'Cache-Control': KEEP_REVISION });
  return reply.send(Buffer.from(picture.bytes));
}
