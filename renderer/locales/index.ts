/** The languages of Peal and how a window gets its own. */
import { createI18n } from 'vue-i18n';
import { type Language, chosenLanguage } from '#common/language';
import type { AppSettings } from '#common/settings';
import { en } from './en';
import { zhCN } from './zh-CN';

const messages = { en, 'zh-CN': zhCN };

type HearSettings = (listener: (settings: AppSettings) => void) => unknown;

/** The language in the page's address, which main puts there when the person chose one; else that of the system. */
function languageAtStart(): Language {
  const chosen = new URLSearchParams(location.search).get('lang');
  return chosenLanguage('system', chosen ?? navigator.language);
}

/** Follows what the person chooses, at once and in every window. */
export function createPealI18n(onSettingsChanged: HearSettings) {
  const i18n = createI18n({
    legacy: false,
    locale: languageAtStart(),
    fallbackLocale: 'en',
    messages,
  });
  const show = (language: Language): void => {
    i18n.global.locale.value = language;
    // Screen readers and fonts choose by it.
    document.documentElement.lang = language;
  };
  show(languageAtStart());
  onSettingsChanged(({ language }) => show(chosenLanguage(language, navigator.language)));
  return i18n;
}
