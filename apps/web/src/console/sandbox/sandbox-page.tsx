import { Tabs } from 'antd';
import './sandbox.css';
import { PageHeading } from '../parts/page-heading.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { Messages } from './messages.tsx';
import { Registry } from './registry.tsx';
import { useSandboxTexts } from './texts.ts';

const FIELDS = ['tab', 'keyword', 'appId', 'phone'] as const;

export function SandboxPage() {
  const texts = useSandboxTexts();
  const { filter, change } = useFilter(FIELDS);
  const show = (tab: string) => change({ keyword: '', appId: '', phone: '', tab: tab === 'registry' ? '' : tab });
  return (
    <>
      <PageHeading title={texts('title')} text={texts('text')} />
      <Tabs
        activeKey={filter.tab ?? 'registry'}
        onChange={show}
        destroyOnHidden
        items={[
          { key: 'registry', label: texts('registry'), children: <Registry /> },
          { key: 'messages', label: texts('messages'), children: <Messages /> },
        ]}
      />
    </>
  );
}
