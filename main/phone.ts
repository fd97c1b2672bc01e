/** Puts the rooms of main together: windows, session, calls, and the requests of the pages. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { app, session, webContents } from 'electron';
import type { HomePlace, OwnStanding, SessionView, WindowKind } from '#common/ipc';
import { type Language, chosenLanguage } from '#common/language';
import type { MissedCount } from '#common/missed-count';
import { limits } from '#protocol/limits';
import { prepareServerMessages } from '#protocol/parse';
import { attempt } from './attempt';
import { systemClock } from './clock';
import { createHome } from './desktop/create-home';
import type { AnswerVerb, GlobalKeys } from './desktop/global-keys';
import { systemAnswerKeys, systemAttention, systemQuietMode } from './desktop/of-this-system';
import { createOutside } from './desktop/create-outside';
import { openHome } from './desktop/open-home';
import type { Outside } from './desktop/outside';
import type { QuietMode } from './desktop/quiet-mode';
import { EchoContact } from './embedded/echo';
import { EmbeddedServer } from './embedded/embedded-server';
import { createHandlers } from './ipc/handlers';
import { pushTo } from './ipc/push';
import { routeRequests } from './ipc/router';
import { lanAddresses } from './lan-addresses';
import { Invitations } from './session/invitations';
import { OpenedLinks } from './session/opened-links';
import { ownStanding } from './session/own-standing';
import { SessionKeeper } from './session/session-keeper';
import type { TellHome } from './session/tell-home';
import { connectByKey, connectWebSocket } from './signaling/web-socket';
import { stderrLog } from './stderr-log';
import { AppSettingsStore } from './storage/app-settings';
import { KeyStore } from './storage/key-store';
import { createSecretBox } from './storage/key-store-box';
import { type Profile, openProfile } from './storage/profile';
import { systemSwitches } from './system';
import { SystemSwitches } from './system/switches';
import { systemUpdates } from './update';
import type { Updates } from './update/updates';
import { watchSurroundings } from './watch-surroundings';
import { CallWindowSet } from './windows/call-window';
import type { WindowEnvironment } from './windows/create-window';
import { Desktop } from './windows/desktop';
import { DeviceTest } from './windows/device-test';
import { EchoWindow } from './windows/echo-window';
import { createFormPorts, watchForms } from './windows/forms';
import { followSettings } from './windows/follow-settings';
import { guardPermissions } from './windows/guards';
import type { HomeWindow } from './windows/home-window';
import { IncomingWindow } from './windows/incoming-window';
import { Pages } from './windows/pages';
import { WindowRegistry } from './windows/window-registry';

export interface PhoneOptions {
  /** Where the build is: main, preload and renderer lie in it, the pictures beside it. */
  readonly outFolder: string;
  readonly profileFolder: string;
  readonly devServer: string | undefined;
  /** The system started the app, not the person: home does not come up. */
  readonly startsHidden: boolean;
  /** The person wants the app to end. */
  readonly onQuitAsked: () => void;
}

const log = stderrLog;
const icon = '../resources/icons/48x48.png';
const newId = (): string => crypto.randomUUID();

