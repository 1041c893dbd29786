import type { EndPayout, LetterDecided, LetterReview, Page, PayoutReview } from '@signet/protocol/console-api';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { addressOf, get, post } from '../api/client.ts';
import type { Filter } from '../parts/use-filter.ts';

const LETTERS = 'letters';
const PAYOUTS = 'payouts';
export const REVIEW_LISTS = [LETTERS, PAYOUTS] as const;

export interface Decision {
  readonly checkId: string;
  readonly status: LetterDecided['status'];
  readonly remark: string;
}

export function useLetters(filter: Filter) {
  return useQuery({
    queryKey: [LETTERS, filter],
    queryFn: () => get<Page<LetterReview>>('/reviews/letters', filter),
    placeholderData: keepPreviousData,
  });
}

export function useDecide() {
  const answers = useQueryClient();
  return useMutation({
    mutationFn: ({ checkId, status, remark }: Decision) =>
      post<LetterDecided>(`/reviews/letters/${encodeURIComponent(checkId)}/decision`, {
        ...{ status, ...(remark && { remark }) },
      }),
    // Also when it fails: somebody else may have decided it.
    onSettled: () => answers.invalidateQueries({ queryKey: [LETTERS] }),
  });
}

export const letterAddress = (checkId: string): string =>
  addressOf(`/reviews/letters/${encodeURIComponent(checkId)}/file`);

export function usePayouts(filter: Filter) {
  return useQuery({
    queryKey: [PAYOUTS, filter],
    queryFn: () => get<Page<PayoutReview>>('/reviews/payouts', filter),
    placeholderData: keepPreviousData,
  });
}

const payoutPath = (checkId: string): string => `/reviews/payouts/${encodeURIComponent(checkId)}`;

export function useAskBank(checkId: string) {
  return usePayoutCommand(() => post<PayoutReview>(`${payoutPath(checkId)}/ask`));
}

export function useEndPayout(checkId: string) {
  return usePayoutCommand((end: EndPayout) => post<PayoutReview>(`${payoutPath(checkId)}/end`, end));
}

function usePayoutCommand<Input>(mutationFn: (input: Input) => Promise<PayoutReview>) {
  const answers = useQueryClient();
  // Also when it fails: it may have ended meanwhile.
  return useMutation({ mutationFn, onSettled: () => answers.invalidateQueries({ queryKey: [PAYOUTS] }) });
}
