import { useMemo } from 'react';
import { FONT } from '../app/ant-theme.js';
import { PALETTES, type Palette } from '../app/palette.js';
import { usePreferences } from '../app/preferences.js';
import { useScreenScale } from '../app/screen-scale.js';

export interface ChartTheme {
  readonly palette: Palette;
  readonly px: (size: number) => number;
  readonly text: { readonly color: string; readonly fontSize: number; readonly fontFamily: string };
  readonly tooltip: Readonly<Record<string, unknown>>;
}

/** The look all charts share. */
export function useChartTheme(): ChartTheme {
  const { theme } = usePreferences();
  const scale = useScreenScale();
  return useMemo(() => {
    const palette = PALETTES[theme];
    const px = (size: number): number => Math.round(size * scale);
    const font = { fontSize: px(12), fontFamily: FONT };
    return {
      palette,
      px,
      text: { color: palette.muted, ...font },
      tooltip: {
        trigger: 'axis',
        confine: true,
        backgroundColor: palette.raised,
        borderColor: palette.line,
        textStyle: { color: palette.text, ...font },
      },
    };
  }, [theme, scale]);
}
