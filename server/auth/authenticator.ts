/** Turns a credential into a user and, except for access tokens, into a new pair of tokens. */
import type { Credential, Device, Tokens, UserProfile } from '#protocol/messages';
import { rates } from '#protocol/limits';
import { type Result, err, ok } from '#protocol/result';
import type { Clock } from '../clock';
import type { Log } from '../log';
import { cleanName } from '../names';
import { TokenBuckets } from '../sessions/token-bucket';
import type { DeviceRow, Store } from '../store/store';
import { repeatMs } from './invitations';
import { PasswordChecker } from './passwords';
import {
  formatRefreshToken,
  hashSecret,
  newFamily,
  newSecret,
  parseRefreshToken,
  useRefreshSecret,
} from './refresh-tokens';
import { type Guess, SignInThrottle } from './sign-in-throttle';
import { signAccessToken, verifyAccessToken, verifyAppToken } from './web-tokens';

export type SignInError =
  | 'bad-credentials'
  | 'token-expired'
  | 'device-revoked'
  | 'rate-limited'
  | 'unavailable'
  /** An invitation was used with what is no name. */
  | 'bad-message';

export interface SignedIn {
  readonly user: UserProfile;
  readonly tokens?: Tokens;
}

type Outcome = Result<SignedIn, SignInError>;
type PasswordCredential = Extract<Credential, { kind: 'password' }>;
type InviteCredential = Extract<Credential, { kind: 'invite' }>;
type TokenCredential = Exclude<Credential, PasswordCredential | InviteCredential>;

export interface AuthenticatorOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly accessKey: Uint8Array;
  /** Absent: this server takes no tokens of an application. */
  readonly appSecret?: string;
  /** A refresh token came back that should not exist any more: its device is signed out. */
  readonly onRevoked: (userId: string, deviceId: string) => void;
  /** Somebody was made by an invitation of this user. */
  readonly onJoined: (invitedBy: string, user: UserProfile) => void;
}

const rotateAttempts = 5;

