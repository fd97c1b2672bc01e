/** The languages of Peal and how a window gets its own. */
import { createI18n } from 'vue-i18n';
import { languageFor } from '#common/language';
import { en } from './en';
import { zhCN } from './zh-CN';

const messages = { en, 'zh-CN': zhCN };

/** Also tells the page its language: screen readers and fonts choose by it. */
export function createPealI18n(language: string = navigator.language) {
  const locale = languageFor(language);
  document.documentElement.lang = locale;
  return createI18n({ legacy: false, locale, fallbackLocale: 'en', messages });
}
