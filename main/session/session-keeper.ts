/**
 * Who is signed in on this desktop: makes a session from what a person typed, from the server inside the app or from
 * what an earlier run stored, and shows home what became of it. At most one session lives; each try that is
 * overtaken by a newer one is dropped.
 */
import type { SecretPlace, SessionView } from '#common/ipc';
import type { SignInProblem } from '#common/problems';
import type { MissedCount } from '#common/missed-count';
import type { Credential } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { within } from '../clock';
import type { EchoPlace } from '../embedded/echo';
import { RestartLimit } from '../restart-limit';
import type { SocketFactory } from '../signaling/ports';
import { parseServerAddress } from '../signaling/server-address';
import type { StoredAccount } from '../storage/schemas';
import { parseInvitationLink } from './invitation-link';
import { noneMissed } from './missed-calls';
import type { AccountPort, EmbeddedPort, Place } from './ports';
import { Session, type SessionPorts, type SessionStart } from './session';
import type { TellHome } from './tell-home';

export interface KeeperPorts extends SessionPorts {
  /** To a server that is known by this key. */
  readonly connectByKey: (keyHash: string) => SocketFactory;
  readonly account: AccountPort;
  readonly embedded: EmbeddedPort;
  /** The server address shown when signed out. */
  readonly lastServer: { get(): string; set(server: string): void };
  readonly onSessionChanged: (view: SessionView) => void;
  /** So many missed calls the user has not looked at. */
  readonly onMissedChanged: (missed: MissedCount) => void;
  readonly tellHome: TellHome;
}

type SignInResult = Result<null, SignInProblem>;

const embeddedLabel = 'localhost';
/** What is not sealed by then stays in its file as it is (storage/account-store.ts). */
const sealLimitMs = 1_000;

export class SessionKeeper {
  readonly #ports: KeeperPorts;
  readonly #restarts: RestartLimit;
  /** By code, as long as the app runs: who presses Join again after a lost welcome is the same person to the server. */
  readonly #joinSecrets = new Map<string, string>();
  #session: Session | null = null;
  #place: Place | null = null;
  #echo: EchoPlace | null = null;
  #connecting = false;
  #problem: SignInProblem | null = null;
  /** Counts tries, so that what belongs to an overtaken one is recognised. */
  #try = 0;

  constructor(ports: KeeperPorts) {
    this.#ports = ports;
    this.#restarts = new RestartLimit(ports.clock);
  }

  get session(): Session | null {
    return this.#session;
  }

  /** Where the present session leads. */
  get place(): Place | null {
    return this.#session && this.#place;
  }

