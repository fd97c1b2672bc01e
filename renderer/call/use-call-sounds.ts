/**
 * What the call window says without words: that it rings at the other end, that they are busy, that the call is over.
 * Never while somebody can be heard.
 */
import { type ShallowRef, onScopeDispose, watch } from 'vue';
import type { Play } from '../sounds/player';
import type { CallView } from './call-view';

export interface CallSoundPorts {
  readonly play: Play;
  /** Runs a task later; returns its cancellation. */
  readonly after: (ms: number, task: () => void) => () => void;
}

type Sound = 'ringback' | 'busy' | 'ended';

/** Four times of the tone: by then everybody knows. */
const busyMs = 3_600;

type Heard = Pick<CallView, 'phase' | 'ending' | 'isCallingAgain'>;

/** `wasSeen`: the call was more than a ring that nobody here has answered. */
export function soundOf({ phase, ending, isCallingAgain }: Heard, wasSeen: boolean): Sound | null {
  if (phase === 'ringing') return 'ringback';
  if (phase !== 'ended' || isCallingAgain || !wasSeen) return null;
  return ending?.sound ?? null;
}

/** Must be called in a setup. */
export function useCallSounds(view: Readonly<ShallowRef<CallView>>, ports: CallSoundPorts): void {
  let wasSeen = false;
  let sound: Sound | null = null;
  let stop = (): void => undefined;

  function start(next: Sound): void {
    const sinkId = view.value.devices.choices.speaker?.deviceId;
    const silence = ports.play(next, { loop: next !== 'ended', sinkId });
    const cancel = next === 'busy' ? ports.after(busyMs, silence) : (): void => undefined;
    stop = () => {
      cancel();
      silence();
    };
  }

  watch(
    view,
    (now) => {
      const next = soundOf(now, wasSeen);
      if (now.phase !== 'ended') wasSeen = !['waiting', 'incoming'].includes(now.phase);
      if (next === sound) return;
      stop();
      stop = () => undefined;
      sound = next;
      if (next) start(next);
    },
    { immediate: true, flush: 'sync' },
  );
  onScopeDispose(() => stop());
}
