/**
 * Everything the server must not forget, behind one interface. The one implementation runs on SQLite and on
 * PostgreSQL, and tests/integration/server/store-contract.test.ts says the same of both.
 */
import type { ErrorCode } from '#protocol/error-code';
import type {
  CallRecord,
  CallRules,
  Group,
  Picture,
  RulesChange,
  UserProfile,
} from '#protocol/messages';
import type { Result } from '#protocol/result';
import type { CallSnapshot } from '#protocol/snapshot';
import type { CallState } from '../calls/rules/call-state';
import type { World } from '../calls/rules/command';

export interface NewUser {
  readonly userId: string;
  readonly name: string;
  /** Null: this user signs in with app tokens only. */
  readonly passwordHash: string | null;
  readonly createdAt: number;
}

/** What is not named stays; null takes the picture away. */
export interface ProfileChange {
  readonly name?: string;
  readonly picture?: { readonly pictureId: string; readonly picture: Picture } | null;
}

export interface SearchPage {
  readonly people: readonly UserProfile[];
  readonly cursor?: string;
}

export interface UserStore {
  /** False when the id is taken. */
  add(user: NewUser): Promise<boolean>;
  /** The profile as it is then; null when there is no such user. */
  change(userId: string, change: ProfileChange): Promise<UserProfile | null>;
  /** Null when the user has another picture by now, or none. */
  picture(userId: string, pictureId: string): Promise<Picture | null>;
  find(userId: string): Promise<UserProfile | null>;
  findMany(userIds: readonly string[]): Promise<readonly UserProfile[]>;
  passwordHash(userId: string): Promise<string | null>;
  list(): Promise<readonly UserProfile[]>;
  /** People whose id, name or a later word of the name begins with `query`, by name. */
  search(query: string, cursor: string | undefined, limit: number): Promise<SearchPage>;
}

/** `member-unknown`: a member is no user. `too-large`: too many members, or one of them could not be told of all of theirs. */
export type GroupProblem = 'member-unknown' | 'too-large';

/** What is not named stays; the members are replaced. */
export interface GroupChange {
  readonly name?: string;
  readonly memberIds?: readonly string[];
}

export interface ChangedGroup {
  readonly group: Group;
  readonly formerMemberIds: readonly string[];
}

/** Members are told apart, sorted, and held while a group changes: of two changes at once neither is lost. */
export interface GroupStore {
  /** The group as it is kept. `taken`: there is such a group. Nothing was written unless it is ok. */
  add(group: Group): Promise<Result<Group, GroupProblem | 'taken'>>;
  /** By a member; `group-unknown` for everybody else. */
  change(
    groupId: string,
    userId: string,
    change: GroupChange,
  ): Promise<Result<ChangedGroup, GroupProblem | 'group-unknown'>>;
  list(): Promise<readonly Group[]>;
  ofUser(userId: string): Promise<readonly Group[]>;
}

export interface DeviceRow {
  readonly userId: string;
  readonly deviceId: string;
  readonly name: string;
  readonly family: string;
  readonly version: number;
  readonly previousHash: string | null;
  readonly currentHashes: readonly string[];
  readonly revokedAt: number | null;
  readonly signedInAt: number;
}

export interface DeviceStore {
  /** The device begins anew: whatever it was signed in with before is worth nothing. */
  put(device: DeviceRow): Promise<void>;
  find(userId: string, deviceId: string): Promise<DeviceRow | null>;
  findFamily(family: string): Promise<DeviceRow | null>;
  /** Writes the row with the next version if it still has `device.version`; false when somebody was faster. */
  update(device: DeviceRow): Promise<boolean>;
}

