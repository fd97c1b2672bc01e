/** Puts the rooms of main together: windows, session, calls, and the requests of the pages. */
import { hostname } from 'node:os';
import { join } from 'node:path';
import { powerMonitor, session } from 'electron';
import { limits } from '#protocol/limits';
import { systemClock } from './clock';
import { EmbeddedServer } from './embedded-server';
import { createHandlers } from './ipc/handlers';
import { pushTo } from './ipc/push';
import { routeRequests } from './ipc/router';
import { watchNetwork } from './network-watch';
import { RestartLimit } from './restart-limit';
import { SessionKeeper } from './session/session-keeper';
import { connectWebSocket } from './signaling/web-socket';
import { stderrLog } from './stderr-log';
import { type Profile, openProfile } from './storage/profile';
import { CallWindowSet } from './windows/call-window';
import type { WindowEnvironment } from './windows/create-window';
import { Desktop } from './windows/desktop';
import { guardPermissions } from './windows/guards';
import { HomeWindow } from './windows/home-window';
import { IncomingWindow } from './windows/incoming-window';
import { Pages } from './windows/pages';
import { WindowRegistry } from './windows/window-registry';

export interface PhoneOptions {
  /** Where the build is: main, preload and renderer lie in it. */
  readonly outFolder: string;
  readonly profileFolder: string;
  readonly devServer: string | undefined;
  /** Nothing of the app is on the screen any more. */
  readonly onNothingShown: () => void;
}

const log = stderrLog;
const newId = (): string => crypto.randomUUID();

export class Phone {
  readonly #home: HomeWindow;
  readonly #incoming: IncomingWindow;
  readonly #callWindows: CallWindowSet;
  readonly #desktop: Desktop;
  readonly #keeper: SessionKeeper;
  readonly #onNothingShown: () => void;
  #stopWatching: () => void = () => undefined;

  constructor({ outFolder, profileFolder, devServer, onNothingShown }: PhoneOptions) {
    this.#onNothingShown = onNothingShown;
    const profile = openProfile(profileFolder, newId, log);
    const pages = new Pages(devServer);
    const registry = new WindowRegistry();
    guardPermissions(session.defaultSession, {
      pages,
      registry,
      mayUseDevices: (id) => this.#keeper.session?.desk?.windows.mayUseDevices(id) ?? false,
    });
    const environment: WindowEnvironment = {
      pages,
      registry,
      preloadFolder: join(outFolder, 'preload'),
      log,
    };
    this.#home = new HomeWindow({
      environment,
      settings: profile.settings,
      reopenings: new RestartLimit(systemClock),
      onClosed: () => this.#checkShown(),
    });
    this.#incoming = new IncomingWindow(environment);
    this.#callWindows = new CallWindowSet(environment, (id, crashed) => {
      this.#keeper.session?.desk?.windows.gone(id, crashed);
    });
    this.#desktop = new Desktop({
      home: this.#home,
      incoming: this.#incoming,
      calls: this.#callWindows,
      onUnused: () => this.#checkShown(),
    });
    const entry = join(outFolder, 'main', 'embedded-server.js');
    const data = join(profileFolder, 'server');
    const embedded = new EmbeddedServer({ entry, data, clock: systemClock, log });
    this.#keeper = this.#createKeeper(profile, embedded);
    const handlers = createHandlers(this.#keeper, this.#callWindows);
    routeRequests({ handlers, registry, pages, log });
  }

  /** Home first; everything else once it is usable. */
  async start(): Promise<void> {
    await this.#home.open();
    log.info('home: usable');
    this.#incoming.prepare();
    powerMonitor.on('resume', () => this.#keeper.session?.probe());
    this.#stopWatching = watchNetwork({
      clock: systemClock,
      log,
      onChange: () => this.#keeper.session?.probe(),
    });
    await this.#keeper.resume();
  }

  bringToFront(): void {
    this.#home.bringToFront();
  }

  /** Calls are left, the connection closed, the server inside the app stopped: each within its limit. */
  async quit(): Promise<void> {
    this.#stopWatching();
    await this.#keeper.quit();
    this.#incoming.destroy();
    log.info('phone: stopped');
  }

  #createKeeper(profile: Profile, embedded: EmbeddedServer): SessionKeeper {
    const { settings, account } = profile;
    return new SessionKeeper({
      device: {
        deviceId: settings.value.deviceId,
        name: hostname().slice(0, limits.nameChars),
      },
      desktop: this.#desktop,
      connect: connectWebSocket,
      clock: systemClock,
      random: Math.random,
      newId,
      log,
      account,
      embedded,
      lastServer: {
        get: () => settings.value.server,
        set: (server) => settings.update({ server }),
      },
      onSessionChanged: (view) => pushTo(this.#home.window, 'home', 'phone:session.changed', view),
      onPresence: (presence) =>
        pushTo(this.#home.window, 'home', 'phone:presence.changed', presence),
      onRulesChanged: (rules) => pushTo(this.#home.window, 'home', 'phone:rules.changed', rules),
    });
  }

  /** A ring and a call may outlive home; the app does not outlive all of them. */
  #checkShown(): void {
    if (!this.#home.window && !this.#desktop.inUse) this.#onNothingShown();
  }
}
