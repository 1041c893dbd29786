/** The components' theme, derived from `ui/tokens.css`, so that the look is written once. */
import { type ThemeConfig, theme } from 'antd';

/** Reads the colors that the document has now. */
export function componentTheme(isDark: boolean): ThemeConfig {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...{ colorPrimary: token('--brand'), colorInfo: token('--brand'), colorLink: token('--brand') },
      ...{ colorSuccess: token('--ok'), colorWarning: token('--warn'), colorError: token('--bad') },
      ...{ colorSuccessBg: token('--ok-wash'), colorWarningBg: token('--warn-wash') },
      ...{ colorErrorBg: token('--bad-wash'), colorInfoBg: token('--brand-wash') },
      ...{ colorText: token('--ink'), colorTextHeading: token('--ink'), colorTextSecondary: token('--ink-2') },
      // The library's own third and fourth grays are too pale to read.
      ...{ colorTextTertiary: token('--ink-2'), colorTextDescription: token('--ink-2') },
      ...{ colorTextPlaceholder: token('--ink-2'), colorIcon: token('--ink-2') },
      ...{ colorBgContainer: token('--paper'), colorBgElevated: token('--paper'), colorBgLayout: token('--desk') },
      ...{ colorBorder: token('--line'), colorBorderSecondary: token('--line'), colorSplit: token('--line') },
      ...{ colorTextLightSolid: token('--on-brand'), fontFamily: token('--font') },
      ...{ borderRadius: 8, borderRadiusLG: 10, fontSize: 14, controlHeight: 36, controlHeightSM: 28 },
      motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    },
    components: {
      Table: { headerBg: token('--paper'), headerColor: token('--ink-2'), headerSplitColor: 'transparent' },
      Tooltip: { colorBgSpotlight: isDark ? token('--line') : token('--ink'), colorTextLightSolid: '#ffffff' },
      Descriptions: { labelColor: token('--ink-2') },
    },
  };
}

/** Whether the document is dark at this moment, by choice or by the system. */
export function isDocumentDark(): boolean {
  return document.documentElement.dataset.theme === 'dark';
}
