/** The filter of a table lives in the address, so that it can be kept, sent and gone back to. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

export type Filter = Readonly<Record<string, string>>;

export interface FilterState {
  readonly filter: Filter;
  /** Changes some fields, an empty text removes one; the table starts again at its first page. */
  readonly change: (fields: Readonly<Record<string, string | undefined>>) => void;
  readonly turnTo: (page: number, pageSize: number) => void;
  readonly clear: () => void;
  /** All fields as a query string without the page, for keeping. */
  readonly text: string;
  readonly isFiltered: boolean;
}

const PLACES = ['page', 'pageSize'];

/** @param fields those of the filter; others in the address are somebody else's. */
export function useFilter(fields: readonly string[]): FilterState {
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => fieldsOf(search, [...fields, ...PLACES]), [search, fields]);

  const change = useCallback<FilterState['change']>(
    (changed) =>
      setSearch((before) => {
        const after = new URLSearchParams(before);
        after.delete('page');
        for (const [name, value] of Object.entries(changed)) {
          if (value) after.set(name, value);
          else after.delete(name);
        }
        return after;
      }),
    [setSearch],
  );
  const turnTo = useCallback<FilterState['turnTo']>(
    (page, pageSize) =>
      change({ page: page > 1 ? String(page) : '', pageSize: pageSize === 20 ? '' : String(pageSize) }),
    [change],
  );
  const clear = useCallback(
    () => change(Object.fromEntries(fields.map((name) => [name, undefined]))),
    [change, fields],
  );

  const text = new URLSearchParams(fieldsOf(search, fields)).toString();
  return { filter, change, turnTo, clear, text, isFiltered: text !== '' };
}

function fieldsOf(search: URLSearchParams, fields: readonly string[]): Filter {
  return Object.fromEntries(fields.flatMap((name) => (search.get(name) ? [[name, search.get(name) ?? '']] : [])));
}
