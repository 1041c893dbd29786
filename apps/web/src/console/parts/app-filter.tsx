/** One of the apps, for those who may see apps. */
import { useApps } from '../apps/calls.ts';
import { useMay } from '../session/session.ts';
import { useWords } from '../words.ts';
import { ChoiceFilter } from './choice-filter.tsx';

interface AppFilterProps {
  readonly value: string | undefined;
  readonly onChange: (appId: string | undefined) => void;
  readonly isRequired?: boolean;
}

export function AppFilter(props: AppFilterProps) {
  const words = useWords();
  const may = useMay();
  const apps = useApps({ enabled: may('apps.read') });
  if (!may('apps.read')) return null;

  const options = (apps.data ?? []).map(({ appId, name }) => ({ value: appId, label: name }));
  return <ChoiceFilter {...props} label={words('app')} options={options} />;
}
