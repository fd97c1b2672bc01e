/** What an admin does with accounts and groups; the CLI and startServer() offer the same. */
import { limits } from '#protocol/limits';
import { linePattern } from '#protocol/text';
import { type Result, err, ok } from '#protocol/result';
import type { Group, UserProfile } from '#protocol/messages';
import { hashPassword, makePassword } from './auth/passwords';
import type { Clock } from './clock';
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

const oneLine = new RegExp(linePattern);
const idPattern = /^[A-Za-z0-9][A-Za-z0-9._@-]*$/;

/** The rest is for the reply around them. */
const groupsBytes = limits.messageBytes - 1024;

export class Admin {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async addUser(account: NewAccount): Promise<Result<{ readonly password: string }, AdminProblem>> {
    const { userId, password = makePassword() } = account;
    const name = account.name.trim();
    if (!isId(userId)) return err('bad-id');
    if (!isName(name)) return err('bad-name');
    if (password === '' || password.length > limits.passwordChars) return err('bad-password');
    const passwordHash = await hashPassword(password);
    const createdAt = this.#clock.now();
    const added = await this.#store.users.add({ userId, name, passwordHash, createdAt });
    return added ? ok({ password }) : err('taken');
  }

  listUsers(): Promise<readonly UserProfile[]> {
    return this.#store.users.list();
  }

  async addGroup(group: Group): Promise<Result<null, AdminProblem>> {
    if (!isId(group.groupId)) return err('bad-id');
    if (!isName(group.name.trim())) return err('bad-name');
    if (!(await this.#fits(group))) return err('too-large');
    const added = await this.#store.groups.add({ ...group, name: group.name.trim() });
    return added === 'added' ? ok(null) : err(added);
  }

  /** Whether each member can still be told of all their groups in one message. */
  async #fits(group: Group): Promise<boolean> {
    const memberIds = new Set(group.memberIds);
    if (memberIds.size > limits.groupMembers) return false;
    for (const userId of memberIds) {
      const groups = [...(await this.#store.groups.ofUser(userId)), group];
      if (Buffer.byteLength(JSON.stringify(groups)) > groupsBytes) return false;
    }
    return true;
  }

  listGroups(): Promise<readonly Group[]> {
    return this.#store.groups.list();
  }
}

const isId = (id: string): boolean => id.length <= limits.idChars && idPattern.test(id);

const isName = (name: string): boolean =>
  name !== '' && name.length <= limits.nameChars && oneLine.test(name);
