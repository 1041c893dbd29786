import type { ContractDetail, ContractSummary, Page } from '@signet/protocol/console-api';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { addressOf, get, post } from '../api/client.ts';
import { toQuery } from '../parts/period.ts';
import type { Filter } from '../parts/use-filter.ts';

const LIST_KEY = 'contracts';
/** Few, since every look is noted in the audit log. */
const REPAIR_PAUSES_MS = [1_000, 3_000, 6_000];
const keyOf = (contractId: string) => ['contract', contractId] as const;
const pathOf = (contractId: string) => `/contracts/${encodeURIComponent(contractId)}`;

export function useContracts(filter: Filter) {
  return useQuery({
    queryKey: [LIST_KEY, filter],
    queryFn: () => get<Page<ContractSummary>>('/contracts', toQuery(filter)),
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
  return useMutation({ mutationFn: () => repair(contractId), onSuccess: note });
}

/** Asks for the owed signatures and waits for them a while: a job makes them, mostly within a second. */
async function repair(contractId: string): Promise<ContractDetail> {
  let contract = await post<ContractDetail>(`${pathOf(contractId)}/repair`);
  for (const pause of REPAIR_PAUSES_MS) {
    if (!contract.partyList.some(({ status }) => status === 'sealing')) break;
    await new Promise((resolve) => setTimeout(resolve, pause));
    contract = await get<ContractDetail>(pathOf(contractId));
  }
  return contract;
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
