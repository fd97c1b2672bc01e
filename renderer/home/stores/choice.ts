/** Whom or what the right side shows: one person, one group, or nothing yet. */
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { UserProfile } from '#protocol/messages';

type Choice =
  | { readonly kind: 'person'; readonly person: UserProfile }
  | { readonly kind: 'group'; readonly groupId: string };

export const useChoice = defineStore('choice', () => {
  const choice = shallowRef<Choice | null>(null);

  const person = computed(() => (choice.value?.kind === 'person' ? choice.value.person : null));
  const groupId = computed(() => (choice.value?.kind === 'group' ? choice.value.groupId : null));

  function choosePerson(chosen: UserProfile): void {
    choice.value = { kind: 'person', person: chosen };
  }

  function chooseGroup(chosen: string): void {
    choice.value = { kind: 'group', groupId: chosen };
  }

  function clear(): void {
    choice.value = null;
  }

  return { person, groupId, choosePerson, chooseGroup, clear };
});
