/** Puts the rooms of main together: windows, session, calls, and the requests of the pages. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { app, powerMonitor, session, webContents } from 'electron';
import type { HomePlace, SessionView, WindowKind } from '#common/ipc';
import { type Language, chosenLanguage } from '#common/language';
import { limits } from '#protocol/limits';
import { prepareServerMessages } from '#protocol/parse';
import { systemClock } from './clock';
import { closeHome } from './desktop/close-home';
import { Outside } from './desktop/outside';
import { EchoContact } from './embedded/echo';
import { EmbeddedServer } from './embedded/embedded-server';
import { createHandlers } from './ipc/handlers';
import { pushTo } from './ipc/push';
import { routeRequests } from './ipc/router';
import { lanAddresses } from './lan-addresses';
import { mainTexts } from './locales';
import { watchNetwork } from './network-watch';
import { RestartLimit } from './restart-limit';
import { Invitations } from './session/invitations';
import { OpenedLinks } from './session/opened-links';
import { SessionKeeper } from './session/session-keeper';
import type { TellHome } from './session/tell-home';
import { connectByKey, connectWebSocket } from './signaling/web-socket';
import { stderrLog } from './stderr-log';
import { AppSettingsStore } from './storage/app-settings';
import { KeyStore } from './storage/key-store';
import { createSecretBox } from './storage/key-store-box';
import { type Profile, openProfile } from './storage/profile';
import { CallWindowSet } from './windows/call-window';
import type { WindowEnvironment } from './windows/create-window';
import { Desktop } from './windows/desktop';
import { DeviceTest } from './windows/device-test';
import { EchoWindow } from './windows/echo-window';
import { followSettings } from './windows/follow-settings';
import { guardPermissions } from './windows/guards';
import { HomeWindow } from './windows/home-window';
import { IncomingWindow } from './windows/incoming-window';
import { Pages } from './windows/pages';
import { WindowRegistry } from './windows/window-registry';

export interface PhoneOptions {
  /** Where the build is: main, preload and renderer lie in it, the pictures beside it. */
  readonly outFolder: string;
  readonly profileFolder: string;
  readonly devServer: string | undefined;
  /** The person wants the app to end. */
  readonly onQuitAsked: () => void;
}

const log = stderrLog;
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
  readonly #echo: EchoContact;
  readonly #embedded: EmbeddedServer;
  readonly #keeper: SessionKeeper;
  readonly #deviceTest = new DeviceTest((id) => webContents.fromId(id));
  readonly #links = new OpenedLinks(log, () => this.#tellHome('phone:session.link-opened', null));
  #stopWatching: () => void = () => undefined;

  constructor(options: PhoneOptions) {
    const { outFolder, profileFolder, devServer } = options;
    const icon = join(outFolder, '..', 'resources', 'icons', '48x48.png');
    this.#options = options;
    const keyStore = new KeyStore(createSecretBox(profileFolder), systemClock, log);
    this.#profile = openProfile({ folder: profileFolder, keyStore, newId, log });
    const settings = new AppSettingsStore(this.#profile.settings);
    this.#settings = settings;
    this.#environment = {
      pages: new Pages(devServer, () => settings.value.language),
      registry: new WindowRegistry(),
      preloadFolder: join(outFolder, 'preload'),
      ...(process.platform === 'linux' ? { icon } : {}),
      log,
    };
    this.#home = this.#createHome();
    this.#incoming = new IncomingWindow(this.#environment);
    this.#callWindows = new CallWindowSet(this.#environment, (id, crashed) => {
      this.#keeper.session?.desk?.windows.gone(id, crashed);
    });
    this.#outside = this.#createOutside();
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
    this.#followSettings();
    this.#guardAndRoute();
  }

  /** Home first; everything else once it is usable. */
  async start(): Promise<void> {
    await this.#home.open();
    log.info('home: usable');
    this.#incoming.prepare();
    void this.#outside.ensureTray();
    powerMonitor.on('resume', () => this.#keeper.session?.probe());
    this.#stopWatching = watchNetwork({
      clock: systemClock,
      log,
      onChange: () => this.#keeper.session?.probe(),
    });
    await this.#keeper.resume();
    // Not before: whoever waits for home or for the sign-in does not wait for this.
    prepareServerMessages();
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
    const { settings } = this.#profile;
    return new HomeWindow({
      environment: this.#environment,
      settings,
      reopenings: new RestartLimit(systemClock),
      log,
      onCloseAsked: () =>
        void closeHome({
          home: this.#home,
          outside: this.#outside,
          told: {
            get: () => settings.value.toldOfTray ?? false,
            set: () => settings.update({ toldOfTray: true }),
          },
        }),
      onQuitKey: this.#options.onQuitAsked,
    });
  }

  #createOutside(): Outside {
    return new Outside({
      texts: () => mainTexts[this.#language()],
      pictureFolder: join(this.#options.outFolder, '..', 'resources', 'tray'),
      onOpen: () => this.#home.bringToFront(),
      onOpenRecents: () => this.#show('recents'),
      onQuit: this.#options.onQuitAsked,
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
      }),
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
      echo: this.#echo,
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
  }

  #handleSession(view: SessionView): void {
    this.#tellHome('phone:session.changed', view);
    this.#outside.setSession(view);
    this.#echo.update(this.#keeper.echo);
  }

  readonly #tellHome: TellHome = (channel, payload) =>
    pushTo(this.#home.window, 'home', channel, payload);

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
