/**
 * Chromium draws, plays and talks to the network in processes of their own, and starts each again when it dies. What
 * hung on the dead one stays dead until somebody takes it up anew: this knows whom to tell.
 */
import type { Clock } from './clock';
import type { Log } from './log';
import { RestartLimit } from './restart-limit';

/** As Electron tells it. */
export interface LostHelper {
  readonly type: string;
  readonly reason: string;
  readonly serviceName?: string | undefined;
}

export interface LostHelpersOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Windows are drawn without the graphics card: there is nothing simpler to fall back to. */
  readonly drawsInSoftware: () => boolean;
  /** Whether Chromium ends the whole program when the process that draws has died too often. */
  readonly setCrashLimit: (on: boolean) => void;
  readonly onSoundLost: () => void;
  readonly onNetworkLost: () => void;
}

/**
 * With a graphics card Chromium counts three deaths of the process that draws and goes on in software. There it counts
 * six and ends the program, with every call in it, however far apart they were: it forgets one an hour. Only a process
 * that dies over and over is a reason for that.
 */
const drawingDeathsInMinute = 10;

/** Called for every helper that ended. */
export function followLostHelpers({
  clock,
  log,
  drawsInSoftware,
  setCrashLimit,
  onSoundLost,
  onNetworkLost,
}: LostHelpersOptions): (lost: LostHelper) => void {
  const drawingDeaths = new RestartLimit(clock, drawingDeathsInMinute);
  return ({ type, reason, serviceName }) => {
    // One that nobody needed for a while ends by itself.
    if (reason === 'clean-exit') return;
    log.warn(`helper ${serviceName ?? type}: gone (${reason})`);
    if (type === 'GPU') {
      const isRare = drawingDeaths.take();
      if (drawsInSoftware()) setCrashLimit(!isRare);
    } else if (serviceName === 'audio.mojom.AudioService') onSoundLost();
    else if (serviceName === 'network.mojom.NetworkService') onNetworkLost();
  };
}