export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #store: Store;
  readonly #passwords = new PasswordChecker();
  readonly #throttle: SignInThrottle;
  /** By address, so that nobody keeps the server busy with checking nonsense. */
  readonly #tokenSignIns = new TokenBuckets(rates.tokenSignIn);

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    this.#store = options.store;
    this.#throttle = new SignInThrottle(options.clock);
  }

  /** Passwords and codes are guessed, tokens cannot be: those who come back with a good one never wait for guessers. */
  async signIn(credential: Credential, device: Device, address: string): Promise<Outcome> {
    if (credential.kind === 'password') {
      const guess = { address, account: credential.userId };
      return this.#throttled(guess, () => this.#byPassword(credential, device));
    }
    if (credential.kind === 'invite') {
      return this.#throttled({ address }, () => this.#byInvite(credential, device));
    }
    const now = this.#options.clock.monotonic();
    this.#tokenSignIns.prune(now);
    if (!this.#tokenSignIns.take(address, now)) return err('rate-limited');
    return this.#byToken(credential, device);
  }

  /** The device's tokens are worth nothing from now on. */
  async revoke(userId: string, deviceId: string): Promise<void> {
    for (let attempt = 0; attempt < rotateAttempts; attempt += 1) {
      const row = await this.#store.devices.find(userId, deviceId);
      if (!row || row.revokedAt !== null) return;
      const revokedAt = this.#options.clock.now();
      if (await this.#store.devices.update({ ...row, revokedAt })) return;
    }
    throw new Error('The device changed too often to be signed out.');
  }

  #byToken({ kind, token }: TokenCredential, device: Device): Promise<Outcome> {
    switch (kind) {
      case 'access':
        return this.#byAccess(token, device);
      case 'refresh':
        return this.#byRefresh(token, device);
      case 'app':
        return this.#byApp(token, device);
    }
  }

  async #throttled(guess: Guess, check: () => Promise<Outcome>): Promise<Outcome> {
    if (!this.#throttle.begin(guess)) return err('rate-limited');
    try {
      const outcome = await check();
      if (outcome.ok) this.#throttle.succeed(guess);
      else if (outcome.error !== 'bad-credentials') this.#throttle.takeBack(guess);
      return outcome;
    } catch (error) {
      this.#throttle.takeBack(guess);
      throw error;
    }
  }

  async #byPassword({ userId, password }: PasswordCredential, device: Device): Promise<Outcome> {
    const stored = await this.#store.users.passwordHash(userId);
    const verdict = await this.#passwords.check(stored, password);
    if (verdict === 'overloaded') return err('unavailable');
    if (verdict === 'wrong') return err('bad-credentials');
    return this.#begin(userId, device);
  }

  async #byInvite(credential: InviteCredential, device: Device): Promise<Outcome> {
    const { clock, log } = this.#options;
    const { code, joinSecret } = credential;
    const name = cleanName(credential.name);
    if (name === null) return err('bad-message');
    const secretHash = hashSecret(joinSecret);
    const newcomer = { name, deviceId: device.deviceId, secretHash };
    const times = { nowMs: clock.now(), repeatMs };
    const used = await this.#store.invitations.use(hashSecret(code), newcomer, times);
    if (!used) return err('bad-credentials');
    const { isRepeated, ...who } = used;
    log('info', isRepeated ? 'invitation used again' : 'invitation used', who);
    const begun = await this.#begin(who.userId, device);
    if (begun.ok && who.invitedBy !== null && !isRepeated) {
      this.#options.onJoined(who.invitedBy, begun.value.user);
    }
    return begun;
  }

  async #byApp(token: string, device: Device): Promise<Outcome> {
    const { appSecret, clock } = this.#options;
    if (appSecret === undefined) return err('bad-credentials');
    const claims = await verifyAppToken(token, appSecret, clock.now());
    if (!claims.ok) return claims;
    const { userId, name } = claims.value;
    const known = await this.#store.users.find(userId);
    if (!known) {
      const created = { userId, name: name ?? userId, passwordHash: null, createdAt: clock.now() };
      await this.#store.users.add(created);
    } else if (name !== undefined && name !== known.name) {
      await this.#store.users.change(userId, { name });
    }
    return this.#begin(userId, device);
  }

  async #byAccess(token: string, device: Device): Promise<Outcome> {
    const { accessKey, clock } = this.#options;
    const claims = await verifyAccessToken(token, accessKey, clock.now());
    if (!claims.ok) return claims;
    const { userId, deviceId, family } = claims.value;
    if (deviceId !== device.deviceId) return err('bad-credentials');
    const row = await this.#store.devices.find(userId, deviceId);
    if (row?.family !== family || row.revokedAt !== null) return err('device-revoked');
    const user = await this.#store.users.find(userId);
    return user ? ok({ user }) : err('bad-credentials');
  }

  async #byRefresh(text: string, device: Device): Promise<Outcome> {
    const token = parseRefreshToken(text);
    if (!token) return err('bad-credentials');
    for (let attempt = 0; attempt < rotateAttempts; attempt += 1) {
      const row = await this.#store.devices.findFamily(token.family);
      if (row?.deviceId !== device.deviceId) return err('bad-credentials');
      if (row.revokedAt !== null) return err('device-revoked');
      const successor = newSecret();
      const next = useRefreshSecret(row, token.secret, successor);
      if (next === 'reused') return this.#punishReuse(row);
      if (await this.#store.devices.update(next)) return this.#welcome(row, successor);
    }
    return err('unavailable');
  }

  async #punishReuse(row: DeviceRow): Promise<Outcome> {
    const { userId, deviceId } = row;
    this.#options.log('warn', 'old refresh token used, device signed out', { userId, deviceId });
    await this.revoke(userId, deviceId);
    this.#options.onRevoked(userId, deviceId);
    return err('device-revoked');
  }

  /** A sign-in by password, invitation or application: the device starts a new family. */
  async #begin(userId: string, device: Device): Promise<Outcome> {
    const secret = newSecret();
    const row: DeviceRow = {
      userId,
      deviceId: device.deviceId,
      name: device.name,
      family: newFamily(),
      version: 1,
      previousHash: null,
      currentHashes: [hashSecret(secret)],
      revokedAt: null,
      signedInAt: this.#options.clock.now(),
    };
    await this.#store.devices.put(row);
    return this.#welcome(row, secret);
  }

  async #welcome({ userId, deviceId, family }: DeviceRow, secret: string): Promise<Outcome> {
    const { accessKey, clock } = this.#options;
    const user = await this.#store.users.find(userId);
    if (!user) return err('bad-credentials');
    const claims = { userId, deviceId, family };
    const access = await signAccessToken(claims, accessKey, clock.now());
    const refresh = formatRefreshToken({ family, secret });
    return ok({
      user,
      tokens: { access: access.token, accessExpiresAt: access.expiresAt, refresh },
    });
  }
}
