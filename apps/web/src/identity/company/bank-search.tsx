import type { BankBranch } from '@signet/protocol/page-api';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useTexts } from '../../ui/texts.ts';
import type { VerificationCalls } from '../use-verification.ts';
import { COMPANY_TEXTS } from './texts.ts';

const PAUSE_MS = 300;
const LEAST_CHARACTERS = 2;

interface BankSearchProps {
  readonly calls: VerificationCalls;
  readonly chosen: BankBranch | null;
  readonly onChoose: (branch: BankBranch | null) => void;
  readonly problem: string;
}

/** A combobox with a list below: typed in, or gone through with the arrow keys. */
export function BankSearch(props: BankSearchProps) {
  const { chosen, problem } = props;
  const say = useTexts(COMPANY_TEXTS);
  const id = useId();
  const search = useBankSearch(props);
  const { keyword, branches, active } = search;
  const isOpen = !chosen && branches !== null && branches.length > 0;
  const nothing = say(search.hasFailed ? 'bankFailed' : 'bankNone');
  const found = branches && (branches.length > 0 ? say('bankFound', { count: branches.length }) : nothing);
  const help = chosen ? chosen.bankName : (found ?? (search.isSearching ? say('bankSearching') : say('bankHint')));
  return (
    <div className="identity-field company-bank">
      <label htmlFor={id}>{say('bank')}</label>
      <input
        id={id}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && active >= 0 ? `${id}-${active}` : undefined}
        aria-invalid={problem !== ''}
        aria-describedby={`${id}-help`}
        autoComplete="off"
        maxLength={40}
        value={chosen ? chosen.branchName : keyword}
        onChange={(event) => search.type(event.target.value)}
        onKeyDown={search.press}
      />
      <div id={`${id}-list`} role="listbox" aria-label={say('bank')} hidden={!isOpen}>
        {isOpen &&
          branches.map((branch, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the combobox, as its pattern wants
            <div
              key={branch.branchCode}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === active}
              onClick={() => search.choose(branch)}
            >
              {branch.branchName}
              <span className="small muted">{branch.bankName}</span>
            </div>
          ))}
      </div>
      <p id={`${id}-help`} className={problem ? 'field-problem' : 'identity-field-hint'} aria-live="polite">
        {problem || help}
      </p>
    </div>
  );
}

function useBankSearch({ calls, chosen, onChoose }: BankSearchProps) {
  const [keyword, setKeyword] = useState('');
  const [branches, setBranches] = useState<readonly BankBranch[] | null>(null);
  const [active, setActive] = useState(-1);
  const [hasFailed, setHasFailed] = useState(false);
  const wanted = keyword.trim();
  const isSearching = !chosen && wanted.length >= LEAST_CHARACTERS && branches === null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the calls are the same in every drawing
  useEffect(() => {
    if (!isSearching) return;
    let isLate = false;
    const show = (found: readonly BankBranch[] | null): void => {
      if (isLate) return;
      setBranches(found ?? []);
      setHasFailed(found === null);
    };
    // The next letter asks again.
    const ask = () => calls.ask<BankBranch[]>('/banks', { keyword: wanted }).then(show, () => show(null));
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [isSearching, wanted]);

  const type = (typed: string): void => {
    if (chosen) onChoose(null);
    setKeyword(typed);
    setBranches(null);
    setActive(-1);
  };
  const press = (event: KeyboardEvent): void => {
    const count = branches?.length ?? 0;
    if (chosen || count === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive((active + step + count) % count);
    else if (event.key === 'Enter' && branches?.[active]) onChoose(branches[active]);
    else if (event.key === 'Escape') type('');
    else return;
    event.preventDefault();
  };
  return { keyword, branches, active, isSearching, hasFailed, type, press, choose: onChoose };
}
