import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { preferences } from '../app/preferences.js';
import { messages } from './messages.js';

/** All words ship with the page: nothing is loaded later, nothing can be missing on a bad line. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { 'zh-CN': { translation: messages['zh-CN'] }, en: { translation: messages.en } },
    lng: preferences.get().locale,
    fallbackLng: 'zh-CN',
    interpolation: { escapeValue: false },
  });
  apply();
  preferences.subscribe(apply);
}

function apply(): void {
  const { locale } = preferences.get();
  if (i18next.language !== locale) void i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
  document.title = i18next.getFixedT(locale)('shell.product');
}
