/** What an admin does with accounts and groups; the CLI and startServer() offer the same. */
import { limits } from '#protocol/limits';
import { type Result, err, ok } from '#protocol/result';
import { userIdPattern } from '#protocol/user-id';
import type { Group, UserProfile } from '#protocol/messages';
import { hashPassword, makePassword } from './auth/passwords';
import type { Clock } from './clock';
import { cleanName } from './names';
import type { Store } from './store/store';

export interface NewAccount {
  readonly userId: string;
  readonly name: string;
  /** Absent: one is made. */
  readonly password?: string;
}

/** bad-id – not a usable id. bad-name – empty, too long or with control characters. bad-password – empty or too long. taken – it exists. too-large – too many members, or too many groups of one of them. */
export type AdminProblem =
  'bad-id' | 'bad-name' | 'bad-password' | 'taken' | 'member-unknown' | 'too-large';

const idPattern = new RegExp(userIdPattern);

export class Admin {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async addUser(account: NewAccount): Promise<Result<{ readonly password: string }, AdminProblem>> {
    const { userId, password = makePassword() } = account;
    const name = cleanName(account.name);
    if (!isId(userId)) return err('bad-id');
    if (name === null) return err('bad-name');
    if (password === '' || password.length > limits.passwordChars) return err('bad-password');
    const passwordHash = await hashPassword(password);
    const createdAt = this.#clock.now();
    const added = await this.#store.users.add({ userId, name, passwordHash, createdAt });
    return added ? ok({ password }) : err('taken');
  }

  /** Who signs in with application tokens only. False: a user with this id is there, and stays as it is. */
  async addTokenUser({ userId, name }: UserProfile): Promise<boolean> {
    const createdAt = this.#clock.now();
    return this.#store.users.add({ userId, name, passwordHash: null, createdAt });
  }

  listUsers(): Promise<readonly UserProfile[]> {
    return this.#store.users.list();
  }

  async addGroup(group: Group): Promise<Result<null, AdminProblem>> {
    const name = cleanName(group.name);
    if (!isId(group.groupId)) return err('bad-id');
    if (name === null) return err('bad-name');
    const added = await this.#store.groups.add({ ...group, name });
    return added.ok ? ok(null) : added;
  }

  listGroups(): Promise<readonly Group[]> {
    return this.#store.groups.list();
  }
}

const isId = (id: string): boolean => id.length <= limits.idChars && idPattern.test(id);
