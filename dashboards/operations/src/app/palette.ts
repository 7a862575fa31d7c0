import type { Severity } from '@brain/contracts';
import type { ThemeName } from './preferences.js';

export interface Palette {
  readonly canvas: string;
  readonly panel: string;
  readonly raised: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly good: string;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly map: { readonly land: string; readonly edge: string; readonly street: string };
}

/** Colours that canvas drawing (map, charts) and Ant Design need; `theme.css` holds the same for style sheets. */
export const PALETTES: Readonly<Record<ThemeName, Palette>> = {
  dark: {
    canvas: '#0a111d',
    panel: '#101a2a',
    raised: '#16233a',
    line: '#1f2f47',
    text: '#dbe6f5',
    muted: '#8196b3',
    accent: '#2fb8cc',
    good: '#3fbf8a',
    severity: { CRITICAL: '#ff5060', MAJOR: '#ff8f3d', MINOR: '#f2c94c', WARNING: '#58a6ff', INFO: '#8a9ab3' },
    map: { land: '#15243a', edge: '#2b4263', street: '#4a6a94' },
  },
  light: {
    canvas: '#eef2f6',
    panel: '#ffffff',
    raised: '#f5f8fb',
    line: '#dbe3ec',
    text: '#17263a',
    muted: '#5b6f88',
    accent: '#0b7d91',
    good: '#16805a',
    severity: { CRITICAL: '#cf1d33', MAJOR: '#c65a00', MINOR: '#a17500', WARNING: '#1f6fd0', INFO: '#5f6f86' },
    map: { land: '#e3ebf3', edge: '#b4c5d8', street: '#7d97b5' },
  },
};
