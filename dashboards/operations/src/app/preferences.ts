import { useSyncExternalStore } from 'react';
import { createExternalStore } from '../elements/external-store.js';

export type ThemeName = 'dark' | 'light';
export type Locale = 'zh-CN' | 'en';

/** What this browser remembers for its user. */
export interface Preferences {
  readonly theme: ThemeName;
  readonly locale: Locale;
  readonly muted: boolean;
}

const KEY = 'brain.preferences';
const DEFAULTS: Preferences = { theme: 'dark', locale: 'zh-CN', muted: false };

export const preferences = createExternalStore<Preferences>(remembered());

export function change(part: Partial<Preferences>): void {
  preferences.set({ ...preferences.get(), ...part });
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences.get()));
  } catch {
    // A browser that stores nothing still works; it only forgets.
  }
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(preferences.subscribe, preferences.get);
}

function remembered(): Preferences {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
    return {
      theme: found.theme === 'light' ? 'light' : 'dark',
      locale: found.locale === 'en' ? 'en' : 'zh-CN',
      muted: found.muted === true,
    };
  } catch {
    return DEFAULTS;
  }
}
