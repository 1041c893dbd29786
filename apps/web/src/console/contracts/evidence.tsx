/** The contract's chain of evidence as a time line. */
import type { EvidenceItem } from '@signet/protocol/console-api';
import { Alert } from 'antd';
import { Copyable, shorten } from '../parts/copyable.tsx';
import { Instant } from '../parts/instant.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { useEvidenceTitle } from './evidence-texts.ts';
import { useContractTexts } from './texts.ts';

interface EvidenceProps {
  readonly items: readonly EvidenceItem[];
  readonly isIntact: boolean;
}

export function Evidence({ items, isIntact }: EvidenceProps) {
  const texts = useContractTexts();
  return (
    <section className="card">
      <h2>
        {texts('evidence')} <StatusMark tone={isIntact ? 'ok' : 'bad'} word={texts(isIntact ? 'intact' : 'broken')} />
      </h2>
      <p className="help">{texts('evidenceText')}</p>
      {!isIntact && <Alert type="error" showIcon title={texts('brokenTitle')} description={texts('brokenText')} />}
      <ol className="time-line">
        {items.map((item) => (
          <Entry key={item.sequence} item={item} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ item: { sequence, kind, at, content, hash } }: { readonly item: EvidenceItem }) {
  const texts = useContractTexts();
  const titleOf = useEvidenceTitle();
  const whom = typeof content.accountId === 'string' ? content.accountId : undefined;
  return (
    <li>
      <div className="time-line-head">
        <span className="help">{sequence}</span>
        <strong>{titleOf(kind)}</strong>
        {whom && <span className="chip">{whom}</span>}
        <Instant at={at} />
      </div>
      <div className="time-line-foot">
        <span className="help">
          {texts('hash')} <Copyable text={hash} shown={shorten(hash)} />
        </span>
        <details>
          <summary>{texts('content')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <pre tabIndex={0}>{JSON.stringify({ kind, ...content }, null, 2)}</pre>
        </details>
      </div>
    </li>
  );
}
