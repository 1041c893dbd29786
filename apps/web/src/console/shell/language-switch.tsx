import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { changeAppearance } from '../../ui/appearance.ts';
import { useAppearance } from '../../ui/use-appearance.ts';

/** Each language is called by its own name. */
const NAMES = { zh: '中文', en: 'English' } as const;

export function LanguageSwitch() {
  const other = useAppearance().language === 'zh' ? 'en' : 'zh';
  return (
    <Button
      type="text"
      icon={<GlobalOutlined aria-hidden />}
      lang={other}
      onClick={() => changeAppearance({ language: other })}
    >
      {NAMES[other]}
    </Button>
  );
}
