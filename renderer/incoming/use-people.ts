/** People of a call by name and picture: a call holds ids alone. */
import { type ShallowReactive, shallowReactive, watch } from 'vue';
import type { UserProfile } from '#protocol/messages';

type Find = (request: { readonly userIds: string[] }) => Promise<readonly UserProfile[]>;

/** Must be called in a setup. Who is not found is asked for again when there is somebody else. */
export function usePeople(
  userIds: () => readonly string[],
  find: Find,
): ShallowReactive<Map<string, UserProfile>> {
  const people = shallowReactive(new Map<string, UserProfile>());

  async function learn(): Promise<void> {
    const missing = [...new Set(userIds())].filter((userId) => !people.has(userId));
    if (missing.length === 0) return;
    for (const person of await find({ userIds: missing })) people.set(person.userId, person);
  }

  watch(() => userIds().join('\n'), learn, { immediate: true });
  return people;
}
