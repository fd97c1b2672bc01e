/** What no page may do, whatever happens to it: leave its place, open windows, embed others, ask for devices. */
import { type Session, app } from 'electron';
import type { Log } from '../log';
import { type PermissionGuard, mayCheck, mayRequest } from './permissions';

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

/** Microphone and camera for the page of a window in a call; everything else is refused. */
export function guardPermissions(session: Session, guard: PermissionGuard): void {
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    callback(mayRequest(guard, contents, permission, details));
  });
  session.setPermissionCheckHandler((contents, permission, origin) =>
    mayCheck(guard, contents, permission, origin),
  );
  session.setDevicePermissionHandler(() => false);
}
