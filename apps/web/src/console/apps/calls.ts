import type {
  AppSettingsChange,
  ConsoleApp,
  CreateApp,
  NewConsoleApp,
  ProbeResult,
  RotatedSecret,
} from '@signet/protocol/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from '../api/client.ts';

// Answers with secrets in them are not kept (`gcTime: 0`).

const LIST_KEY = ['apps'] as const;
const keyOf = (appKey: string) => ['app', appKey] as const;
const pathOf = (appKey: string) => `/apps/${encodeURIComponent(appKey)}`;

export function useApps({ enabled = true } = {}) {
  return useQuery({ queryKey: LIST_KEY, queryFn: () => get<readonly ConsoleApp[]>('/apps'), enabled });
}

export function useApp(appKey: string) {
  return useQuery({ queryKey: keyOf(appKey), queryFn: () => get<ConsoleApp>(pathOf(appKey)) });
}

export function useCreateApp() {
  const note = useNoteApp();
  return useMutation({
    mutationFn: (app: CreateApp) => post<NewConsoleApp>('/apps', app),
    onSuccess: ({ app }) => note(app),
    gcTime: 0,
  });
}

export function useChangeApp(appKey: string) {
  const note = useNoteApp();
  return useMutation({
    mutationFn: (change: AppSettingsChange) => post<ConsoleApp>(pathOf(appKey), change),
    onSuccess: note,
  });
}

export function useRotate(appKey: string) {
  const note = useNoteApp();
  return useMutation({
    mutationFn: (which: 'app' | 'callback') => post<RotatedSecret>(`${pathOf(appKey)}/rotate`, { which }),
    onSuccess: ({ app }) => note(app),
    gcTime: 0,
  });
}

export function useProbe(appKey: string) {
  return useMutation({ mutationFn: () => post<ProbeResult>(`${pathOf(appKey)}/probe`) });
}

function useNoteApp(): (app: ConsoleApp) => void {
  const answers = useQueryClient();
  return (app) => {
    answers.setQueryData(keyOf(app.appKey), app);
    void answers.invalidateQueries({ queryKey: LIST_KEY });
  };
}
