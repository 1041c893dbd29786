/** What stands in a message: vendors send nothing but texts that they have approved as templates. */
export interface SmsTemplate {
  /** Ours: `CODE` for one-time codes, else the code of the notice's template. */
  readonly code: string;
  /** In the order of the text. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface SmsMessage {
  /** Ours; a vendor may keep it beside its own. */
  readonly messageId: string;
  readonly phone: string;
  /** The whole text, signature first. */
  readonly text: string;
  /** Undefined for a text that somebody else has written. */
  readonly template: SmsTemplate | undefined;
}

/** Whoever took or refused the message. `failed` is final (a refused number). */
export interface SmsReceipt {
  readonly status: 'sent' | 'failed';
  readonly source: string;
  /** The vendor's own number of the message. */
  readonly reference?: string | undefined;
  /** Why it failed: the vendor's code, or a sentence of ours. */
  readonly reason?: string | undefined;
}

export interface SentSms {
  readonly phone: string;
  readonly reference: string;
  readonly sentAt: Date;
}

export interface SmsDelivery {
  readonly state: 'delivered' | 'undelivered';
  readonly reason?: string | undefined;
}

/** Hands one message to the outside world. A fault worth another try is thrown. */
export interface SmsSender {
  send(message: SmsMessage): Promise<SmsReceipt>;
  /** Optional: whether it has reached the phone; undefined as long as nobody knows. Throws `RemoteCallError`. */
  readonly findDelivery?: (sent: SentSms) => Promise<SmsDelivery | undefined>;
}

/** Under which name a vendor has approved one of our templates. */
export interface VendorTemplate {
  readonly id: string;
  /** Our parameters in the order of the vendor's places; undefined means all of them, in the order of our own text. */
  readonly parameters: readonly string[] | undefined;
}

/** By our own code. */
export type VendorTemplates = ReadonlyMap<string, VendorTemplate>;
