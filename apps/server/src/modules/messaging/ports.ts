export interface SmsMessage {
  readonly phone: string;
  readonly text: string;
}

/** Hands one message to the outside world. `failed` is final (a refused number); a fault worth another try is thrown. */
export interface SmsSender {
  send(message: SmsMessage): Promise<{ readonly status: 'sent' | 'failed' }>;
}
