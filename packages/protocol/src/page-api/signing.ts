/** The signing page (签署页面). The server decides the step; a reload resumes where the party was. */
import { z } from 'zod';
import { PAD_LIMIT } from './handwriting.ts';
import type { PageSetting, Redirect } from './session.ts';

/**
 * `identify`: the app wants the party checked by SMS before it sees the document.
 * `wait`: other parties come first.
 * `consent`: read the documents, agree.
 * `place`: choose, draw or type what goes to the signing places, look at each of them. Ends when `sign/seal` names a seal; code and
 * intent are taken in it as well, since the default seal needs no choice. Another seal may be chosen until the code has been right.
 * `intent`: prove by SMS code that this person means to sign, now.
 * `confirm`: the code has been right, the signature was not asked for yet (a reload in between).
 * `sealing`: the will is recorded, the platform owes the signature and makes it; ask again.
 * `closed`: nothing more to do for this party, see `outcome`.
 */
export type SigningStep = 'identify' | 'wait' | 'consent' | 'place' | 'intent' | 'confirm' | 'sealing' | 'closed';

/** `signed`: this party has signed, the contract may still wait for others; `declined` by this party or another one. */
export type SigningOutcome = 'signed' | 'declined' | 'withdrawn' | 'expired';

export type PagePartyStatus = 'waiting' | 'signing' | 'sealing' | 'signed' | 'declined' | 'withdrawn' | 'expired';

/**
 * `GET /page-api/sign` and the answer of every command of this page. A command that comes too late (double tap, another tab, the
 * contract has ended meanwhile) changes nothing and answers the state as it is; one that comes too early is refused with
 * NOT_YOUR_TURN or CEREMONY_STEP_CONFLICT. Instants are ISO 8601 in UTC.
 */
export interface SigningState extends PageSetting {
  readonly step: SigningStep;
  /** Only in step `closed`. */
  readonly outcome: SigningOutcome | null;
  readonly contract: {
    readonly contractId: string;
    readonly name: string;
    readonly status: 'signing' | 'completed' | 'declined' | 'withdrawn' | 'expired';
    readonly signDeadlineAt: string;
    readonly closedAt: string | null;
    readonly closingReason: string | null;
  };
  /** The party whose link this is. */
  readonly self: SigningSelf;
  readonly parties: readonly SigningPartyView[];
  /** Empty while the document must not be shown (`identify`, hidden until the turn, closed without a signature). */
  readonly files: readonly SigningFile[];
  readonly places: readonly SigningPlace[];
  /** What the party may choose from; the chosen one may be an unlisted drawn signature. */
  readonly seals: readonly SealChoice[];
  readonly chosenSealId: string | null;
  /** Persons may draw or type a signature; companies use their seals. */
  readonly mayDraw: boolean;
  readonly redirect: Redirect | null;
}

export interface SigningSelf {
  readonly name: string;
  readonly kind: 'person' | 'organization';
  /** Masked; the code goes there. For a company the agent's phone. */
  readonly phone: string;
  /** For a company: the person who acts for it, when known. */
  readonly agentName: string | null;
  readonly signedAt: string | null;
  readonly declineReason: string | null;
}

export interface SigningPartyView {
  readonly name: string;
  readonly isSelf: boolean;
  readonly status: PagePartyStatus;
  readonly signedAt: string | null;
}

export interface SigningFile {
  readonly fileCode: string;
  readonly name: string;
  readonly size: number;
  /**
   * Pins the bytes while others sign: `GET /page-api/files/:fileCode?revision=N`, with Range. `GET /page-api/files/:fileCode/first-page
   * ?revision=N&width=W` answers page 1 as a picture W pixels wide (2,000 at most), to be looked at until the page has drawn it; 204 when there is none.
   */
  readonly revision: number;
  /** Page sizes in points as displayed (rotation applied), from page 1. */
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  /** Attachments are read, not signed. */
  readonly isAttachment: boolean;
}

export interface SigningPlace {
  readonly placeId: string;
  readonly fileCode: string;
  /** From 1. */
  readonly page: number;
  /** In points of the page as displayed, origin at the lower left. */
  readonly rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly kind: 'seal' | 'cross-page';
  readonly isSelf: boolean;
  readonly partyName: string;
  readonly isSigned: boolean;
  /** The part of the seal's width that shows here, for a slice of a cross-page seal. */
  readonly slice: { readonly from: number; readonly to: number } | null;
  readonly hasDate: boolean;
  /** Points at the lower edge of `rect` that the date and the notice of a sandbox take; the seal stands above them. */
  readonly footerHeight: number;
  /** The contract names the seal of this place; the party cannot choose another one. */
  readonly fixedSealId: string | null;
}

export interface SealChoice {
  readonly sealId: string;
  readonly name: string;
  readonly kind: 'official' | 'contract' | 'representative' | 'name' | 'handwritten';
  /** Same-origin path of an SVG. */
  readonly imagePath: string;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** `POST /page-api/sign/code` → SentCode. */
export const requestSigningCode = z.object({ purpose: z.enum(['identify', 'intent']) });
export type RequestSigningCode = z.infer<typeof requestSigningCode>;

/** `POST /page-api/sign/identify` with a SmsCode → SigningState. */

/** `POST /page-api/sign/consent` → SigningState. `version` is that of the text that was shown; an old one is CONSENT_OUTDATED. */
export const giveConsent = z.object({ version: z.string().max(20) });
export type GiveConsent = z.infer<typeof giveConsent>;

const coordinate = z.number().min(-PAD_LIMIT).max(PAD_LIMIT);
/** x to the right, y down, pressure 0–1. */
const strokePoint = z.tuple([coordinate, coordinate, z.number().min(0).max(1)]);
const stroke = z.array(strokePoint).min(1).max(2_000);
/** Brush width in pad units. */
export const drawnSignature = z.object({
  strokes: z.array(stroke).min(1).max(200),
  brush: z.number().min(0.5).max(100),
});
export type DrawnSignature = z.infer<typeof drawnSignature>;

/**
 * `POST /page-api/sign/seal` → SigningState. An existing seal, a drawing, or the party's own name set in a handwriting face; `keep`
 * makes it a seal of style 5 that can be chosen again.
 */
export const chooseSeal = z.discriminatedUnion('by', [
  z.object({ by: z.literal('seal'), sealId: z.string().regex(/^\d{1,18}$/) }),
  z.object({ by: z.literal('drawing'), drawing: drawnSignature, keep: z.boolean() }),
  z.object({ by: z.literal('typing'), keep: z.boolean() }),
]);
export type ChooseSeal = z.infer<typeof chooseSeal>;

/** `POST /page-api/sign/intent` with a SmsCode → SigningState: the code is judged, the will recorded, the signature made. */
/** `POST /page-api/sign/confirm` with `{}` → SigningState: from step `confirm`. */

/** `POST /page-api/sign/decline` → SigningState. */
export const declineContract = z.object({ reason: z.string().trim().min(1).max(200) });
export type DeclineContract = z.infer<typeof declineContract>;

/** `POST /page-api/sign/download` with `{}`: short-lived addresses of the files as they stand, once this party has signed. */
export interface PageDownloads {
  readonly files: readonly { readonly name: string; readonly url: string }[];
}
