/** Whom a link means, by the directory of the server. */
import { type Ref, type ShallowRef, ref, shallowRef } from 'vue';
import type { CallLink } from '#common/ipc';
import type { HomeApi } from '#common/window-api';
import type { UserProfile } from '#protocol/messages';

/**
 * looking – the directory was asked. found – it is this person. self – it is the user. nobody, offline – as they say.
 * switchedOff – the settings leave such links to others, so nobody was asked.
 */
export type Meant = 'looking' | 'found' | 'self' | 'nobody' | 'offline' | 'switchedOff';

export interface LinkTarget {
  readonly person: ShallowRef<UserProfile | null>;
  readonly meant: Ref<Meant>;
  readonly lookUp: (link: CallLink, selfId: string | undefined) => Promise<void>;
  readonly forget: () => void;
}

export function linkTarget(api: Pick<HomeApi, 'findPeople'>): LinkTarget {
  const person = shallowRef<UserProfile | null>(null);
  const meant = ref<Meant>('looking');
  let asked: CallLink | null = null;

  async function lookUp(link: CallLink, selfId: string | undefined): Promise<void> {
    forget();
    asked = link;
    if (link.switchedOff) meant.value = 'switchedOff';
    else if (link.userId === null) meant.value = 'nobody';
    else if (link.userId === selfId) meant.value = 'self';
    else {
      const answer = await api.findPeople({ userIds: [link.userId] });
      if (asked !== link) return;
      person.value = answer.ok ? (answer.value[0] ?? null) : null;
      if (answer.ok) meant.value = person.value ? 'found' : 'nobody';
      else meant.value = 'offline';
    }
  }

  function forget(): void {
    asked = null;
    person.value = null;
    meant.value = 'looking';
  }

  return { person, meant, lookUp, forget };
}
