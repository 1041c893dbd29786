/** What the server's refusals mean, for those who read English; the server's own sentence is Chinese. */
const ENGLISH: Readonly<Record<string, string>> = {
  SETUP_NEEDED: 'No account exists yet. Open the setup link that the server printed.',
  SETUP_DONE: 'The first account exists already. Log in instead.',
  SETUP_CODE_WRONG: 'The setup code is wrong or was replaced by a newer one.',
  LOGIN_FAILED: 'Account or password is wrong.',
  TOTP_WRONG: 'The code is wrong, or was used already. Wait for the next one.',
  ACCOUNT_LOCKED: 'Too many failures: the account is locked for a while.',
  PASSWORD_EXPIRED: 'The temporary password has expired after 72 hours. Ask an owner for a new one.',
  PASSWORD_WRONG: 'The present password is wrong.',
  PASSWORD_TOO_WEAK: 'This password would be among the first to be tried. Choose one that is longer or less usual.',
  NOT_LOGGED_IN: 'The session has ended. Log in again.',
  FORBIDDEN: 'Your role does not allow this.',
  NOT_FOUND: 'It does not exist.',
  CONFLICT: 'It has changed in the meantime, or its state does not allow this.',
  TOO_MANY_REQUESTS: 'Too many requests. Wait a moment.',
  SYSTEM_BUSY: 'The server failed. Its log has the reason under the log key.',
};

export function englishOf(error: string): string | undefined {
  return ENGLISH[error];
}
