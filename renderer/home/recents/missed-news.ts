/** What of the recent calls is news, until somebody has looked, and what of it came while nobody was signed in here. */
import { type ComputedRef, type Ref, computed, ref, shallowReactive, watch } from 'vue';
import { type MissedCount, countMissed } from '#common/missed-count';
import { isMissed } from '#common/outcome';
import type { HomeApi } from '#common/window-api';
import { limits } from '#protocol/limits';
import type { CallRecord } from '#protocol/messages';
import type { RecordBook } from './record-book';

export interface MissedNews {
  readonly missed: ComputedRef<readonly CallRecord[]>;
  /** There may be more of them, older than what this page knows. */
  readonly missedCount: ComputedRef<MissedCount>;
  readonly missedWhileAway: ComputedRef<readonly CallRecord[]>;
  /** The list is on the screen, and somebody is there to look at it. */
  readonly isLookedAt: Ref<boolean>;
  /** It came while this desktop was there: the person was told by a ring and a notification. */
  readonly noteLivedThrough: (recordId: string) => void;
  readonly markSeen: () => Promise<void>;
  /** What is unseen was told before this page was there, and may be older than the pages read. */
  readonly loadUnseen: () => Promise<void>;
  readonly startLooking: () => void;
  readonly forgetNews: () => void;
}

type Api = Pick<HomeApi, 'getUnseen' | 'markRecordsSeen' | 'onRecordsSeen' | 'onRecordsUnseen'>;

export function missedNews(api: Api, book: RecordBook): MissedNews {
  const livedThrough = shallowReactive(new Set<string>());
  const isLookedAt = ref(false);
  const hasOlder = ref(false);

  const missed = computed(() => book.unseen.value.filter(isMissed));
  const missedWhileAway = computed(() =>
    missed.value.filter(({ recordId }) => !livedThrough.has(recordId)),
  );
  const missedCount = computed(() => countMissed(missed.value.length, hasOlder.value));

  /**
   * On every device of the user, with what is older than the oldest of them; here at once. A server that does not hear of
   * it tells again at the next sign-in.
   */
  async function markSeen(): Promise<void> {
    const recordIds = book.unseen.value.map(({ recordId }) => recordId);
    const oldest = book.unseen.value.at(-1);
    const older = hasOlder.value && oldest ? { upTo: oldest.createdAt } : {};
    hasOlder.value = false;
    book.noteSeen({ recordIds, ...older });
    for (let from = 0; from < recordIds.length; from += limits.recordsPage) {
      const page = recordIds.slice(from, from + limits.recordsPage);
      await api.markRecordsSeen({ recordIds: page, ...older });
    }
  }

  /** Only added: what has happened meanwhile may be known here already. */
  async function loadUnseen(): Promise<void> {
    const unseen = await api.getUnseen();
    book.add(unseen.records);
    hasOlder.value = unseen.hasOlder;
  }

  function startLooking(): void {
    api.onRecordsUnseen((newest) => {
      book.setUnseen(newest);
      hasOlder.value = newest.hasOlder;
    });
    api.onRecordsSeen((seen) => {
      book.noteSeen(seen);
      if (seen.upTo !== undefined) hasOlder.value = false;
    });
    watch([isLookedAt, book.unseen], ([isSeen, { length }]) => {
      if (isSeen && length > 0) void markSeen();
    });
  }

  return {
    ...{ missed, missedWhileAway, missedCount, isLookedAt, markSeen, loadUnseen, startLooking },
    noteLivedThrough: (recordId) => void livedThrough.add(recordId),
    forgetNews: () => {
      livedThrough.clear();
      hasOlder.value = false;
    },
  };
}
