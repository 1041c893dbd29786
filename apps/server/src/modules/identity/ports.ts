import { RemoteCallError } from '../../kernel/remote-call.ts';

/** How a check ends. A mismatch of facts is an answer, not an error. */
export type CheckOutcome = 'passed' | 'un_passed';

export interface PersonFacts {
  readonly name: string;
  readonly idDocumentType: string;
  readonly idNumber: string;
}

export interface RepresentativeFacts {
  readonly name: string;
  readonly idDocumentType?: string;
  readonly idNumber?: string;
}

export interface CompanyFacts {
  readonly name: string;
  readonly idDocumentType: string;
  readonly idNumber: string;
  readonly legalRepresentative: RepresentativeFacts;
}

export interface CompanyQuestion {
  readonly name: string;
  readonly idDocumentType: string;
  readonly idNumber: string;
  readonly representativeName: string;
}

/** What an outside source says about some facts. */
export interface RegistryFinding {
  readonly outcome: CheckOutcome;
  /** Why, in Chinese; kept in the evidence. */
  readonly reason: string;
  /** Which source answered. */
  readonly source: string;
  /** The source's own reference of this query. */
  readonly requestId: string;
}

/**
 * Asks the authorities whether facts belong together. Throws `IdentitySourceUnavailable` when no answer can be had, and
 * `IdentityCheckNotOffered` for what the source never answers.
 */
export interface IdentityRegistry {
  /** 二要素: name + id number. */
  checkNameAndId(question: PersonFacts): Promise<RegistryFinding>;
  /** 运营商三要素: name + id number + mobile. */
  checkCarrier(question: PersonFacts & { readonly mobile: string }): Promise<RegistryFinding>;
  /** 银行卡四要素: name + id number + card + the mobile that the bank has on file. */
  checkBankCard(
    question: PersonFacts & { readonly mobile: string; readonly bankCardNumber: string },
  ): Promise<RegistryFinding>;
  /** 企业三要素: name + code + representative's name. */
  checkCompanyRecord(question: CompanyQuestion): Promise<RegistryFinding>;
  /** 企业四要素: the above + the representative's id number. */
  checkCompanyRepresentative(
    question: CompanyQuestion & { readonly representativeIdNumber: string },
  ): Promise<RegistryFinding>;
}

/** The source did not answer: it is down, too slow or refuses us. The caller may try again. */
export class IdentitySourceUnavailable extends Error {
  override readonly name = 'IdentitySourceUnavailable';
}

/** For providers: a call that came to nothing means that the source gave no answer. */
export async function askSource<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (!(cause instanceof RemoteCallError)) throw cause;
    throw new IdentitySourceUnavailable(cause.message, { cause });
  }
}

/** This source has no such check, or not for such a document. Nothing was asked, and asking again will not help. */
export class IdentityCheckNotOffered extends Error {
  override readonly name = 'IdentityCheckNotOffered';
}

/** Optional ability of a sandbox registry: it shows whom it knows and how each of them behaves. */
export interface RegistryDirectory {
  list(query: {
    keyword?: string | undefined;
    pageNumber: number;
    pageSize: number;
  }): Promise<{ readonly list: readonly RegistryListing[]; readonly total: number }>;
}

/** What a check will say about someone, provided the facts are given as listed. */
export interface ListedVerdict {
  readonly outcome: CheckOutcome | 'unavailable';
  readonly reason: string;
}

export type RegistryListing =
  | {
      readonly kind: 'person';
      readonly facts: PersonFacts;
      readonly mobile: string | undefined;
      readonly bankCardNumber: string | undefined;
      readonly verdicts: {
        readonly nameAndIdCheck: ListedVerdict;
        readonly carrierCheck: ListedVerdict;
        readonly bankCardCheck: ListedVerdict;
      };
    }
  | {
      readonly kind: 'company';
      readonly facts: CompanyFacts;
      readonly verdicts: {
        readonly companyRecordCheck: ListedVerdict;
        readonly companyRepresentativeCheck: ListedVerdict;
      };
    };

export type FaceAction = 'look' | 'blink' | 'turn-left' | 'turn-right';

