/** What every page of the console stands in: look, language, cached answers, addresses. */
import { QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import english from 'antd/es/locale/en_US';
import chinese from 'antd/es/locale/zh_CN';
import { useMemo, useSyncExternalStore } from 'react';
import { BrowserRouter } from 'react-router';
import { onAppearanceChange } from '../ui/appearance.ts';
import { useAppearance } from '../ui/use-appearance.ts';
import { createAnswerCache } from './api/answer-cache.ts';
import { componentTheme, isDocumentDark } from './look.ts';
import { Entrance } from './session/entrance.tsx';

const answers = createAnswerCache();

export function Console() {
  const { language } = useAppearance();
  const isDark = useSyncExternalStore(onAppearanceChange, isDocumentDark);
  const theme = useMemo(() => componentTheme(isDark), [isDark]);
  return (
    <ConfigProvider locale={language === 'en' ? english : chinese} theme={theme} button={{ autoInsertSpace: false }}>
      <App>
        <QueryClientProvider client={answers}>
          <BrowserRouter basename="/console">
            <Entrance />
          </BrowserRouter>
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  );
}
