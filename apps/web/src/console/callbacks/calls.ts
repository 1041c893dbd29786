import type { CallbackDetail, CallbackSummary, Page, ResendCallbacks, Resent } from '@signet/protocol/console-api';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from '../api/client.ts';
import type { Filter } from '../parts/use-filter.ts';

const LIST_KEY = 'callbacks';
const DETAIL_KEY = 'callback';
/** While something shown waits to be sent; tries are seconds apart at first. */
const WAITING_REFRESH_MS = 4_000;

export function useCallbacks(filter: Filter) {
  return useQuery({
    queryKey: [LIST_KEY, filter],
    queryFn: () => get<Page<CallbackSummary>>('/callbacks', filter),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.list.some(isWaiting) ? WAITING_REFRESH_MS : false),
  });
}

export function useCallbackDetail(transactionId: string) {
  return useQuery({
    queryKey: [DETAIL_KEY, transactionId],
    queryFn: () => get<CallbackDetail>(`/callbacks/${encodeURIComponent(transactionId)}`),
    refetchInterval: ({ state }) => (state.data && isWaiting(state.data) ? WAITING_REFRESH_MS : false),
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
