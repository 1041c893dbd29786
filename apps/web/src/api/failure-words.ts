import type { PageFailure } from '@signet/protocol/page-api';
import { type Say, type Texts, useTexts } from '../ui/texts.ts';
import { useAppearance } from '../ui/use-appearance.ts';
import { FAILURE_TEXTS } from './failure-texts.ts';
import type { PageCallError } from './page-error.ts';

type Key = typeof FAILURE_TEXTS extends Texts<infer Name> ? Name : never;

export interface FailureWords {
  /** What happened. */
  readonly title: string;
  /** What it means and what to do. */
  readonly hint: string;
  readonly logKey: string | null;
}

/** Refusals whose words the pages have in both languages. */
const KNOWN: Readonly<Record<string, readonly [Key, Key]>> = {
  LINK_UNKNOWN: ['linkUnknown', 'linkUnknownHint'],
  LINK_EXPIRED: ['linkExpired', 'linkExpiredHint'],
  LINK_REVOKED: ['linkRevoked', 'linkRevokedHint'],
  SESSION_EXPIRED: ['sessionExpired', 'sessionExpiredHint'],
  TOO_MANY_REQUESTS: ['tooMany', 'tooManyHint'],
};

export function useFailureWords(): (error: PageCallError) => FailureWords {
  const say = useTexts(FAILURE_TEXTS);
  const { language } = useAppearance();
  return ({ trouble, failure }) => {
    if (trouble !== 'refused' || !failure) {
      const kind = trouble === 'refused' ? 'fault' : trouble;
      return { title: say(kind), hint: say(`${kind}Hint`), logKey: failure?.logKey ?? null };
    }
    return aboutCodes(failure, say) ?? aboutRefusal(failure, say, language);
  };
}

/** Slips of everyday, for which nobody needs a log number. */
function aboutCodes(failure: PageFailure, say: Say<Key>): FailureWords | undefined {
  if (failure.error === 'WRONG_CODE') {
    const left = failure.remainingAttempts ?? 0;
    const hint = left > 0 ? say('wrongCodeLeft', { count: left }) : say('wrongCodeNone');
    return { title: say('wrongCode'), hint, logKey: null };
  }
  if (failure.retryAfterSeconds === undefined) return undefined;
  return { title: say('codeSoon', { seconds: failure.retryAfterSeconds }), hint: '', logKey: null };
}

function aboutRefusal({ error, msg, logKey }: PageFailure, say: Say<Key>, language: 'zh' | 'en'): FailureWords {
  const known = KNOWN[error];
  if (known) return { title: say(known[0]), hint: say(known[1]), logKey };
  // The catalogue's own words are Chinese; another language gets them too rather than nothing.
  return { title: language === 'zh' ? msg : `${msg} (${error})`, hint: say('refusedHint'), logKey };
}
