import { changeAppearance } from './appearance.ts';
import { Dialog } from './dialog.tsx';
import { Segments } from './segments.tsx';
import { useTexts } from './texts.ts';
import { UI_TEXTS } from './ui-texts.ts';
import { useAppearance } from './use-appearance.ts';

export function AppearanceDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useTexts(UI_TEXTS);
  const { theme, size, language } = useAppearance();
  return (
    <Dialog title={say('display')} onClose={onClose}>
      <Segments
        label={say('size')}
        value={size}
        choices={[
          { value: 'normal', label: say('sizeNormal') },
          { value: 'elder', label: say('sizeElder') },
        ]}
        onChange={(value) => changeAppearance({ size: value })}
      />
      <Segments
        label={say('theme')}
        value={theme}
        choices={[
          { value: 'system', label: say('themeSystem') },
          { value: 'light', label: say('themeLight') },
          { value: 'dark', label: say('themeDark') },
        ]}
        onChange={(value) => changeAppearance({ theme: value })}
      />
      <Segments
        label={say('language')}
        value={language}
        choices={[
          { value: 'zh', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
        onChange={(value) => changeAppearance({ language: value })}
      />
    </Dialog>
  );
}
