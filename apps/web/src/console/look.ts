/** The components' theme, derived from `ui/tokens.css`, so that the look is written once. */
import { type ThemeConfig, theme } from 'antd';

/** Reads the colors that the document has now. */
export function componentTheme(isDark: boolean): ThemeConfig {
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    algorithm: [
      isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
      // The library shades the colors it is given, in the dark below 4.5:1; ours are final.
      (seed, shades) => ({ ...(shades ?? theme.defaultAlgorithm(seed)), ...finalColors(color) }),
    ],
    token: {
      ...{ colorPrimary: color('--brand'), colorInfo: color('--brand'), colorLink: color('--brand') },
      ...{ colorSuccess: color('--ok'), colorWarning: color('--warn'), colorError: color('--bad') },
      // Its own third and fourth grays are too pale to read.
      ...{ colorTextTertiary: color('--ink-2'), colorTextDescription: color('--ink-2') },
      ...{ colorTextPlaceholder: color('--ink-2'), colorIcon: color('--ink-2') },
      ...{ colorTextHeading: color('--ink'), colorTextLightSolid: color('--on-brand'), fontFamily: color('--font') },
      ...{ borderRadius: 8, borderRadiusLG: 10, fontSize: 14, controlHeight: 36, controlHeightSM: 28 },
      motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    },
    components: {
      // What is not checked yet must be seen as well.
      Checkbox: { colorBorder: color('--ink-2') },
      Radio: { colorBorder: color('--ink-2') },
      Table: {
        headerBg: color('--paper'),
        headerColor: color('--ink-2'),
        headerSplitColor: 'transparent',
        cellPaddingInlineMD: 12,
      },
      Tooltip: { colorBgSpotlight: isDark ? color('--line') : color('--ink'), colorTextLightSolid: '#ffffff' },
    },
  };
}

function finalColors(color: (name: string) => string) {
  return {
    ...{ colorPrimary: color('--brand'), colorPrimaryActive: color('--brand-pressed') },
    ...{
      colorLink: color('--brand'),
      colorLinkHover: color('--brand-pressed'),
      colorLinkActive: color('--brand-pressed'),
    },
    ...{ colorSuccess: color('--ok'), colorWarning: color('--warn'), colorError: color('--bad') },
    ...{ colorSuccessBg: color('--ok-wash'), colorWarningBg: color('--warn-wash') },
    ...{ colorErrorBg: color('--bad-wash'), colorInfoBg: color('--brand-wash'), colorPrimaryBg: color('--brand-wash') },
    ...{ colorText: color('--ink'), colorTextSecondary: color('--ink-2'), colorTextTertiary: color('--ink-2') },
    ...{ colorBgContainer: color('--paper'), colorBgElevated: color('--paper'), colorBgLayout: color('--desk') },
    ...{ colorBorder: color('--line'), colorBorderSecondary: color('--line') },
  };
}

/** Whether the document is dark at this moment, by choice or by the system. */
export function isDocumentDark(): boolean {
  return document.documentElement.dataset.theme === 'dark';
}
