import type { LetterDecided, LetterReview, Page } from '@signet/protocol/console-api';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { addressOf, get, post } from '../api/client.ts';
import type { Filter } from '../parts/use-filter.ts';

const LIST_KEY = 'letters';

export interface Decision {
  readonly checkId: string;
  readonly status: LetterDecided['status'];
  readonly remark: string;
}

export function useLetters(filter: Filter) {
  return useQuery({
    queryKey: [LIST_KEY, filter],
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
    onSettled: () => answers.invalidateQueries({ queryKey: [LIST_KEY] }),
  });
}

export const letterAddress = (checkId: string): string =>
  addressOf(`/reviews/letters/${encodeURIComponent(checkId)}/file`);
