/** The recent calls as home shows them, what of them is news, and what happened while nobody was signed in here. */
import { defineStore } from 'pinia';
import { computed, ref, shallowReactive, watch } from 'vue';
import { limits } from '#protocol/limits';
import type { CallRecord } from '#protocol/messages';
import { useHomeApi } from '../home-api';
import { historyPages } from '../recents/history-pages';
import { isMissed } from '../recents/outcome';
import { recordBook } from '../recents/record-book';
import { recordPeople } from '../recents/record-people';
import { type Subject, subjectOf } from '../recents/subject';
import { useGroups } from './groups';

export const useRecents = defineStore('recents', () => {
  const api = useHomeApi();
  const book = recordBook();
  const { load, loadMore, reset: forgetPages, ...pages } = historyPages(api, book);
  const people = recordPeople(api);
  const groups = useGroups();
  /** Came while this desktop was there: the person was told by a ring and a notification. */
  const livedThrough = shallowReactive(new Set<string>());
  /** The list is on the screen, and somebody is there to look at it. */
  const isLookedAt = ref(false);

  const missed = computed(() => book.unseen.value.filter(isMissed));
  const missedWhileAway = computed(() =>
    missed.value.filter(({ recordId }) => !livedThrough.has(recordId)),
  );

  const subject = (record: CallRecord): Subject =>
    subjectOf(record, { groups: groups.all, find: people.known });

  /** On every device of the user; here at once. A server that does not hear of it tells again at the next sign-in. */
  async function markSeen(): Promise<void> {
    const recordIds = book.unseen.value.map(({ recordId }) => recordId);
    book.noteSeen(recordIds);
    for (let from = 0; from < recordIds.length; from += limits.recordsPage) {
      await api.markRecordsSeen({ recordIds: recordIds.slice(from, from + limits.recordsPage) });
    }
  }

  function start(): void {
    api.onRecordAdded((record) => {
      livedThrough.add(record.recordId);
      book.add([record]);
    });
    api.onRecordsUnseen(book.add);
    api.onRecordsSeen(book.noteSeen);
    api.onProfileChanged(people.note);
    watch(book.known, people.find);
    watch([isLookedAt, book.unseen], ([isSeen, { length }]) => {
      if (isSeen && length > 0) void markSeen();
    });
  }

  /** Somebody signed in: nothing of whoever was here before may stay. */
  function reset(): void {
    book.clear();
    forgetPages();
    people.clear();
    livedThrough.clear();
  }

  return {
    ...{ ...pages, missed, missedWhileAway, isLookedAt, personOf: people.personOf, subject },
    ...{ start, load, loadMore, markSeen, reset },
  };
});