export interface NewInvitation {
  /** The code itself is nowhere but in the link. */
  readonly codeHash: string;
  /** Null: an admin. */
  readonly createdBy: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Who comes with a code. */
export interface Newcomer {
  readonly name: string;
  readonly deviceId: string;
  /** Of the secret that the client made for this join. */
  readonly secretHash: string;
}

export interface UsedInvitation {
  readonly userId: string;
  readonly invitedBy: string | null;
  /** The same device came with the same code and secret again: nobody was made. */
  readonly isRepeated: boolean;
}

export interface InvitationStore {
  /** `too-many`: this user has that many (limits.openInvites) which nobody has used yet. */
  add(invitation: NewInvitation): Promise<'added' | 'too-many'>;
  /**
   * Makes the user and uses the code up, both or neither; of many at once one wins. The device that won may come
   * again with its secret until `repeatMs` later, for its welcome may have been lost. Null: there is no such invitation (any more).
   */
  use(
    codeHash: string,
    newcomer: Newcomer,
    times: { readonly nowMs: number; readonly repeatMs: number },
  ): Promise<UsedInvitation | null>;
  /** Forgets those that expired before then. */
  prune(expiredBefore: number): Promise<void>;
}

/** Whose command it is. The connection says who; the client only makes `commandId`. */
export interface CommandKey {
  readonly userId: string;
  readonly deviceId: string;
  readonly commandId: string;
}

export type CommandAnswer =
  | { readonly ok: true; readonly call: CallSnapshot }
  | { readonly ok: false; readonly error: ErrorCode };

/** A record and whose history it is in. */
export type OwnedRecord = CallRecord & { readonly userId: string };

/** What the database knows of the world; the times come from the configuration, who is free from the sockets. */
export type StoredWorld = Omit<World, 'times' | 'freeUserIds' | 'deviceIds'>;

/** One transaction that holds the users concerned: nothing about their calls changes but by it. */
export interface CallTransaction {
  readonly world: StoredWorld;
  answerTo(key: CommandKey): Promise<CommandAnswer | null>;
  remember(key: CommandKey, answer: CommandAnswer, expiresAt: number): Promise<void>;
  /** Writes the next revision of a call of the world (the named one or another), or a new call. */
  save(call: CallState): Promise<void>;
  /** Those that were not there already. */
  addRecords(records: readonly OwnedRecord[]): Promise<void>;
}

export interface CallScope {
  /** The call the command names; null for a new one. */
  readonly callId: string | null;
  /** Users to hold beside those of the call. */
  readonly userIds: readonly string[];
  /** Whose members have to be known, when the call does not name it. */
  readonly groupId?: string;
}

export interface CallStore {
  /** Begins again by itself when another node was faster, so `work` may run more than once. */
  transaction<T>(scope: CallScope, work: (tx: CallTransaction) => Promise<T>): Promise<T>;
  answerTo(key: CommandKey): Promise<CommandAnswer | null>;
  find(callIds: readonly string[]): Promise<readonly CallState[]>;
  unended(): Promise<readonly CallState[]>;
  unendedOf(userId: string): Promise<readonly CallState[]>;
  /** Unended calls whose deadline has passed, the longest overdue first. */
  due(nowMs: number, limit: number): Promise<readonly string[]>;
  /** Forgets expired answers, and calls that ended before `endedBefore`. */
  prune(nowMs: number, endedBefore: number): Promise<void>;
}

/** A change waits for the call commands of its user that run, and the next ones see it. */
export interface RulesStore {
  /** The defaults where nothing was set. Blocked people in the order in which they were blocked. */
  of(userId: string): Promise<CallRules>;
  /** Blocking twice is done once. `too-many`: the list is full (limits.blockedUsers). */
  block(
    userId: string,
    blockedId: string,
    createdAt: number,
  ): Promise<'done' | 'user-unknown' | 'too-many'>;
  unblock(userId: string, blockedId: string): Promise<'done'>;
  /** The last of the favourites; one who is it already stays where they are. `too-many`: limits.favouriteUsers. */
  favour(userId: string, favouriteId: string): Promise<'done' | 'user-unknown' | 'too-many'>;
  unfavour(userId: string, favouriteId: string): Promise<'done'>;
  /** What is not named stays. */
  set(userId: string, change: RulesChange): Promise<void>;
}

/** Some records of a former version, and which of them cannot be read. */
export interface IndexedRecords {
  readonly records: number;
  readonly unreadableIds: readonly string[];
}

export interface RecordStore {
  /** Newest first. */
  list(userId: string, before: number | undefined, limit: number): Promise<readonly CallRecord[]>;
  /** Of those the ones with somebody, or in a group, whose id, name or a later word of it begins with `query`. */
  search(
    userId: string,
    query: string,
    page: { readonly before: number | undefined; readonly limit: number },
  ): Promise<readonly CallRecord[]>;
  /** Makes the next records of a former version findable. Null: all are. */
  indexNext(): Promise<IndexedRecords | null>;
  /** The newest, oldest first. */
  unseen(userId: string, limit: number): Promise<readonly CallRecord[]>;
  /** These, and with `upTo` all that began until then. */
  markSeen(userId: string, recordIds: readonly string[], upTo?: number): Promise<void>;
}

export interface Store {
  readonly users: UserStore;
  readonly groups: GroupStore;
  readonly devices: DeviceStore;
  readonly invitations: InvitationStore;
  readonly calls: CallStore;
  readonly rules: RulesStore;
  readonly records: RecordStore;
  /** The value under `key`; `initial` becomes it if there is none yet, on every node the same. */
  setting(key: string, initial: string): Promise<string>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
