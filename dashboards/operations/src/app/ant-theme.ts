import { theme, type ThemeConfig } from 'antd';
import { PALETTES } from './palette.js';
import type { ThemeName } from './preferences.js';

export const FONT = "'Noto Sans SC Variable', system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif";

/** Ant Design in our colours, every size multiplied by the screen's scale. */
export function antTheme(name: ThemeName, scale: number): ThemeConfig {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const palette = PALETTES[name];
  const px = (size: number): number => Math.round(size * scale);
  return {
    algorithm: name === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: FONT,
      fontSize: px(14),
      sizeUnit: 4 * scale,
      controlHeight: px(32),
      borderRadius: px(6),
      colorPrimary: palette.accent,
      colorInfo: palette.accent,
      colorError: palette.severity.CRITICAL,
      colorSuccess: palette.good,
      colorBgBase: palette.canvas,
      colorBgContainer: palette.panel,
      colorBgElevated: name === 'dark' ? '#142036' : '#ffffff',
      colorBgLayout: palette.canvas,
      colorBorder: name === 'dark' ? '#2b3f5c' : '#c9d5e2',
      colorBorderSecondary: palette.line,
      colorTextBase: palette.text,
      colorTextSecondary: palette.muted,
      motion: !still,
    },
    components: {
      Table: { cellPaddingBlock: px(9), headerBg: palette.raised, rowHoverBg: palette.raised },
      Drawer: { colorBgElevated: palette.panel },
    },
  };
}
