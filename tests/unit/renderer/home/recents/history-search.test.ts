import { beforeEach, describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import type { CallRecord } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { type HistorySearch, historySearch } from '#renderer/home/recents/history-search';

type Answer = Result<readonly CallRecord[], 'offline'>;

const call = (at: number): CallRecord => ({
  ...{ recordId: `c${at}:bao`, callId: `c${at}`, kind: 'private', direction: 'incoming' },
  ...{ targetId: 'anna', callerId: 'anna', invitedBy: 'anna', memberIds: ['anna'], mediaType: 1 },
  ...{ createdAt: at, connectedAt: 0, endedAt: at + 1, endReason: 11, seen: true },
});
const page = (newest: number, count: number): CallRecord[] =>
  Array.from({ length: count }, (_, at) => call(newest - at));

let asked: unknown[];
let answers: ((answer: Answer) => void)[];
let history: HistorySearch;

beforeEach(() => {
  [asked, answers] = [[], []];
  history = historySearch({
    listRecords: (request) => {
      asked.push(request);
      return new Promise((answer) => answers.push(answer));
    },
  });
});

const shown = (): number[] => history.found.value.map(({ createdAt }) => createdAt);

describe('a search in the history', () => {
  it('shows what the server found, page after page', async () => {
    const first = history.search('anna');
    answers[0]?.(ok(page(100, limits.recordsPage)));
    await first;
    expect(history.shownQuery.value).toBe('anna');
    expect(history.hasMoreFound.value).toBe(true);
    const more = history.findMore();
    void history.findMore();
    answers[1]?.(ok(page(50, 2)));
    await more;
    expect(asked).toEqual([{ query: 'anna' }, { query: 'anna', before: 51 }]);
    expect(shown().slice(-3)).toEqual([51, 50, 49]);
    expect(history.hasMoreFound.value).toBe(false);
  });

  it('drops an answer that is late', async () => {
    const first = history.search('a');
    const second = history.search('ab');
    answers[1]?.(ok([call(2)]));
    answers[0]?.(ok([call(1)]));
    await Promise.all([first, second]);
    expect(shown()).toEqual([2]);
    const third = history.search('abc');
    await history.search('');
    answers[2]?.(ok([call(3)]));
    await third;
    expect(shown()).toEqual([]);
    expect(history.shownQuery.value).toBe('');
  });

  it('keeps what it shows while the server cannot be asked, and says so', async () => {
    const first = history.search('a');
    answers[0]?.(ok([call(1)]));
    await first;
    const second = history.search('ab');
    answers[1]?.(err('offline'));
    await second;
    expect(shown()).toEqual([1]);
    expect(history.isFailed.value).toBe(true);
  });

  it('is made anew when there is a new call, and only then', async () => {
    await history.searchAgain();
    expect(asked).toEqual([]);
    const first = history.search('a');
    answers[0]?.(ok([call(1)]));
    await first;
    const again = history.searchAgain();
    answers[1]?.(ok([call(2), call(1)]));
    await again;
    expect(shown()).toEqual([2, 1]);
  });
});
