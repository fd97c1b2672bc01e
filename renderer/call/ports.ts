/** What the call window needs of the world around it. */
import type { CallApi } from '#common/window-api';
import type { CallerOptions } from '../caller';
import type { DeviceList } from '../media/device-list';
import type { MediaPort } from '../media/ports';
import type { Mark } from './marks';

export interface CallPorts {
  readonly peal: CallApi;
  readonly media: MediaPort;
  readonly devices: DeviceList;
  readonly mark: Mark;
  readonly warn: (message: string, cause?: unknown) => void;
  /** Runs a task later; returns its cancellation. */
  readonly after: (ms: number, task: () => void) => () => void;
  /** Told to the caller; tests bring their own. */
  readonly caller?: Pick<CallerOptions, 'stage' | 'now'>;
}
