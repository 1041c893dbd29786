import type { PagePartyStatus, SigningPartyView } from '@signet/protocol/page-api';
import { Icon, type IconName } from '../ui/icons.tsx';
import { useInstants, useTexts } from '../ui/texts.ts';
import './party-list.css';
import { SIGNING_TEXTS } from './texts.ts';

const STATUS = {
  waiting: { text: 'statusWaiting', icon: 'clock', tone: 'quiet' },
  signing: { text: 'statusSigning', icon: 'pen', tone: 'brand' },
  sealing: { text: 'statusSealing', icon: 'clock', tone: 'quiet' },
  signed: { text: 'statusSigned', icon: 'check-circle', tone: 'ok' },
  declined: { text: 'statusDeclined', icon: 'close-circle', tone: 'bad' },
  withdrawn: { text: 'statusWithdrawn', icon: 'minus', tone: 'quiet' },
  expired: { text: 'statusExpired', icon: 'clock', tone: 'warn' },
} as const satisfies Record<PagePartyStatus, { text: string; icon: IconName; tone: string }>;

/** Everybody who signs, and how far they are. */
export function PartyList({ parties }: { readonly parties: readonly SigningPartyView[] }) {
  const say = useTexts(SIGNING_TEXTS);
  const instant = useInstants();
  return (
    <ol className="party-list">
      {parties.map(({ name, isSelf, status, signedAt }, i) => {
        const { text, icon, tone } = STATUS[status];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of parties never changes, and two may share a name
          <li key={i}>
            <div className="party-who">
              <span className="party-name">
                {name}
                {isSelf && <span className="party-self">{say('you')}</span>}
              </span>
              {signedAt && <span className="small muted">{instant(signedAt)}</span>}
            </div>
            <span className={`party-status party-${tone}`}>
              <Icon name={icon} size={16} />
              {say(text)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
