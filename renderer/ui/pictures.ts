/**
 * Where the pictures of people come from: main, through the verb of this window. Kept by their ids, which name the very
 * bytes, so a picture is asked for once however often it is on the screen.
 */
import { type InjectionKey, type Ref, ref } from 'vue';
import type { Picture, UserProfile } from '#protocol/messages';

export type PicturedUser = Pick<UserProfile, 'userId' | 'pictureId'>;

export interface Pictures {
  /** The address of the picture, or null: there is none, or it cannot be had now. */
  readonly find: (user: PicturedUser) => Promise<string | null>;
  /** Grows when it is worth asking again for what could not be had. */
  readonly tries: Readonly<Ref<number>>;
  readonly tryAgain: () => void;
}

export type FindPicture = (request: {
  readonly userId: string;
  readonly pictureId: string;
}) => Promise<Picture | null>;

export const picturesKey: InjectionKey<Pictures> = Symbol('pictures');

/** Enough for what one scrolls through; each is some ten kilobytes. */
const keptPictures = 300;

export function createPictures(ask: FindPicture, limit = keptPictures): Pictures {
  const kept = new Map<string, Promise<string | null>>();
  const tries = ref(0);

  async function fetch(userId: string, pictureId: string): Promise<string | null> {
    const picture = await ask({ userId, pictureId });
    // Not had is not the same as not there: the next one who needs it asks again.
    if (!picture) kept.delete(pictureId);
    return picture && pictureUrl(picture);
  }

  function find({ userId, pictureId }: PicturedUser): Promise<string | null> {
    if (pictureId === undefined) return Promise.resolve(null);
    const url = kept.get(pictureId) ?? fetch(userId, pictureId);
    // At the end of the line again: the one that nobody looked at for longest goes first.
    kept.delete(pictureId);
    kept.set(pictureId, url);
    const [oldest] = kept.keys();
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
    return url;
  }

  return { find, tries, tryAgain: () => void (tries.value += 1) };
}

export function pictureUrl({ type, data }: Picture): string {
  return `data:${type};base64,${data}`;
}
