/** What the call is called: by the other person, by its group, or by the people in it. Pure. */
import { nameList } from '../locales/name-list';
import type { CallView } from './call-view';

/** More names than this are a number. */
const mostNamed = 3;

export interface TitleWords {
  readonly language: string;
  readonly words: (key: string, values: Readonly<Record<string, string>>) => string;
  readonly count: (key: string, count: number) => string;
}

/** Empty while nobody knows whose call it will be. */
export function callTitle({ peer, group }: CallView, words: TitleWords): string {
  if (!group) return peer?.name ?? '';
  return (
    group.name ??
    withNames(
      group.others.map(({ name }) => name),
      words,
    )
  );
}

function withNames(names: readonly string[], { language, words, count }: TitleWords): string {
  const isLong = names.length > mostNamed;
  const named = isLong ? names.slice(0, mostNamed - 1) : names;
  const more = isLong ? [count('call.others', names.length - named.length)] : [];
  return words('call.with', { names: nameList(language, [...named, ...more]) });
}
