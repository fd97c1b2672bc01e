/** The recent calls as home shows them: the newest, or those that a search has found, and the one that was chosen. */
import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { CallRecord } from '#protocol/messages';
import { useHomeApi } from '../home-api';
import { historyPages } from '../recents/history-pages';
import { historySearch } from '../recents/history-search';
import { missedNews } from '../recents/missed-news';
import { recordBook } from '../recents/record-book';
import { recordPeople } from '../recents/record-people';
import { type Subject, subjectOf } from '../recents/subject';
import { useGroups } from './groups';

export const useRecents = defineStore('recents', () => {
  const api = useHomeApi();
  const book = recordBook();
  const {
    load: loadNewest,
    loadMore,
    reset: forgetPages,
    records: known,
    ...pages
  } = historyPages(api, book);
  const { found, searchAgain, findMore, clearSearch, ...searching } = historySearch(api);
  const { noteLivedThrough, loadUnseen, startLooking, forgetNews, ...news } = missedNews(api, book);
  const { find: findPeople, ...people } = recordPeople(api);
  const groups = useGroups();
  /** The call whose details are on the right. */
  const chosen = shallowRef<CallRecord | null>(null);

  const isSearch = computed(() => searching.shownQuery.value !== '');
  const records = computed(() => (isSearch.value ? found.value : known.value));

  const subject = (record: CallRecord): Subject =>
    subjectOf(record, { groups: groups.all, find: people.known });

  function choose(record: CallRecord): void {
    chosen.value = record;
    void people.findAllOf(record);
  }

  /** For a new connection. */
  const load = (): Promise<unknown> => Promise.all([loadNewest(), loadUnseen()]);
  const readOn = (): Promise<void> => (isSearch.value ? findMore() : loadMore());

  function start(): void {
    api.onRecordAdded((record) => {
      noteLivedThrough(record.recordId);
      book.add([record]);
      void searchAgain();
    });
    api.onProfileChanged(people.note);
    watch(book.known, findPeople);
    watch(found, findPeople);
    startLooking();
  }

  /** Somebody signed in: nothing of whoever was here before may stay. */
  function reset(): void {
    book.clear();
    forgetPages();
    clearSearch();
    people.clear();
    forgetNews();
    chosen.value = null;
  }

  return {
    ...{ ...pages, ...searching, ...news, records, chosen, isSearch },
    ...{ personOf: people.personOf, person: people.known, subject, choose, clearSearch },
    ...{ start, load, loadMore, readOn, reset },
  };
});
