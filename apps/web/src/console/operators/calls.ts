import type { NewOperator, Operator, Role } from '@signet/protocol/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from '../api/client.ts';

const LIST_KEY = ['operators'] as const;

export interface OperatorChange {
  readonly role?: Role;
  readonly disabled?: boolean;
  readonly unlock?: true;
}

export function useOperators() {
  return useQuery({ queryKey: LIST_KEY, queryFn: () => get<readonly Operator[]>('/operators') });
}

export function useCreateOperator() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (operator: { name: string; role: Role }) => post<NewOperator>('/operators', operator),
    onSuccess: refresh,
    gcTime: 0,
  });
}

export function useChangeOperator(accountId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (change: OperatorChange) => post<Operator>(`/operators/${accountId}`, change),
    onSuccess: refresh,
  });
}

export function useResetOperator(accountId: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => post<NewOperator>(`/operators/${accountId}/reset`),
    onSuccess: refresh,
    gcTime: 0,
  });
}

function useRefresh(): () => Promise<void> {
  const answers = useQueryClient();
  return () => answers.invalidateQueries({ queryKey: LIST_KEY });
}
