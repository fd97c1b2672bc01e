import { useI18n } from 'vue-i18n';
import { nameList } from '../locales/name-list';
import type { Company } from './company';

/** “Bao Chen (in the call), Chen Wu and 3 others”, as the language joins names. Must be called in a setup. */
export function useCompanyWords(): (company: Company) => string {
  const { t, locale } = useI18n();
  return ({ named, others }) => {
    const names = named.map(({ name, isThere }) =>
      isThere ? t('groupCall.there', { name }) : name,
    );
    const key = named.length > 0 ? 'groupCall.others' : 'groupCall.together';
    const all = others > 0 ? [...names, t(key, others)] : names;
    return nameList(locale.value, all);
  };
}
