/** The calls of the page that sees a face (人脸核验). */
import { type FaceState, giveCapture, giveFaceConsent } from '@signet/protocol/page-api';
import { z } from 'zod';
import { maskName } from '../../kernel/mask.ts';
import type { FaceView, FaceVisit, Identity } from '../../modules/identity/index.ts';
import { returnAddress } from '../../modules/tickets/index.ts';
import { type PageCall, type PageRoute, pageRoute } from './page-route.ts';
import { PageError } from './refusal.ts';
import { requireCurrentConsent } from './verification-commands.ts';

const nothing = z.unknown();
/** Back to the page that asked for the face, where the person goes on. */
const RETURN_SECONDS = 2;

type FaceCall<Input = unknown> = PageCall<'face', Input>;

export interface FaceRoutesMeans {
  readonly identity: Identity;
  readonly publicUrl: string;
}

export function faceRoutes({ identity, publicUrl }: FaceRoutesMeans): PageRoute[] {
  const { faceCeremony: ceremony } = identity;
  const stateOf = async (call: FaceCall): Promise<FaceState> => toFaceState(await ceremony.view(visitOf(call)), call);
  return [
    pageRoute({
      ...{ purpose: 'face', method: 'GET', path: '/face', input: nothing },
      handle: async (call) => {
        await ceremony.settle(visitOf(call));
        return stateOf(call);
      },
    }),
    pageRoute({
      ...{ purpose: 'face', method: 'POST', path: '/face/consent', input: giveFaceConsent },
      handle: async (call) => {
        const { version, pageUrl } = call.input;
        requireCurrentConsent(version);
        await ceremony.giveConsent(visitOf(call), { version, returnUrl: ownFacePage(publicUrl, pageUrl) });
        return stateOf(call);
      },
    }),
    pageRoute({
      ...{ purpose: 'face', method: 'POST', path: '/face/capture', input: giveCapture },
      handle: async (call) => {
        const { pictureBase64, actions, likeness, guidance } = call.input;
        const picture = Buffer.from(pictureBase64.replace(/^data:[^,]{0,100},/, ''), 'base64');
        const face = { picture, seen: actions, likeness: likeness ?? undefined, guidance };
        const judged = await ceremony.capture(visitOf(call), face);
        if (!judged.judged) {
          const { remainingAttempts, reason: msg } = judged;
          throw new PageError('CAPTURE_UNUSABLE', { remainingAttempts, msg });
        }
        return stateOf(call);
      },
    }),
  ];
}

/** The address is told by the page; one that is not ours is no place to send anybody to. */
function ownFacePage(publicUrl: string, pageUrl: string | undefined): string | undefined {
  if (pageUrl === undefined) return undefined;
  const { origin, pathname } = new URL(pageUrl);
  const address = origin + pathname;
  const ticket = address.startsWith(`${publicUrl}/face/`) ? address.slice(`${publicUrl}/face/`.length) : '';
  return /^[\w-]+$/.test(ticket) ? address : undefined;
}

function visitOf({ app, subject: { verificationId, checkId }, isExpired }: FaceCall): FaceVisit {
  return { app, verificationId, checkId, isExpired };
}

function toFaceState(view: FaceView, call: FaceCall): FaceState {
  const { step, verificationId, personName, engine, cloudUrl = null, actions, end } = view;
  return {
    ...{ ...call.setting, step, engine, cloudUrl, actions, personName: maskName(personName) },
    result: end ? { ...end, verificationId } : null,
    redirect: redirectOf(view, call),
  };
}

function redirectOf({ end, returnUrl, verificationId: flowNo, businessCode }: FaceView, { ticket }: FaceCall) {
  if (!end) return null;
  if (returnUrl !== undefined) return { url: returnUrl, delaySeconds: RETURN_SECONDS };
  return returnAddress(ticket, { businessCode: businessCode ?? null, flowNo, status: end.status });
}
