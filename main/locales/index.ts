/** The texts of main in the language of the person. Pages have their own (renderer/locales). */
import type { Language } from '#common/language';
import { en } from './en';
import { zhCN } from './zh-CN';

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };
export type MainTexts = Words<typeof en>;

export const mainTexts: Readonly<Record<Language, MainTexts>> = { en, 'zh-CN': zhCN };

/** Puts the values where the text names them. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
