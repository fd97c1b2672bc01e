/** The groups of the user, and the one on the screen: main asks the server, and says when they are others. */
import { defineStore } from 'pinia';
import { computed } from 'vue';
import type { Group } from '#protocol/messages';
import { useHomeApi } from '../home-api';
import { useChoice } from './choice';
import { groupChanges } from './group-changes';
import { groupList } from './group-list';
import { groupMembers } from './group-members';
import { useSession } from './session';

export const useGroups = defineStore('groups', () => {
  const api = useHomeApi();
  const session = useSession();
  const choice = useChoice();
  const { all, isLoaded, showsAll, ...list } = groupList(api);
  const { isIncomplete, ...people } = groupMembers(api);
  const { problem, isSaving, change, forgetProblem, ...changes } = groupChanges(api, put);

  const chosen = computed(
    () => all.value.find((group) => group.groupId === choice.groupId) ?? null,
  );
  const members = computed(() => people.of(chosen.value?.memberIds ?? []));

  const shown = (query: string): readonly Group[] => list.shown(query, choice.groupId);

  async function load(): Promise<void> {
    if (await list.load()) await lookAtChosen();
  }

  async function lookAtChosen(): Promise<void> {
    // The group on the screen is gone, or is not the user's any more.
    if (choice.groupId !== null && !chosen.value) choice.clear();
    if (chosen.value) await people.load(chosen.value.memberIds);
  }

  function put(group: Group): void {
    list.put(group, group.memberIds.includes(session.self?.userId ?? ''));
    void lookAtChosen();
  }

  async function choose(groupId: string): Promise<void> {
    choice.chooseGroup(groupId);
    await lookAtChosen();
  }

  /** The new group is on the screen then. */
  async function create(name: string, memberIds: readonly string[]): Promise<boolean> {
    const made = await changes.create(name, memberIds);
    if (made) await choose(made.groupId);
    return made !== null;
  }

  function leave({ groupId, memberIds }: Group): Promise<boolean> {
    const self = session.self?.userId;
    return change({ groupId, memberIds: memberIds.filter((userId) => userId !== self) });
  }

  function start(): void {
    api.onGroupsChanged(() => void load());
    api.onProfileChanged(people.learn);
  }

  /** Somebody signed in: nothing of whoever was here before may stay. */
  function reset(): void {
    list.reset();
    people.forget();
    forgetProblem();
  }

  return {
    ...{ all, isLoaded, showsAll, chosen, members, isIncomplete, problem, isSaving },
    ...{ shown, load, choose, create, change, leave, forgetProblem, start, reset },
  };
});
