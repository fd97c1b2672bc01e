/** The languages of Peal, and which of them somebody gets. */
import type { AppSettings } from './settings';

export type Language = Exclude<AppSettings['language'], 'system'>;

/** Any Chinese reads better in Chinese than in English; everybody else gets English. */
export function languageFor(tag: string): Language {
  return tag.toLowerCase().split('-')[0] === 'zh' ? 'zh-CN' : 'en';
}

/** `system`: the language tag of the machine. */
export function chosenLanguage(chosen: AppSettings['language'], system: string): Language {
  return chosen === 'system' ? languageFor(system) : chosen;
}
