/** What the keeper of the session needs from outside: the server inside the app, and what lies on the disk. */
import type { Result } from '#protocol/result';
import type { StoredAccount } from '../storage/schemas';

/** From outside, with a key of its own. */
export interface EmbeddedOpened {
  readonly port: number;
  readonly keyHash: string;
}

export interface EmbeddedStarted {
  /** Where it listens, without the path of the socket. */
  readonly url: string;
  readonly userId: string;
  /** Signs in as kind 'app'. */
  readonly appToken: string;
  /** The same for the contact Echo. */
  readonly echoToken: string;
}

export interface EmbeddedPort {
  /** `onExit` is called once when the server ends by itself after it had started; not after stop(). */
  start(name: string, onExit: () => void): Promise<Result<EmbeddedStarted, 'embedded-failed'>>;
  /** Colleagues may come in from outside from now on, also after each later start. */
  open(): Promise<Result<EmbeddedOpened, 'embedded-failed'>>;
  /** Safe to repeat, and when nothing runs. */
  stop(): Promise<void>;
}

/** storage/account-store.ts */
export interface AccountPort {
  /** What was loaded or saved last. */
  readonly current: StoredAccount | null;
  /** Where the tokens are kept. */
  readonly place: 'keystore' | 'file';
  /** Null: nobody is signed in. It may ask the system's key store, which takes its time. */
  load(): Promise<Result<StoredAccount, 'secret-lost'>> | null;
  save(account: StoredAccount): void;
  clear(): void;
  /** What was saved is sealed, where it can be; the disk has it before. */
  settled(): Promise<void>;
}

/** Where a session leads: what is stored beside its tokens. */
export type Place = Pick<StoredAccount, 'server' | 'url' | 'embeddedName' | 'keyHash'>;
