import type { CallbackDetail, CallbackSummary, Page, ResendCallbacks, Resent } from '@signet/protocol/console-api';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from '../api/client.ts';
import { useIsPresent } from '../api/presence.ts';
import { toQuery } from '../parts/period.ts';
import type { Filter } from '../parts/use-filter.ts';

const LIST_KEY = 'callbacks';
const DETAIL_KEY = 'callback';
/** While something shown waits to be sent; tries are seconds apart at first. */
const WAITING_REFRESH_MS = 4_000;

export function useCallbacks(filter: Filter) {
  const isPresent = useIsPresent();
  return useQuery({
    queryKey: [LIST_KEY, filter],
    queryFn: () => get<Page<CallbackSummary>>('/callbacks', toQuery(filter)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (isPresent && state.data?.list.some(isWaiting) ? WAITING_REFRESH_MS : false),
  });
}

/** Every look at one is noted in the audit log, so it is looked at again only when the list says that it has moved. */
export function useCallbackDetail(transactionId: string) {
  const found = useCallbacks({ transactionId });
  const { status, tries, deliveredAt, confirmedAt } = found.data?.list[0] ?? {};
  return useQuery({
    queryKey: [DETAIL_KEY, transactionId, status, tries, deliveredAt, confirmedAt],
    queryFn: () => get<CallbackDetail>(`/callbacks/${encodeURIComponent(transactionId)}`),
    placeholderData: keepPreviousData,
    enabled: found.isFetched,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useResend() {
  const answers = useQueryClient();
  return useMutation({
    mutationFn: (which: ResendCallbacks) => post<Resent>('/callbacks/resend', which),
    onSuccess: () => answers.invalidateQueries({ queryKey: [LIST_KEY] }),
  });
}

function isWaiting({ status }: Pick<CallbackSummary, 'status'>): boolean {
  return status === 'pending';
}