export class Phone {
  readonly #options: PhoneOptions;
  readonly #profile: Profile;
  readonly #settings: AppSettingsStore;
  readonly #environment: WindowEnvironment;
  readonly #home: HomeWindow;
  readonly #incoming: IncomingWindow;
  readonly #callWindows: CallWindowSet;
  readonly #outside: Outside;
  readonly #keys: GlobalKeys;
  readonly #quiet: QuietMode;
  readonly #echo: EchoContact;
  readonly #embedded: EmbeddedServer;
  readonly #keeper: SessionKeeper;
  readonly #system: SystemSwitches;
  readonly #updates: Updates;
  readonly #standing = (): OwnStanding => ownStanding(this.#quiet, this.#keeper.session);
  readonly #deviceTest = new DeviceTest((id) => webContents.fromId(id));
  readonly #links = new OpenedLinks({
    log,
    clock: systemClock,
    takesPhoneLinks: () => this.#settings.value.opensPhoneLinks,
    onInvitation: () => this.#tellHome('phone:session.link-opened', null),
    onCallLink: () => this.#tellHome('phone:link.call-opened', null),
  });
  #stopWatching: () => void = () => undefined;

  constructor(options: PhoneOptions) {
    const { outFolder, profileFolder, devServer } = options;
    this.#options = options;
    const keyStore = new KeyStore(createSecretBox(profileFolder), systemClock, log);
    this.#profile = openProfile({ folder: profileFolder, keyStore, newId, log });
    const settings = new AppSettingsStore(this.#profile.settings);
    this.#settings = settings;
    this.#system = new SystemSwitches({ switches: systemSwitches(), settings, log });
    this.#environment = {
      pages: new Pages(devServer, () => settings.value.language),
      registry: new WindowRegistry(),
      preloadFolder: join(outFolder, 'preload'),
      ...(process.platform === 'linux' ? { icon: join(outFolder, icon) } : {}),
      log,
    };
    this.#home = this.#createHome();
    this.#incoming = new IncomingWindow(this.#environment);
    this.#callWindows = new CallWindowSet({
      environment: this.#environment,
      form: createFormPorts(this.#profile.settings),
      onGone: (id, crashed) => this.#keeper.session?.desk?.windows.gone(id, crashed),
    });
    this.#quiet = systemQuietMode(settings, log);
    this.#outside = this.#createOutside();
    this.#keys = systemAnswerKeys(settings, (verb) => void this.#press(verb));
    this.#echo = new EchoContact({
      window: new EchoWindow(this.#environment),
      clock: systemClock,
      log,
      language: () => this.#language(),
    });
    this.#embedded = new EmbeddedServer({
      entry: join(outFolder, 'main', 'embedded-server.js'),
      data: join(profileFolder, 'server'),
      clock: systemClock,
      log,
    });
    this.#keeper = this.#createKeeper();
    this.#updates = systemUpdates({
      ...options,
      settings: this.#profile.settings,
      isInCall: () => (this.#keeper.session?.desk?.home.list().length ?? 0) > 0,
      onChanged: (state) => this.#tellHome('phone:update.changed', state),
      log,
    });
    this.#followSettings();
    this.#guardAndRoute();
  }

  /** Home first; everything else once it is usable. */
  async start(): Promise<void> {
    const { startsHidden } = this.#options;
    await openHome({ home: this.#home, outside: this.#outside }, startsHidden);
    log.info('home: usable');
    this.#incoming.prepare();
    this.#outside.start();
    this.#quiet.onChanged(() => this.#handleQuiet());
    this.#quiet.start();
    this.#stopWatching = watchSurroundings({
      onSoundLost: () => {
        this.#callWindows.tellSoundLost();
        this.#incoming.renew();
      },
      onLineDoubtful: () => this.#keeper.session?.probe(),
      onAwake: () => this.#quiet.look(),
      log,
    });
    await this.#keeper.resume();
    // Not before: whoever waits for home or for the sign-in does not wait for this.
    prepareServerMessages();
    // What others changed since the last run: the settings follow.
    this.#system.view();
    this.#updates.start();
  }

  /** The system may have handed over an invitation: the arguments of a start, or an address. */
  noteLinks(texts: readonly string[]): void {
    this.#links.note(texts);
  }

  bringToFront(): void {
    this.#home.bringToFront();
  }

  /**
   * First nothing is on the screen any more. Then calls are left, the connection closed, the server inside the app
   * stopped: each within its limit.
   */
  async quit(): Promise<void> {
    this.#stopWatching();
    this.#updates.stop();
    this.#quiet.stop();
    this.#echo.update(null);
    // Who asked may be a key in home or the menu of the tray: neither can go while it is still being handled.
    await setImmediate();
    this.#outside.destroy();
    this.#incoming.destroy();
    this.#home.destroy();
    await this.#keeper.quit();
    log.info('phone: stopped');
  }

  #createHome(): HomeWindow {
    return createHome({
      environment: this.#environment,
      settings: this.#profile.settings,
      outside: () => this.#outside,
      quit: this.#options.onQuitAsked,
      log,
    });
  }

  #createOutside(): Outside {
    return createOutside({
      outFolder: this.#options.outFolder,
      language: () => this.#language(),
      session: () => this.#keeper.session,
      quiet: this.#quiet,
      home: this.#home,
      openRecents: () => this.#show('recents'),
      quit: this.#options.onQuitAsked,
      clock: systemClock,
      log,
    });
  }

  #createKeeper(): SessionKeeper {
    const { settings, account } = this.#profile;
    return new SessionKeeper({
      device: {
        deviceId: settings.value.deviceId,
        name: hostname().slice(0, limits.nameChars),
      },
      desktop: new Desktop({
        home: this.#home,
        incoming: this.#incoming,
        calls: this.#callWindows,
        outside: this.#outside,
        keys: this.#keys,
      }),
      quiet: this.#quiet,
      attention: systemAttention(this.#settings, this.#quiet),
      connect: connectWebSocket,
      connectByKey,
      clock: systemClock,
      random: Math.random,
      newId,
      log,
      account,
      embedded: this.#embedded,
      lastServer: {
        get: () => settings.value.server,
        set: (server) => settings.update({ server }),
      },
      onSessionChanged: (view) => this.#handleSession(view),
      onMissedChanged: (missed) => this.#handleMissed(missed),
      tellHome: this.#tellHome,
    });
  }

  #guardAndRoute(): void {
    const { pages, registry } = this.#environment;
    const keeper = this.#keeper;
    guardPermissions(session.defaultSession, {
      pages,
      registry,
      mayUseDevices: (kind, id) => this.#mayUseDevices(kind, id),
    });
    const handlers = createHandlers({
      keeper,
      settings: this.#settings,
      links: this.#links,
      invitations: new Invitations({ keeper, embedded: this.#embedded, lanAddresses }),
      callWindows: this.#callWindows,
      deviceTest: this.#deviceTest,
      keys: this.#keys,
      echo: this.#echo,
      system: this.#system,
      updates: this.#updates,
      standing: this.#standing,
      quit: this.#options.onQuitAsked,
    });
    routeRequests({ handlers, registry, pages, log });
  }

  #followSettings(): void {
    followSettings(this.#settings, {
      home: this.#home,
      incoming: this.#incoming,
      calls: this.#callWindows,
    });
    this.#settings.onChanged(() => this.#outside.refresh());
    watchForms(this.#callWindows, this.#settings, systemClock);
  }

  #handleSession(view: SessionView): void {
    this.#tellHome('phone:session.changed', view);
    this.#tellHome('phone:standing.changed', this.#standing());
    this.#outside.setSession(view);
    this.#echo.update(this.#keeper.echo);
  }

  async #press(verb: AnswerVerb): Promise<void> {
    const failure = await this.#keeper.session?.desk?.card.press(verb);
    if (failure) this.#incoming.tellFailed(failure);
    if (failure) this.#tellHome('phone:call.answer-failed', failure);
  }

  #handleQuiet(): void {
    this.#outside.refresh();
    this.#tellHome('phone:standing.changed', this.#standing());
  }

  /** Not every system has a place for it beside the icon of the app, and none for "or more"; the tray says both. */
  #handleMissed(missed: MissedCount): void {
    this.#outside.setMissed(missed);
    attempt(log, 'badge', () => void app.setBadgeCount(missed.n));
  }

  readonly #tellHome: TellHome = (channel, payload) => {
    pushTo(this.#home.window, 'home', channel, payload);
    if (channel === 'phone:rules.changed') this.#outside.refresh();
  };

  #show(place: HomePlace): void {
    this.#home.bringToFront();
    this.#tellHome('phone:home.show', place);
  }

  #language(): Language {
    return chosenLanguage(this.#settings.value.language, app.getLocale());
  }

  #mayUseDevices(kind: WindowKind, id: number): boolean {
    if (kind === 'home') return this.#deviceTest.isOn(id);
    if (kind === 'call') return this.#keeper.session?.desk?.windows.mayUseDevices(id) ?? false;
    return true;
  }
}
