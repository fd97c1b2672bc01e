/** The languages of Peal and how a window gets its own. */
import { createI18n } from 'vue-i18n';
import { en } from './en';
import { zhCN } from './zh-CN';

const messages = { en, 'zh-CN': zhCN };

export type Locale = keyof typeof messages;

/** Any Chinese reads better in Chinese than in English; everybody else gets English. */
export function localeFor(language: string): Locale {
  return language.toLowerCase().split('-')[0] === 'zh' ? 'zh-CN' : 'en';
}

/** Also tells the page its language: screen readers and fonts choose by it. */
export function createPealI18n(language: string = navigator.language) {
  const locale = localeFor(language);
  document.documentElement.lang = locale;
  return createI18n({ legacy: false, locale, fallbackLocale: 'en', messages });
}
