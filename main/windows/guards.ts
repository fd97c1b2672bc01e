/** What no page may do, whatever happens to it: leave its place, open windows, embed others, ask for devices. */
import { type Session, app } from 'electron';
import type { Log } from '../log';
import type { Pages } from './pages';
import type { WindowRegistry } from './window-registry';

export function guardAllContents(log: Log): void {
  app.on('web-contents-created', (_event, contents) => {
    const deny = (what: string) => (event: { preventDefault(): void }) => {
      event.preventDefault();
      log.warn(`guard: ${what} denied`);
    };
    contents.on('will-navigate', deny('navigation'));
    contents.on('will-frame-navigate', deny('frame navigation'));
    contents.on('will-redirect', deny('redirect'));
    contents.on('will-attach-webview', deny('webview'));
    contents.setWindowOpenHandler(() => {
      log.warn('guard: new window denied');
      return { action: 'deny' };
    });
  });
}

/** Microphone and camera for the page of a call window; everything else is refused. */
export function guardPermissions(session: Session, registry: WindowRegistry, pages: Pages): void {
  const isCallPage = (id: number | undefined): boolean =>
    id !== undefined && registry.kindOf(id) === 'call';

  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    const own = details.isMainFrame && pages.isPage('call', details.requestingUrl);
    callback(permission === 'media' && own && isCallPage(contents.id));
  });
  // Without a yes for media here, every local candidate becomes an mDNS name, and calls between subnets fail.
  session.setPermissionCheckHandler(
    (contents, permission, origin) =>
      permission === 'media' && pages.isOrigin(origin) && isCallPage(contents?.id),
  );
  session.setDevicePermissionHandler(() => false);
}
