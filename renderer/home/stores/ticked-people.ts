/** People one has ticked in a list, one by one or as a range, in the order of the ticks. */
import { type ComputedRef, type ShallowRef, computed, shallowRef } from 'vue';
import type { UserProfile } from '#protocol/messages';

export interface TickedPeople {
  readonly chosen: Readonly<ShallowRef<readonly UserProfile[]>>;
  readonly chosenIds: ComputedRef<readonly string[]>;
  readonly has: (userId: string) => boolean;
  readonly set: (people: readonly UserProfile[]) => void;
  readonly toggle: (person: UserProfile) => void;
  /** Everybody from the last ticked one to this one, both among them. */
  readonly addUpTo: (person: UserProfile, list: readonly UserProfile[]) => void;
  /** Somebody has another name or another picture now. */
  readonly learn: (person: UserProfile) => void;
}

export function tickedPeople(): TickedPeople {
  const chosen = shallowRef<readonly UserProfile[]>([]);
  const chosenIds = computed(() => chosen.value.map(({ userId }) => userId));
  /** Where a range begins. */
  let anchorId: string | null = null;

  const has = (userId: string): boolean => chosenIds.value.includes(userId);

  function set(people: readonly UserProfile[]): void {
    chosen.value = people;
    anchorId = people[0]?.userId ?? null;
  }

  function toggle(person: UserProfile): void {
    anchorId = person.userId;
    chosen.value = has(person.userId)
      ? chosen.value.filter(({ userId }) => userId !== person.userId)
      : [...chosen.value, person];
  }

  function addUpTo(person: UserProfile, list: readonly UserProfile[]): void {
    anchorId ??= person.userId;
    const to = list.findIndex(({ userId }) => userId === person.userId);
    const anchor = list.findIndex(({ userId }) => userId === anchorId);
    const from = anchor < 0 ? to : anchor;
    const range = list.slice(Math.min(from, to), Math.max(from, to) + 1);
    chosen.value = [...chosen.value, ...range.filter(({ userId }) => !has(userId))];
  }

  function learn(person: UserProfile): void {
    if (!has(person.userId)) return;
    chosen.value = chosen.value.map((one) => (one.userId === person.userId ? person : one));
  }

  return { chosen, chosenIds, has, set, toggle, addUpTo, learn };
}
