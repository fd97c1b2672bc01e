/**
 * The account of this profile with its tokens, in a file of mode 0600. Where the system has a key store, the tokens in
 * it are sealed with a key that only the key store opens; it is asked once in a run. The file is written at once each
 * time: in plain until the key store has answered, because a sign-in that only the memory holds ends with the process.
 */
import { Compile } from 'typebox/compile';
import { Tokens } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import type { JsonFile } from './json-file';
import type { KeyStore } from './key-store';
import type { AccountFile, StoredAccount } from './schemas';
import { newKey, seal, unseal } from './sealed';

/** The key of this run, and how the key store wrapped it. */
interface RunKey {
  readonly key: string;
  readonly wrapped: string;
}

const tokensValidator = Compile(Tokens);

export class AccountStore {
  readonly #file: JsonFile<typeof AccountFile>;
  readonly #keyStore: Pick<KeyStore, 'encrypt' | 'decrypt'>;
  #current: StoredAccount | null = null;
  /** Undefined: not asked for yet. Null: there is none in this run. */
  #runKey: RunKey | null | undefined;
  #asking: Promise<void> | null = null;

  constructor(file: JsonFile<typeof AccountFile>, keyStore: Pick<KeyStore, 'encrypt' | 'decrypt'>) {
    this.#file = file;
    this.#keyStore = keyStore;
  }

  /** What was loaded or saved last. */
  get current(): StoredAccount | null {
    return this.#current;
  }

  get place(): 'keystore' | 'file' {
    return this.#runKey ? 'keystore' : 'file';
  }

  /**
   * Null: nobody is signed in. secret-lost: somebody is, but nobody can read the tokens. The file stays then: the next
   * start may be able to.
   */
  load(): Promise<Result<StoredAccount, 'secret-lost'>> | null {
    const stored = this.#file.read();
    return stored && this.#read(stored);
  }

  save(account: StoredAccount): void {
    this.#current = account;
    this.#write();
    if (this.#runKey === undefined) this.#asking ??= this.#makeKey();
  }

  clear(): void {
    this.#current = null;
    this.#file.remove();
  }

  /** What was saved is sealed, where it can be; the disk has it before. */
  async settled(): Promise<void> {
    await this.#asking;
  }

  async #read(stored: AccountFile): Promise<Result<StoredAccount, 'secret-lost'>> {
    if ('tokens' in stored) {
      this.#current = stored;
      return ok(stored);
    }
    const { sealed, ...rest } = stored;
    const tokens = await this.#open(sealed);
    if (!tokens) return err('secret-lost');
    const account = { ...rest, tokens };
    // Somebody who signed in meanwhile is newer.
    this.#current ??= account;
    return ok(account);
  }

  async #open({ key, text }: Sealed): Promise<Tokens | null> {
    const opened = await this.#keyStore.decrypt(key);
    const json = opened === null ? null : unseal(text, opened);
    if (opened === null || json === null) return null;
    this.#runKey = { key: opened, wrapped: key };
    const tokens: unknown = JSON.parse(json);
    return tokensValidator.Check(tokens) ? tokens : null;
  }

  async #makeKey(): Promise<void> {
    const key = newKey();
    const wrapped = await this.#keyStore.encrypt(key);
    this.#runKey = wrapped === null ? null : { key, wrapped };
    this.#asking = null;
    if (this.#runKey) this.#write();
  }

  #write(): void {
    if (!this.#current) return;
    const { tokens, ...rest } = this.#current;
    if (!this.#runKey) {
      this.#file.write({ ...rest, tokens });
      return;
    }
    const { key, wrapped } = this.#runKey;
    this.#file.write({
      ...rest,
      sealed: { key: wrapped, text: seal(JSON.stringify(tokens), key) },
    });
  }
}

type Sealed = Extract<AccountFile, { readonly sealed: unknown }>['sealed'];
