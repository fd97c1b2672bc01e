/** Notifications of the system by Electron. */
import { Notification } from 'electron';
import type { ShowNote } from './notifications';

export const showElectronNote: ShowNote = ({ title, body, urgent, onClick }, onGone) => {
  const notification = new Notification({
    ...{ title, body },
    // A call rings by itself, on the loudspeaker that was chosen for it.
    silent: true,
    ...(urgent && { urgency: 'critical' as const, timeoutType: 'never' as const }),
  });
  notification.on('click', () => {
    onGone();
    onClick();
  });
  notification.on('close', onGone);
  notification.on('failed', onGone);
  notification.show();
  return { close: () => notification.close() };
};
