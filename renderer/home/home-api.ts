/** How home's stores reach main: handed in by the page's start, or by a test. */
import { type InjectionKey, inject } from 'vue';
import type { HomeApi } from '#common/window-api';
import type { UserProfile } from '#protocol/messages';

export const homeApiKey: InjectionKey<HomeApi> = Symbol('home api');

export function useHomeApi(): HomeApi {
  const api = inject(homeApiKey);
  if (!api) throw new Error('Home was started without its api');
  return api;
}

/** Who is not found, or cannot be asked for, is left out. */
export function peopleFinder({
  findPeople,
}: Pick<HomeApi, 'findPeople'>): (request: {
  readonly userIds: string[];
}) => Promise<readonly UserProfile[]> {
  return async (request) => {
    const found = await findPeople(request);
    return found.ok ? found.value : [];
  };
}
