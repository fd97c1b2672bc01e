/** Chromium's own processes, by Electron. */
import { app } from 'electron';
import { systemClock } from './clock';
import { type LostHelpersOptions, followLostHelpers } from './lost-helpers';

const noCrashLimit = 'disable-gpu-process-crash-limit';

export function watchHelpers(
  options: Pick<LostHelpersOptions, 'log' | 'onSoundLost' | 'onNetworkLost'>,
): void {
  const handleLost = followLostHelpers({
    ...options,
    clock: systemClock,
    drawsInSoftware: () => app.getGPUFeatureStatus().gpu_compositing !== 'enabled',
    // Chromium reads it anew at every death.
    setCrashLimit: (on) => {
      if (on) app.commandLine.removeSwitch(noCrashLimit);
      else app.commandLine.appendSwitch(noCrashLimit);
    },
  });
  app.on('child-process-gone', (_event, lost) => handleLost(lost));
}
