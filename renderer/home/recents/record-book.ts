/** The call records that home knows, newest first, each once, and which of them the person has seen. */
import { type ComputedRef, type ShallowRef, computed, shallowRef } from 'vue';
import type { NewestUnseen, Pushes } from '#common/ipc';
import type { CallRecord } from '#protocol/messages';

type SeenRecords = Pushes['home']['phone:records.seen'];

export interface RecordBook {
  readonly known: Readonly<ShallowRef<readonly CallRecord[]>>;
  /** Calls of which the person has seen nothing on any device. */
  readonly unseen: ComputedRef<readonly CallRecord[]>;
  readonly add: (records: readonly CallRecord[]) => void;
  /** The newest of all that the person has seen nothing of; without `hasOlder` there are no others. */
  readonly setUnseen: (newest: NewestUnseen) => void;
  readonly noteSeen: (seen: SeenRecords) => void;
  readonly clear: () => void;
}

export function recordBook(): RecordBook {
  const known = shallowRef<readonly CallRecord[]>([]);
  /** A record may be told as unseen after it was seen here: the two overtake each other. */
  const seenIds = new Set<string>();
  const unseen = computed(() => known.value.filter(({ seen }) => !seen));

  function add(more: readonly CallRecord[]): void {
    const byId = new Map(known.value.map((record) => [record.recordId, record]));
    for (const record of more) {
      const seen = record.seen || seenIds.has(record.recordId);
      byId.set(record.recordId, { ...record, seen });
    }
    known.value = [...byId.values()].toSorted((one, other) => other.createdAt - one.createdAt);
  }

  /** Another device may have looked meanwhile. */
  function setUnseen({ records, hasOlder }: NewestUnseen): void {
    const named = new Set(records.map(({ recordId }) => recordId));
    const from = hasOlder ? Math.min(...records.map(({ createdAt }) => createdAt)) : 0;
    see(({ recordId, createdAt }) => createdAt >= from && !named.has(recordId));
    add(records);
  }

  function noteSeen({ recordIds, upTo = -1 }: SeenRecords): void {
    for (const recordId of recordIds) seenIds.add(recordId);
    see(({ recordId, createdAt }) => seenIds.has(recordId) || createdAt <= upTo);
  }

  function see(isSeen: (record: CallRecord) => boolean): void {
    known.value = known.value.map((record) =>
      !record.seen && isSeen(record) ? { ...record, seen: true } : record,
    );
  }

  function clear(): void {
    known.value = [];
    seenIds.clear();
  }

  return { known, unseen, add, setUnseen, noteSeen, clear };
}