  view(): SessionView {
    const typed = this.#ports.lastServer.get();
    // Who is signed in without an address is so at the server inside the app.
    const server = typed || embeddedLabel;
    const self = this.#session?.self;
    if (this.#session && self) {
      const state = this.#session.isOnline ? 'online' : 'offline';
      return { state, server, self, isEmbedded: this.#place?.embeddedName !== undefined };
    }
    if (this.#connecting) return { state: 'connecting', server, isEmbedded: typed === '' };
    return this.#problem
      ? { state: 'signed-out', server: typed, problem: this.#problem }
      : { state: 'signed-out', server: typed };
  }

  /** Where Echo is to sign in: it is there while this desktop uses the server inside the app. */
  get echo(): EchoPlace | null {
    return this.place?.embeddedName === undefined ? null : this.#echo;
  }

  get secretPlace(): SecretPlace {
    return this.#session?.self ? this.#ports.account.place : 'none';
  }

  /** Goes on with the sign-in of the last run, if there was one. A person who is faster is not disturbed. */
  async resume(): Promise<void> {
    const loading = this.#ports.account.load();
    if (!loading) return;
    const before = this.#try;
    this.#connecting = true;
    this.#changed();
    const loaded = await loading;
    if (this.#try !== before) return;
    if (!loaded.ok) this.#fail(loaded.error);
    else if (parseServerAddress(loaded.value.url).ok) await this.#goOn(loaded.value);
    else this.#forget();
  }

  /** A file that somebody changed must not lead the tokens to a server in clear. */
  #forget(): void {
    this.#ports.log.warn('session: the stored account has no good address, forgetting it');
    this.#ports.account.clear();
    this.#connecting = false;
    this.#changed();
  }

  /** Signs in with stored tokens. */
  async #goOn(stored: StoredAccount): Promise<void> {
    const attempt = this.#begin(stored.embeddedName === undefined ? stored.server : '');
    let { url } = stored;
    if (stored.embeddedName !== undefined) {
      const started = await this.#startEmbedded(stored.embeddedName, attempt);
      if (this.#try !== attempt) return;
      if (!started.ok) {
        this.#fail(started.error);
        return;
      }
      url = socketUrl(started.value.url);
    } else this.#stopEmbedded();
    const start = { tokens: stored.tokens, self: stored.self };
    this.#open({ ...stored, url }, start, () => undefined);
  }

  async signIn(typed: {
    readonly server: string;
    readonly userId: string;
    readonly password: string;
  }): Promise<SignInResult> {
    const address = parseServerAddress(typed.server);
    if (!address.ok) return address;
    const { url, label } = address.value;
    this.#begin(label);
    this.#stopEmbedded();
    const { userId, password } = typed;
    return this.#signInWith({ server: label, url }, { kind: 'password', userId, password });
  }

  async join(link: string, name: string): Promise<SignInResult> {
    const parsed = parseInvitationLink(link);
    if (!parsed.ok) return parsed;
    const { address, code, keyHash } = parsed.value;
    this.#begin(address.label);
    this.#stopEmbedded();
    const pin = keyHash === undefined ? {} : { keyHash };
    const place = { server: address.label, url: address.url, ...pin };
    const joinSecret = this.#joinSecrets.get(code) ?? this.#ports.newId();
    this.#joinSecrets.set(code, joinSecret);
    return this.#signInWith(place, { kind: 'invite', code, name, joinSecret });
  }

  async tryHere(name: string): Promise<SignInResult> {
    const attempt = this.#begin('');
    const started = await this.#startEmbedded(name, attempt);
    if (this.#try !== attempt) return err('unreachable');
    if (!started.ok) return this.#fail(started.error);
    const url = socketUrl(started.value.url);
    const place = { server: embeddedLabel, url, embeddedName: name };
    return this.#signInWith(place, { kind: 'app', token: started.value.appToken });
  }

  async signOut(): Promise<void> {
    const session = this.#session;
    this.#try += 1;
    const attempt = this.#try;
    this.#session = null;
    this.#connecting = false;
    this.#problem = null;
    this.#ports.account.clear();
    this.#changed();
    await session?.signOut();
    // The server of a try that began meanwhile is not ours to stop.
    if (this.#try === attempt) await this.#ports.embedded.stop();
  }

  async quit(): Promise<void> {
    const session = this.#session;
    this.#try += 1;
    this.#session = null;
    await session?.quit();
    const { embedded, account, clock } = this.#ports;
    const stored = within(clock, sealLimitMs, account.settled(), undefined);
    await Promise.all([embedded.stop(), stored]);
  }

  async #startEmbedded(name: string, attempt: number): ReturnType<EmbeddedPort['start']> {
    const { embedded } = this.#ports;
    const started = await embedded.start(name, () => this.#handleEmbeddedExit(attempt));
    if (started.ok) this.#echo = { url: started.value.url, token: started.value.echoToken };
    return started;
  }

  /** It runs on another port with other secrets then, but knows the tokens: goes on as after a start of the app. */
  #handleEmbeddedExit(attempt: number): void {
    if (this.#try !== attempt) return;
    const { account, log } = this.#ports;
    const stored = account.current;
    if (stored?.embeddedName === undefined || !this.#restarts.take()) {
      this.#fail('embedded-failed');
      return;
    }
    log.warn('embedded server: ended by itself, starting it again');
    void this.#goOn(stored);
  }

  #stopEmbedded(): void {
    void this.#ports.embedded.stop();
  }

  /** `server`: as a person may type it again; nobody types that of the server inside the app. */
  #begin(server: string): number {
    const former = this.#session;
    this.#session = null;
    // Not the present one any more: whoever waited for it hears so.
    former?.end();
    this.#try += 1;
    this.#connecting = true;
    this.#problem = null;
    this.#ports.lastServer.set(server);
    this.#changed();
    return this.#try;
  }

  /** A person waits for this one: the first failure is the answer, and nothing is retried behind the form. */
  #signInWith(place: Place, credential: Credential): Promise<SignInResult> {
    return new Promise<SignInResult>((resolve) => {
      this.#open(place, { credential }, (outcome) => resolve(outcome));
    });
  }

  #open(place: Place, start: SessionStart, onFirst: (outcome: SignInResult) => void): void {
    const { account, connectByKey } = this.#ports;
    const connect = place.keyHash === undefined ? this.#ports.connect : connectByKey(place.keyHash);
    const session = new Session(
      place.url,
      start,
      { ...this.#ports, connect },
      {
        onChanged: () => {
          if (this.#session !== session) {
            onFirst(err('unreachable'));
            return;
          }
          this.#keepSelf(session);
          if (session.isOnline) {
            this.#connecting = false;
            onFirst(ok(null));
          }
          this.#changed();
        },
        onMissedChanged: () => this.#missedChanged(),
        tellHome: (channel, payload) => {
          if (this.#session === session) this.#ports.tellHome(channel, payload);
        },
        onTokens: (self, tokens) => {
          if (this.#session === session) account.save({ ...place, self, tokens });
        },
        onDisconnected: (problem, retries) => {
          if (this.#session !== session) return;
          if (retries && session.self) return;
          const why = refusal(problem, start, session);
          // First of all: the end of the session would answer, too, with less to say.
          onFirst(err(why));
          this.#fail(why);
        },
      },
    );
    this.#session = session;
    this.#place = place;
    session.start();
    this.#changed();
  }

  /** The own name or picture may be another one now: the next start shows it before the server is reached. */
  #keepSelf({ self }: Session): void {
    const { account } = this.#ports;
    const { current } = account;
    const isSame = JSON.stringify(current?.self) === JSON.stringify(self);
    if (current && self?.userId === current.self.userId && !isSame)
      account.save({ ...current, self });
  }

  /**
   * The person has to do something. Tokens that the server does not take are no use any more; what somebody typed in
   * vain says nothing about the stored ones.
   */
  #fail(problem: SignInProblem): Result<never, SignInProblem> {
    const session = this.#session;
    this.#session = null;
    this.#connecting = false;
    this.#problem = problem;
    const isRefused = problem === 'bad-credentials' || problem === 'device-revoked';
    if (isRefused && session?.self) this.#ports.account.clear();
    session?.end();
    this.#stopEmbedded();
    this.#changed();
    return err(problem);
  }

  #changed(): void {
    this.#ports.onSessionChanged(this.view());
    this.#missedChanged();
  }

  #missedChanged(): void {
    this.#ports.onMissedChanged(this.#session?.missed ?? noneMissed);
  }
}

/** The first answer to an invitation is about its code; who it let in has tokens, as everybody has. */
function refusal(problem: SignInProblem, start: SessionStart, { self }: Session): SignInProblem {
  const isJoin = 'credential' in start && start.credential.kind === 'invite' && !self;
  return isJoin && problem === 'bad-credentials' ? 'invitation-void' : problem;
}

/** An address of ours that is no address is a bug. */
function socketUrl(server: string): string {
  const address = parseServerAddress(server);
  if (!address.ok) throw new Error(`no address: ${server}`);
  return address.value.url;
}
