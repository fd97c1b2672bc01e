/** The calls that a query has found so far: the server searches, this keeps its pages and drops answers that are late. */
import { type Ref, type ShallowRef, ref, shallowRef } from 'vue';
import type { HomeApi } from '#common/window-api';
import { limits } from '#protocol/limits';
import type { CallRecord } from '#protocol/messages';

export interface HistorySearch {
  readonly found: ShallowRef<readonly CallRecord[]>;
  /** What `found` answers to; empty: nothing is looked for. */
  readonly shownQuery: Ref<string>;
  readonly hasMoreFound: Ref<boolean>;
  /** The last question could not be asked. */
  readonly isFailed: Ref<boolean>;
  readonly search: (query: string) => Promise<void>;
  /** There is a new call, which may be one of them. */
  readonly searchAgain: () => Promise<void>;
  readonly findMore: () => Promise<void>;
  readonly clearSearch: () => void;
}

export function historySearch(api: Pick<HomeApi, 'listRecords'>): HistorySearch {
  const found = shallowRef<readonly CallRecord[]>([]);
  const shownQuery = ref('');
  const hasMoreFound = ref(false);
  const isFailed = ref(false);
  let isFinding = false;
  let question = 0;

  async function search(query: string): Promise<void> {
    const mine = ++question;
    isFinding = false;
    if (query === '') {
      show('', []);
      return;
    }
    const answer = await api.listRecords({ query });
    if (mine !== question) return;
    isFailed.value = !answer.ok;
    if (answer.ok) show(query, answer.value);
  }

  async function findMore(): Promise<void> {
    const before = found.value.at(-1)?.createdAt;
    if (isFinding || !hasMoreFound.value || before === undefined) return;
    const mine = question;
    isFinding = true;
    const answer = await api.listRecords({ query: shownQuery.value, before });
    if (mine !== question) return;
    isFinding = false;
    if (!answer.ok) return;
    found.value = [...found.value, ...answer.value];
    hasMoreFound.value = answer.value.length >= limits.recordsPage;
  }

  function show(query: string, page: readonly CallRecord[]): void {
    found.value = page;
    shownQuery.value = query;
    hasMoreFound.value = page.length >= limits.recordsPage;
    isFailed.value = false;
  }

  function clearSearch(): void {
    question += 1;
    isFinding = false;
    show('', []);
  }

  const searchAgain = async (): Promise<void> => {
    if (shownQuery.value !== '') await search(shownQuery.value);
  };

  return {
    ...{ found, shownQuery, hasMoreFound, isFailed },
    ...{ search, searchAgain, findMore, clearSearch },
  };
}
