/** Filters under a name: those that every table brings, and the viewer's own, kept in this browser. */
import { CloseOutlined, PushpinOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useWords } from '../words.ts';
import type { FilterState } from './use-filter.ts';

export interface NamedFilter {
  readonly name: string;
  /** A query string; empty for everything. */
  readonly text: string;
}

interface SavedFiltersProps {
  readonly table: string;
  readonly builtIn: readonly NamedFilter[];
  readonly state: FilterState;
}

export function SavedFilters({ table, builtIn, state }: SavedFiltersProps) {
  const words = useWords();
  const navigate = useNavigate();
  const [own, setOwn] = useState(() => stored(table));
  const keep = (filters: readonly NamedFilter[]) => {
    localStorage.setItem(keyOf(table), JSON.stringify(filters));
    setOwn(filters);
  };
  const all = [...builtIn, ...own];
  const isKnown = all.some(({ text }) => isSame(text, state.text));
  return (
    <fieldset className="saved-filters">
      <legend className="unseen">{words('savedFilters')}</legend>
      {all.map((saved, index) => (
        <span key={saved.name} className="saved-filter">
          <button
            type="button"
            aria-pressed={isSame(saved.text, state.text)}
            onClick={() => navigate({ search: saved.text })}
          >
            {saved.name}
          </button>
          {index >= builtIn.length && (
            <button
              type="button"
              className="forget"
              aria-label={words('deleteFilter', { name: saved.name })}
              onClick={() => keep(own.filter(({ name }) => name !== saved.name))}
            >
              <CloseOutlined aria-hidden />
            </button>
          )}
        </span>
      ))}
      {!isKnown && (
        <KeepFilter
          onKeep={(name) => keep([...own.filter((kept) => kept.name !== name), { name, text: state.text }])}
        />
      )}
    </fieldset>
  );
}

function KeepFilter({ onKeep }: { readonly onKeep: (name: string) => void }) {
  const words = useWords();
  const [name, setName] = useState('');
  const [isOpen, setOpen] = useState(false);
  const keep = () => {
    if (name.trim() === '') return;
    onKeep(name.trim());
    setOpen(false);
    setName('');
  };
  const form = (
    <form
      className="keep-filter"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <Input
        autoFocus
        maxLength={20}
        aria-label={words('filterName')}
        placeholder={words('filterName')}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Button type="primary" htmlType="submit">
        {words('save')}
      </Button>
    </form>
  );
  return (
    <Popover trigger="click" open={isOpen} onOpenChange={setOpen} content={form}>
      <Button size="small" type="text" icon={<PushpinOutlined aria-hidden />}>
        {words('saveFilter')}
      </Button>
    </Popover>
  );
}

const keyOf = (table: string) => `signet.filters.${table}`;

function stored(table: string): readonly NamedFilter[] {
  try {
    const filters: unknown = JSON.parse(localStorage.getItem(keyOf(table)) ?? '[]');
    return Array.isArray(filters) ? filters.filter(isNamedFilter) : [];
  } catch {
    return [];
  }
}

function isNamedFilter(value: unknown): value is NamedFilter {
  return typeof value === 'object' && value !== null && 'name' in value && 'text' in value;
}

/** Whatever the order of the fields. */
function isSame(a: string, b: string): boolean {
  const sorted = (text: string) => [...new URLSearchParams(text)].map(([name, value]) => `${name}=${value}`).sort();
  return sorted(a).join('&') === sorted(b).join('&');
}
