/** What happens around the phone while it runs: helpers of Chromium die, the machine sleeps, its network changes. */
import { powerMonitor } from 'electron';
import { systemClock } from './clock';
import type { Log } from './log';
import { watchNetwork } from './network-watch';
import { watchHelpers } from './watch-helpers';

export interface SurroundingsOptions {
  readonly onSoundLost: () => void;
  /** The line to the server may be dead without anybody having said so. */
  readonly onLineDoubtful: () => void;
  /** Whatever was heard of the system may be old. */
  readonly onAwake: () => void;
  readonly log: Log;
}

/** For as long as the app runs. Returns the end of what would keep it from ending: the look at the network. */
export function watchSurroundings(options: SurroundingsOptions): () => void {
  const { onSoundLost, onLineDoubtful, onAwake, log } = options;
  watchHelpers({ log, onSoundLost, onNetworkLost: onLineDoubtful });
  powerMonitor.on('resume', onLineDoubtful);
  powerMonitor.on('resume', onAwake);
  return watchNetwork({ clock: systemClock, log, onChange: onLineDoubtful });
}