/** What a page has seen of a face. The picture is judged and forgotten. */
export interface FaceCaptured {
  readonly facts: PersonFacts;
  readonly picture: Uint8Array;
  /** What the person was asked to do, in this order. */
  readonly wanted: readonly FaceAction[];
  /** When each action was seen, in milliseconds after the start. */
  readonly seen: readonly { readonly action: FaceAction; readonly atMs: number }[];
  /** Measured in the browser, and therefore no proof. */
  readonly likeness: number | undefined;
}

/** `unusable`: nothing can be said about the person; they may be filmed again. */
export type FaceFinding = Omit<RegistryFinding, 'outcome'> & { readonly outcome: CheckOutcome | 'unusable' };

/** Judges what our own page has filmed. Throws `IdentitySourceUnavailable`. */
export interface LocalFaceVerifier {
  readonly engine: 'local';
  judge(captured: FaceCaptured): Promise<FaceFinding>;
}

export interface FaceSessionRequest {
  readonly facts: PersonFacts;
  /** Ours. */
  readonly reference: string;
  /** Where the person comes back to; undefined where no address of ours is known. */
  readonly returnUrl: string | undefined;
}

/** One visit to the vendor's own page. */
export interface FaceSession {
  /** The vendor's, by which the result is fetched. */
  readonly token: string;
  /** Where the person goes to be filmed. */
  readonly url: string;
  readonly expiresAt: Date;
  readonly source: string;
  readonly requestId: string;
}

export interface CloudFaceFinding extends RegistryFinding {
  /** To the picture of the authorities, 0 to 100, as the vendor measured it. */
  readonly likeness: number | undefined;
}

/** Sends the person to a vendor's page and asks the vendor how it went. Throws `IdentitySourceUnavailable`. */
export interface CloudFaceVerifier {
  readonly engine: 'cloud';
  begin(request: FaceSessionRequest): Promise<FaceSession>;
  /** Undefined as long as nothing is known. */
  fetchResult(session: { readonly token: string; readonly facts: PersonFacts }): Promise<CloudFaceFinding | undefined>;
}

/** Sees whether the person of the facts was in front of the camera. */
export type FaceVerifier = LocalFaceVerifier | CloudFaceVerifier;

/** One payout (打款) of a few cents to a company's own account. */
export interface PayoutOrder {
  /** Ours; the bank pays once for it, however often it is asked. */
  readonly reference: string;
  readonly companyName: string;
  readonly accountNumber: string;
  readonly bankName: string;
  /** 联行号 */
  readonly branchCode: string;
  readonly amountCents: number;
}

export type PayoutStatus = 'pending' | 'paid' | 'failed' | 'returned';

export interface PayoutState {
  readonly status: PayoutStatus;
  /** Why it failed or came back, in Chinese. */
  readonly reason: string;
  readonly source: string;
  readonly requestId: string;
}

export interface BankBranch {
  readonly bankName: string;
  readonly bankCode: string;
  readonly branchName: string;
  /** 联行号, 12 digits. */
  readonly branchCode: string;
  readonly province: string;
  readonly city: string;
}

/** Pays small amounts. Throws `IdentitySourceUnavailable` when the bank does not answer. */
export interface PayoutBank {
  /** Pays, or tells how the payout of this reference stands. */
  pay(order: PayoutOrder): Promise<PayoutState>;
  /** False: there is no bank at all, so that no payout is begun. */
  readonly isConfigured?: false;
  /** The least that this bank transfers; one cent unless given. */
  readonly smallestCents?: number;
  /** Sandbox only: the message that a real bank would send to its customer, who reads the amount there. */
  readonly customerMessage?: (order: PayoutOrder) => string;
  /** Sandbox only: what is listed as long as no operator has loaded a list. */
  readonly branches?: readonly BankBranch[];
}

const MIDDLE_DOTS = /[\u00b7\u2022\u2027\u30fb\u2e31\uff65.]/g;

/** How names are compared: width of letters and brackets, blanks and the spelling of the middle dot do not matter. */
export function comparableName(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s+/g, '').replaceAll(MIDDLE_DOTS, '·').toUpperCase();
}
