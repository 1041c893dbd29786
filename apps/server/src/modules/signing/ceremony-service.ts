import { ApiError } from '@signet/protocol/errors';
import type { App } from '../apps/index.ts';
import type { ContractDownload, OpenRevision } from '../contracts/index.ts';
import type { PagePicture } from '../files/index.ts';
import { LinkError } from '../tickets/index.ts';
import {
  type CodePurpose,
  confirmOnPage,
  identify,
  type JudgedCode,
  passIntent,
  type SealNow,
  sendCode,
} from './ceremony-intent.ts';
import { issueLink, type LinkRequest } from './ceremony-link.ts';
import { sceneOf, tooEarly, type Visit } from './ceremony-scene.ts';
import { chooseSeal, declineOnPage, giveConsent, type SealWish } from './ceremony-steps.ts';
import { viewOf } from './ceremony-view.ts';
import type { SigningDependencies } from './dependencies.ts';

export interface FileRevision {
  readonly fileCode: string;
  readonly revision: number;
}

export type CeremonyService = ReturnType<typeof createCeremonies>;

/**
 * 签署流程: one party's way over its page, from the link to the signature. A command that comes when it has been done already, or
 * when the party can do nothing any more, changes nothing; the state tells where the party is.
 */
export function createCeremonies(means: SigningDependencies, sealNow: SealNow) {
  async function openFile(visit: Visit, file: FileRevision): Promise<OpenRevision> {
    if (visit.isExpired) throw new LinkError('LINK_EXPIRED');
    const scene = await sceneOf(means, means.database.db, visit);
    if (!scene.standing.mayRead) throw tooEarly(scene);
    return means.contracts.openRevision(visit.app.id, { contractId: scene.contract.id, ...file });
  }

  return {
    issueLink: (app: App, request: LinkRequest) => issueLink(means, app, request),

    view: (visit: Visit) => viewOf(means, visit),

    sendCode: (visit: Visit, purpose: CodePurpose) => sendCode(means, visit, purpose),

    identify: (visit: Visit, code: string) => identify(means, visit, code),

    giveConsent: (visit: Visit, version: string) => giveConsent(means, visit, version),

    chooseSeal: (visit: Visit, wish: SealWish) => chooseSeal(means, visit, wish),

    /** Judges the code; a right one signs. */
    async passIntent(visit: Visit, code: string): Promise<JudgedCode> {
      const judged = await passIntent(means, visit, code);
      if (judged.passed) await confirmOnPage(means, visit, sealNow);
      return judged;
    },

    confirm: (visit: Visit) => confirmOnPage(means, visit, sealNow),

    decline: (visit: Visit, reason: string) => declineOnPage(means, visit, reason),

    /** A document as the page shows it. @throws ApiError FILE_NOT_FOUND, or when the party may not read now. */
    openFile,

    /** Its first page, some pixels wide, to be looked at until the page has drawn it; null when there is none to be had. */
    async firstPage(visit: Visit, file: FileRevision, width: number): Promise<PagePicture | null> {
      return means.pagePictures.draw(await openFile(visit, file), 1, width);
    },

    /** The files as they stand, for a party that has signed. */
    async download(visit: Visit): Promise<ContractDownload> {
      if (visit.isExpired) throw new LinkError('LINK_EXPIRED');
      const scene = await sceneOf(means, means.database.db, visit);
      const { outcome, mayRead } = scene.standing;
      if (outcome !== 'signed' || !mayRead) throw new ApiError('CEREMONY_STEP_CONFLICT', { step: scene.standing.step });
      return means.contracts.download(visit.app, { contractId: scene.contract.id }, { current: true });
    },
  };
}
