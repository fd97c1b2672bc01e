import { describe, expect, it } from 'vitest';
import { effectScope, shallowRef } from 'vue';
import { type CallView, emptyView } from '../../../../renderer/call/call-view';
import { endingFor } from '../../../../renderer/call/ending';
import { useCallSounds } from '../../../../renderer/call/use-call-sounds';
import { RCCallEndReason } from '../../../../renderer/caller';
import { Loudspeaker } from '../sounds/loudspeaker';

function bench() {
  const speaker = new Loudspeaker();
  const view = shallowRef<CallView>(emptyView);
  const timers = new Set<() => void>();
  const scope = effectScope();
  scope.run(() =>
    useCallSounds(view, {
      play: speaker.play,
      after: (_ms, task) => {
        timers.add(task);
        return () => void timers.delete(task);
      },
    }),
  );
  const move = (phase: CallView['phase'], over: Partial<CallView> = {}): void => {
    view.value = { ...view.value, phase, ...over };
  };
  const end = (reason: RCCallEndReason): void => move('ended', { ending: endingFor(reason) });
  return { speaker, view, timers, scope, move, end };
}

describe('the sounds of the call window', () => {
  it('ring back only while it rings at the other end', () => {
    const { speaker, move } = bench();
    move('dialing');
    expect(speaker.plays).toEqual([]);
    move('ringing');
    expect(speaker.plays).toMatchObject([{ sound: 'ringback', loop: true }]);
    move('ringing', { isMuted: true });
    expect(speaker.plays).toHaveLength(1);
    move('connecting');
    expect(speaker.plays).toEqual([]);
  });

  it('are none while two people talk, and one at the end', () => {
    const { speaker, move, end } = bench();
    move('connecting');
    move('active');
    move('reconnecting');
    expect(speaker.heard).toEqual([]);
    end(RCCallEndReason.REMOTE_HANGUP);
    expect(speaker.plays).toMatchObject([{ sound: 'ended', loop: false }]);
  });

  it('say busy for a while, and stop when the person calls again', () => {
    const { speaker, timers, move, end } = bench();
    move('dialing');
    end(RCCallEndReason.REMOTE_BUSY_LINE);
    expect(speaker.plays).toMatchObject([{ sound: 'busy', loop: true }]);
    for (const task of timers) task();
    expect(speaker.plays).toEqual([]);
    const again = bench();
    again.move('dialing');
    again.end(RCCallEndReason.REMOTE_BUSY_LINE);
    again.move('ended', { isCallingAgain: true });
    expect(again.speaker.plays).toEqual([]);
  });

  it('are none for a ring that ended before anybody answered it here', () => {
    const { speaker, move, end } = bench();
    move('incoming');
    end(RCCallEndReason.REMOTE_CANCEL);
    move('ended', { isMuted: true });
    expect(speaker.heard).toEqual([]);
  });

  it('are none for what the person ended', () => {
    const { speaker, move, end } = bench();
    move('ringing');
    end(RCCallEndReason.CANCEL);
    expect(speaker.heard).toEqual(['ringback']);
    expect(speaker.plays).toEqual([]);
  });

  it('come from the loudspeaker that was chosen, and end with the window', () => {
    const { speaker, view, scope, move } = bench();
    const { devices } = view.value;
    const headset = { deviceId: 'headset', label: 'Headset' };
    const chosen = { ...devices, choices: { ...devices.choices, speaker: headset } };
    move('ringing', { devices: chosen });
    expect(speaker.plays).toMatchObject([{ sinkId: 'headset' }]);
    scope.stop();
    expect(speaker.plays).toEqual([]);
  });
});
