/** The call records that home knows, newest first, each once, and which of them the person has seen. */
import { type ComputedRef, type ShallowRef, computed, shallowRef } from 'vue';
import type { CallRecord } from '#protocol/messages';

export interface RecordBook {
  readonly known: Readonly<ShallowRef<readonly CallRecord[]>>;
  /** Calls of which the person has seen nothing on any device. */
  readonly unseen: ComputedRef<readonly CallRecord[]>;
  readonly add: (records: readonly CallRecord[]) => void;
  readonly noteSeen: (recordIds: readonly string[]) => void;
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

  function noteSeen(recordIds: readonly string[]): void {
    for (const recordId of recordIds) seenIds.add(recordId);
    known.value = known.value.map((record) =>
      seenIds.has(record.recordId) && !record.seen ? { ...record, seen: true } : record,
    );
  }

  function clear(): void {
    known.value = [];
    seenIds.clear();
  }

  return { known, unseen, add, noteSeen, clear };
}
