/** What windows ask about people and groups: who there is, who is online, what they look like. */
import type { GroupProblem } from '#common/problems';
import { limits } from '#protocol/limits';
import type { Group, Picture, Presence, RequestBody, UserProfile } from '#protocol/messages';
import { isSmallPicture } from '#protocol/picture-size';
import { type Result, err, ok } from '#protocol/result';
import type { SignalingPort } from '../calls/ports';
import type { People } from './people';
import { toGroupProblem } from './request-problems';
import type { TellHome } from './tell-home';

/** So that the card that rings and the window of its call do not ask again for the face that home shows. */
const keptPictures = 32;

export interface DirectoryOptions {
  readonly signaling: Pick<SignalingPort, 'request'>;
  readonly people: People;
  readonly tellHome: TellHome;
}

interface Found {
  readonly people: readonly UserProfile[];
  readonly cursor?: string;
}

export class Directory {
  readonly #options: DirectoryOptions;
  readonly #pictures = new Map<string, Picture>();
  #watched: readonly string[] = [];
  /** Those in a dialog of a call window. */
  #looked: readonly string[] = [];
  /** Of everybody watched, as it was told last. */
  readonly #presence = new Map<string, Presence>();

  constructor(options: DirectoryOptions) {
    this.#options = options;
  }

  async search(typed: string, cursor?: string): Promise<Result<Found, 'offline'>> {
    const { signaling, people } = this.#options;
    // Pasted text may hold tabs and the like, which no name has and no server takes.
    const query = typed.replaceAll(/\p{Cc}/gu, ' ');
    const body = cursor === undefined ? { query } : { query, cursor };
    const answer = await signaling.request('directory.search', body);
    if (!answer.ok) return err('offline');
    people.note(answer.value.people);
    return answer;
  }

  async profiles(userIds: readonly string[]): Promise<Result<readonly UserProfile[], 'offline'>> {
    const { signaling, people } = this.#options;
    const answer = await signaling.request('directory.profiles', { userIds });
    if (!answer.ok) return err('offline');
    people.note(answer.value.people);
    return ok(answer.value.people);
  }

  /** Null: the user has another one by now, or none, the server is away, or what it sent is no small picture. */
  async picture(userId: string, pictureId: string): Promise<Picture | null> {
    const key = `${userId} ${pictureId}`;
    const kept = this.#pictures.get(key);
    if (kept) return kept;
    const answer = await this.#options.signaling.request('picture.get', { userId, pictureId });
    const picture = answer.ok ? answer.value.picture : null;
    if (!picture || !isSmallPicture(picture.type, Buffer.from(picture.data, 'base64'))) return null;
    this.#keep(key, picture);
    return picture;
  }

  createGroup(body: RequestBody<'group.create'>): Promise<Result<Group, GroupProblem>> {
    return this.#changeGroup('group.create', body);
  }

  changeGroup(body: RequestBody<'group.change'>): Promise<Result<Group, GroupProblem>> {
    return this.#changeGroup('group.change', body);
  }

  /** Replaces the list of watched people; it holds on every later connection too. */
  async watch(userIds: readonly string[]): Promise<Result<readonly Presence[], 'offline'>> {
    this.#watched = userIds;
    return this.#watchAll();
  }

  /** Beside those whom home watches; asked again for the same people it says what has been told since. */
  async lookAt(userIds: readonly string[]): Promise<Result<readonly Presence[], 'offline'>> {
    const isNew = userIds.join('\n') !== this.#looked.join('\n');
    this.#looked = userIds;
    if (isNew) {
      const answer = await this.#watchAll();
      if (!answer.ok) {
        this.#looked = [];
        return answer;
      }
    }
    return ok(userIds.flatMap((userId) => this.#presence.get(userId) ?? []));
  }

  notePresence(presence: readonly Presence[]): void {
    for (const one of presence) this.#presence.set(one.userId, one);
  }

  handleWelcome(): void {
    this.#presence.clear();
    if (this.#watched.length + this.#looked.length > 0) void this.#watchAgain();
  }

  async #watchAgain(): Promise<void> {
    const answer = await this.#watchAll();
    if (answer.ok) this.#options.tellHome('phone:presence.changed', answer.value);
  }

  /** The server knows one list of each device. */
  async #watchAll(): Promise<Result<readonly Presence[], 'offline'>> {
    const all = [...new Set([...this.#watched, ...this.#looked])];
    const userIds = all.slice(0, limits.watchedUsers);
    const answer = await this.#options.signaling.request('presence.watch', { userIds });
    if (!answer.ok) return err('offline');
    this.notePresence(answer.value.presence);
    for (const userId of this.#presence.keys()) {
      if (!all.includes(userId)) this.#presence.delete(userId);
    }
    return ok(answer.value.presence);
  }

  async #changeGroup<T extends 'group.create' | 'group.change'>(
    type: T,
    body: RequestBody<T>,
  ): Promise<Result<Group, GroupProblem>> {
    const { signaling } = this.#options;
    const answer = await signaling.request<'group.create' | 'group.change'>(type, body);
    return answer.ok ? ok(answer.value.group) : err(toGroupProblem(answer.error));
  }

  #keep(key: string, picture: Picture): void {
    this.#pictures.set(key, picture);
    const [oldest] = this.#pictures.keys();
    if (this.#pictures.size > keptPictures && oldest !== undefined) this.#pictures.delete(oldest);
  }
}
