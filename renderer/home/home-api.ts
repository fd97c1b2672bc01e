/** How home's stores reach main: handed in by the page's start, or by a test. */
import { type InjectionKey, inject } from 'vue';
import type { HomeApi } from '#common/window-api';

export const homeApiKey: InjectionKey<HomeApi> = Symbol('home api');

export function useHomeApi(): HomeApi {
  const api = inject(homeApiKey);
  if (!api) throw new Error('Home was started without its api');
  return api;
}
