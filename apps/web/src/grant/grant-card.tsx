import type { GrantState } from '@signet/protocol/page-api';
import { useInstants, useTexts } from '../ui/texts.ts';
import { GRANT_TEXTS } from './texts.ts';

/** Which seal, for whom, until when, and what that means in plain words. */
export function GrantCard({ state }: { readonly state: GrantState }) {
  const say = useTexts(GRANT_TEXTS);
  const instant = useInstants();
  const { seal, owner, appName: app, beginAt, endAt, authorizedAt, cancelledAt } = state;
  const period = say('periodFromTo', { begin: instant(beginAt), end: instant(endAt) });
  const facts: readonly (readonly [string, string])[] = [
    [say('owner'), owner.name],
    [say('app'), app],
    [say('period'), period],
    ...(authorizedAt ? [[say('authorizedAt'), instant(authorizedAt)] as const] : []),
    ...(cancelledAt ? [[say('cancelledAt'), instant(cancelledAt)] as const] : []),
  ];
  return (
    <article className="grant-card">
      <figure className="grant-seal">
        <img src={seal.imagePath} alt="" />
        <figcaption>{seal.name}</figcaption>
      </figure>
      <dl className="grant-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {state.step === 'review' && (
        <section className="grant-meaning">
          <h2>{say('meaning')}</h2>
          <ul>
            <li>{say('meaningUse', { app })}</li>
            <li>{say('meaningLaw')}</li>
            <li>{say('meaningOnly')}</li>
            <li>{say('meaningEnd')}</li>
          </ul>
        </section>
      )}
    </article>
  );
}
