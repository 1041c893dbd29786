import { useWords } from '../words.ts';
import { ChoiceFilter } from './choice-filter.tsx';
import { RECENT, type Recent } from './period.ts';
import { TimeRange } from './time-range.tsx';
import type { FilterState } from './use-filter.ts';

const CUSTOM = 'custom';

export function PeriodFilter({ state: { filter, change } }: { readonly state: FilterState }) {
  const words = useWords();
  const { within = filter.begin || filter.end ? CUSTOM : undefined, begin, end } = filter;
  const recent = (Object.keys(RECENT) as Recent[]).map((length) => ({
    value: length,
    label: words(`within.${length}`),
  }));
  return (
    <>
      <ChoiceFilter
        label={words('period')}
        value={within}
        options={[...recent, { value: CUSTOM, label: words('within.custom') }]}
        onChange={(chosen) => change({ within: chosen, begin: undefined, end: undefined })}
      />
      {within === CUSTOM && <TimeRange begin={begin} end={end} onChange={change} />}
    </>
  );
}
