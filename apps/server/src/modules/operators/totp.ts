/** One-time codes of an authenticator app (TOTP, RFC 6238): SHA-1, six digits, 30 seconds, as every such app understands. */
import { Secret, TOTP } from 'otpauth';

const ISSUER = 'Signet';
const SECRET_BYTES = 20;
/** A clock may be one step off, either way (RFC 6238 §5.2). */
const WINDOW_STEPS = 1;

/** In base32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

export function totpUri(secret: string, accountName: string): string {
  return totpOf(secret, accountName).toString();
}

/** The time step that a code belongs to; undefined when it is of none near `now`. A step that has been used counts no more. */
export function totpStepOf(secret: string, code: string, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const totp = totpOf(secret, '');
  const timestamp = now.getTime();
  const delta = totp.validate({ token: code, timestamp, window: WINDOW_STEPS });
  return delta === null ? undefined : totp.counter({ timestamp }) + delta;
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret) });
}

/** What a box with a secret is bound to. */
export function totpContext(operatorId: string): string {
  return `operators.totp_secret:${operatorId}`;
}
