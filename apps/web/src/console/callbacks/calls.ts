import type { CallbackDetail, CallbackSummary, Page, ResendCallbacks, Resent } from '@signet/protocol/console-api';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from '../api/client.ts';
import { toQuery } from '../parts/period.ts';
import type { Filter } from '../parts/use-filter.ts';

const LIST_KEY = 'callbacks';
const DETAIL_KEY = 'callback';
/** While something shown waits to be sent; tries are seconds apart at first. */
const WAITING_REFRESH_MS = 4_000;

export function useCallbacks(filter: Filter) {
  return useQuery({
    queryKey: [LIST_KEY, filter],
    queryFn: () => get<Page<CallbackSummary>>('/callbacks', toQuery(filter)),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.list.some(isWaiting) ? WAITING_REFRESH_MS : false),
  });
}

/** Every look at one is noted in the audit log, so it is looked at again only when the list says that it has moved. */
export function useCallbackDetail(transactionId: string) {
  const found = useCallbacks({ transactionId });
  const summary = found.data?.list[0];
  return useQuery({
    queryKey: [DETAIL_KEY, transactionId, summary?.status, summary?.tries, summary?.confirmedAt],
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
    onSuccess: async () => {
      await Promise.all([LIST_KEY, DETAIL_KEY].map((key) => answers.invalidateQueries({ queryKey: [key] })));
    },
  });
}

function isWaiting({ status }: Pick<CallbackSummary, 'status'>): boolean {
  return status === 'pending';
}
