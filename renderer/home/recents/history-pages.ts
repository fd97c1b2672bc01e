/** Reads the own call history page by page. What is shown has no gap between two pages. */
import { type ComputedRef, type Ref, computed, ref } from 'vue';
import type { HomeApi } from '#common/window-api';
import { limits } from '#protocol/limits';
import type { CallRecord } from '#protocol/messages';
import type { RecordBook } from './record-book';

/** loading – the first page is on its way. ready – it is here. offline – nobody could be asked, and nothing is here. */
export type HistoryState = 'loading' | 'ready' | 'offline';

export interface HistoryPages {
  /** Newest first, back to the end of the last page read. */
  readonly records: ComputedRef<readonly CallRecord[]>;
  readonly state: Ref<HistoryState>;
  readonly hasMore: ComputedRef<boolean>;
  readonly isLoadingMore: Ref<boolean>;
  /** Reads the newest page: the first time and after each new connection. */
  readonly load: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
  readonly reset: () => void;
}

/** Everything has been read. */
const theBeginning = 0;

export function historyPages(api: Pick<HomeApi, 'listRecords'>, book: RecordBook): HistoryPages {
  const state = ref<HistoryState>('loading');
  /** Nothing is missing after this time. */
  const readFrom = ref(Number.POSITIVE_INFINITY);
  const isLoadingMore = ref(false);
  let newestRead = theBeginning;
  let epoch = 0;

  const records = computed(() =>
    book.known.value.filter(({ createdAt }) => createdAt >= readFrom.value),
  );
  const hasMore = computed(() => state.value === 'ready' && readFrom.value > theBeginning);

  async function load(): Promise<void> {
    const mine = epoch;
    const answer = await api.listRecords({});
    if (mine !== epoch) return;
    if (!answer.ok) {
      if (state.value === 'loading') state.value = 'offline';
      return;
    }
    const page = answer.value;
    const oldest = oldestOf(page);
    // So much has happened meanwhile that calls between this page and the former ones may be missing.
    if (oldest > newestRead || state.value !== 'ready') readFrom.value = oldest;
    newestRead = Math.max(newestRead, page[0]?.createdAt ?? theBeginning);
    book.add(page);
    state.value = 'ready';
  }

  async function loadMore(): Promise<void> {
    if (isLoadingMore.value || !hasMore.value) return;
    const mine = epoch;
    isLoadingMore.value = true;
    const answer = await api.listRecords({ before: readFrom.value });
    if (mine !== epoch) return;
    isLoadingMore.value = false;
    if (!answer.ok) return;
    book.add(answer.value);
    readFrom.value = oldestOf(answer.value);
  }

  /** Somebody else signed in. */
  function reset(): void {
    epoch += 1;
    state.value = 'loading';
    readFrom.value = Number.POSITIVE_INFINITY;
    isLoadingMore.value = false;
    newestRead = theBeginning;
  }

  return { records, state, hasMore, isLoadingMore, load, loadMore, reset };
}

/** A page that is not full is the last one. */
function oldestOf(page: readonly CallRecord[]): number {
  return page.length < limits.recordsPage ? theBeginning : (page.at(-1)?.createdAt ?? theBeginning);
}
