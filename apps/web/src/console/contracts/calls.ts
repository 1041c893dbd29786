import type { ContractDetail, ContractSummary, Page } from '@signet/protocol/console-api';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { addressOf, get, post } from '../api/client.ts';
import type { Filter } from '../parts/use-filter.ts';

const LIST_KEY = 'contracts';
const keyOf = (contractId: string) => ['contract', contractId] as const;
const pathOf = (contractId: string) => `/contracts/${encodeURIComponent(contractId)}`;

export function useContracts(filter: Filter) {
  return useQuery({
    queryKey: [LIST_KEY, filter],
    queryFn: () => get<Page<ContractSummary>>('/contracts', filter),
    placeholderData: keepPreviousData,
  });
}

/** Every look is noted in the audit log, so it is not looked at again by itself. */
export function useContract(contractId: string) {
  return useQuery({
    queryKey: keyOf(contractId),
    queryFn: () => get<ContractDetail>(pathOf(contractId)),
    refetchOnWindowFocus: false,
  });
}

export function useRepair(contractId: string) {
  const note = useNoteContract();
  return useMutation({ mutationFn: () => post<ContractDetail>(`${pathOf(contractId)}/repair`), onSuccess: note });
}

export function useRevoke(contractId: string) {
  const note = useNoteContract();
  return useMutation({
    mutationFn: (reason: string) => post<ContractDetail>(`${pathOf(contractId)}/revoke`, { reason }),
    onSuccess: note,
  });
}

export function fileAddress(contractId: string, fileCode: string, revision: number): string {
  return addressOf(`${pathOf(contractId)}/files/${encodeURIComponent(fileCode)}`, { revision });
}

function useNoteContract(): (contract: ContractDetail) => void {
  const answers = useQueryClient();
  return (contract) => {
    answers.setQueryData(keyOf(contract.contractId), contract);
    void answers.invalidateQueries({ queryKey: [LIST_KEY] });
  };
}
