/** The people whom the user wants above all others, in the order of choosing: the rules hold their ids, this their names. */
import { defineStore } from 'pinia';
import { computed, ref, shallowReactive, watch } from 'vue';
import type { RulesProblem } from '#common/problems';
import type { UserProfile } from '#protocol/messages';
import { useHomeApi } from '../home-api';
import { useRules } from './rules';

export const useFavourites = defineStore('favourites', () => {
  const api = useHomeApi();
  const rules = useRules();
  const known = shallowReactive(new Map<string, UserProfile>());
  const problem = ref<RulesProblem | null>(null);
  const isSaving = ref(false);

  const ids = computed(() => rules.rules?.favouriteUserIds ?? []);
  /** A person whose name is not known yet goes by the id. */
  const people = computed<readonly UserProfile[]>(() =>
    ids.value.map((userId) => known.get(userId) ?? { userId, name: userId }),
  );

  const has = (userId: string): boolean => ids.value.includes(userId);

  /** On every device of the user: main tells of the rules as they are then. */
  async function toggle(person: UserProfile): Promise<void> {
    if (isSaving.value) return;
    isSaving.value = true;
    problem.value = null;
    known.set(person.userId, person);
    const { userId } = person;
    const saved = await api.favour({ userId, favourite: !has(userId) });
    isSaving.value = false;
    if (!saved.ok) problem.value = saved.error;
  }

  /** Asks for the names that are missing: after a change, and once the server can be asked again. */
  async function load(): Promise<void> {
    const userIds = ids.value.filter((userId) => !known.has(userId));
    if (userIds.length === 0) return;
    const found = await api.findPeople({ userIds });
    if (!found.ok) return;
    for (const person of found.value) known.set(person.userId, person);
  }

  function learn(person: UserProfile): void {
    if (known.has(person.userId)) known.set(person.userId, person);
  }

  function start(): void {
    api.onProfileChanged(learn);
    watch(ids, load);
  }

  const forgetProblem = (): void => void (problem.value = null);

  /** Somebody signed in: nothing of whoever was here before may stay. */
  function reset(): void {
    known.clear();
    forgetProblem();
  }

  return { people, problem, isSaving, has, toggle, load, forgetProblem, start, reset };
});
