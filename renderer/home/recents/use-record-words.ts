/** What a row and the details say of one call. Must be called in a setup. */
import { type ComputedRef, computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { CallRecord } from '#protocol/messages';
import { saidOf } from './outcome';
import type { Subject } from './subject';
import { durationWords } from './times';

export interface RecordWords {
  /** Whom or what it is about. */
  readonly title: ComputedRef<string>;
  readonly said: ComputedRef<ReturnType<typeof saidOf>>;
  /** Empty: it was never connected. */
  readonly duration: ComputedRef<string>;
}

export function useRecordWords(record: () => CallRecord, subject: () => Subject): RecordWords {
  const { t, locale } = useI18n();
  const title = computed(() => {
    const about = subject();
    if (about.kind === 'person') return about.person.name;
    if (about.kind === 'group') return about.group.name;
    const [first, ...others] = about.people;
    if (!first) return t('recents.formerGroup');
    return t('recents.several', { name: first.name, n: others.length }, others.length);
  });
  const duration = computed(() => {
    const { connectedAt, endedAt } = record();
    return connectedAt > 0 ? durationWords(endedAt - connectedAt, locale.value) : '';
  });
  return { title, said: computed(() => saidOf(record())), duration };
}
