import { defineTexts } from './texts.ts';

/** Words of the parts that pages share. */
export const UI_TEXTS = defineTexts(
  'ui',
  {
    close: '关闭',
    display: '显示设置',
    language: '语言',
    size: '字号',
    sizeNormal: '标准',
    sizeElder: '长辈模式',
    theme: '外观',
    themeSystem: '跟随系统',
    themeLight: '浅色',
    themeDark: '深色',
    sandbox: '沙箱 · 无法律效力',
    sandboxShort: '沙箱',
  },
  {
    close: 'Close',
    display: 'Display',
    language: 'Language',
    size: 'Text size',
    sizeNormal: 'Normal',
    sizeElder: 'Large',
    theme: 'Appearance',
    themeSystem: 'System',
    themeLight: 'Light',
    themeDark: 'Dark',
    sandbox: 'Sandbox · no legal effect',
    sandboxShort: 'Sandbox',
  },
);
