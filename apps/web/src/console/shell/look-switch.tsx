import { DesktopOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { changeAppearance } from '../../ui/appearance.ts';
import { useAppearance } from '../../ui/use-appearance.ts';
import { useShellTexts } from './texts.ts';

const ICONS = { system: DesktopOutlined, light: SunOutlined, dark: MoonOutlined } as const;
const NEXT = { system: 'light', light: 'dark', dark: 'system' } as const;

export function LookSwitch() {
  const texts = useShellTexts();
  const { theme } = useAppearance();
  const Icon = ICONS[theme];
  const label = texts(`look.${theme}`);
  return (
    <Button
      type="text"
      icon={<Icon aria-hidden />}
      title={label}
      aria-label={label}
      onClick={() => changeAppearance({ theme: NEXT[theme] })}
    />
  );
}
