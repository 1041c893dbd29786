/**
 * What an embedded page tells the page around it by `postMessage`, only to the origins that the app has registered. Nothing is
 * listened to.
 */
export interface EmbeddedPageMessage {
  readonly source: 'signet';
  /** `opened`: the page is there. `step`: see `step`. `closed`: nothing more to do, see `status`. `leaving`: goes to the redirect. */
  readonly event: 'opened' | 'step' | 'closed' | 'leaving';
  /** The signing page only. */
  readonly contractId?: string;
  /** The page's present step, as its state names it. */
  readonly step: string;
  /** How it ended: the outcome of a signing page, the status of a grant; null before. */
  readonly status: string | null;
}
