import { beforeEach, describe, expect, it, vi } from 'vitest';
import { deviceMenu } from '../../../../renderer/call/device-menu';
import { FakeDeviceTrack } from '../caller/support/fake-media';
import { FakeExchange } from '../caller/support/fake-exchange';
import { Phone, idle } from '../caller/support/phone';
import { FakeWindow, devicesOf } from './support/fake-window';

const headset = { deviceId: 'headset', label: 'HEADSET' };
const booth = { deviceId: 'booth', label: 'BOOTH' };

let exchange: FakeExchange;
let anna: FakeWindow;
let bao: Phone;

beforeEach(() => {
  exchange = new FakeExchange();
  anna = new FakeWindow(exchange, 'anna');
  bao = new Phone(exchange, 'bao');
  anna.plug(
    devicesOf({
      ...{ microphone: ['desk-mic', 'headset'], camera: ['desk-cam'] },
      speaker: ['desk-box', 'headset'],
    }),
  );
});

async function talk(mediaType: 1 | 2 = 1): Promise<void> {
  anna.place('bao', mediaType);
  await idle();
  bao.bridge.ring();
  await bao.accept();
  await idle();
}

/** Where the other one's voice is heard. */
const speaker = (): string | undefined =>
  anna.stage.audios.find((audio) => audio.plays > 0)?.speaker;

async function hear(): Promise<string | undefined> {
  const voice = new FakeDeviceTrack('audio').asTrack;
  anna.media.mesh.handlers.onRemoteTrack(`${exchange.callId}-b`, 'voice', voice);
  await idle();
  return speaker();
}

const audioOf = (at: number): MediaTrackConstraints | undefined =>
  anna.media.constraints.at(at)?.audio;

describe('a call with chosen devices', () => {
  it('opens whatever the system uses while nothing is chosen, without asking what there is', async () => {
    await talk(2);
    expect(anna.media.constraints).toEqual([{}]);
    expect(anna.reads).toBe(0);
  });

  it('opens the chosen microphone and camera', async () => {
    anna.set({ microphone: headset, camera: { deviceId: 'desk-cam', label: 'DESK-CAM' } });
    await talk(2);
    expect(anna.media.constraints).toEqual([
      { audio: { deviceId: { exact: 'headset' } }, video: { deviceId: { exact: 'desk-cam' } } },
    ]);
  });

  it('finds a microphone by its name that came back under another id', async () => {
    anna.set({ microphone: { deviceId: 'former-id', label: 'HEADSET' } });
    await talk();
    expect(audioOf(0)).toEqual({ deviceId: { exact: 'headset' } });
    expect(anna.view.devices.missing).toEqual([]);
  });

  it('goes on with the system’s when the chosen one is not there, and says so', async () => {
    anna.set({ microphone: booth });
    await talk();
    expect(anna.media.constraints).toEqual([{}]);
    expect(anna.view.devices.missing).toEqual([{ kind: 'microphone', label: 'BOOTH' }]);
    expect(anna.view.phase).not.toBe('ended');
  });

  it('goes on with the system’s when the chosen one goes while it is being opened', async () => {
    anna.set({ microphone: headset });
    anna.media.problem = { device: 'microphone', detail: 'absent' };
    let isGone = (): void => undefined;
    anna.media.gate = new Promise((resolve) => (isGone = resolve));
    anna.place('bao', 1);
    await idle();
    const { media } = anna;
    const open = media.openLocal.bind(media);
    media.openLocal = (...args) => {
      media.problem = undefined;
      return open(...args);
    };
    isGone();
    await idle();
    expect(audioOf(0)).toEqual({ deviceId: { exact: 'headset' } });
    expect(anna.media.constraints.at(1)).toEqual({});
    expect(anna.view.ending).toBeNull();
  });

  it('takes the chosen microphone as soon as it is back', async () => {
    anna.set({ microphone: booth });
    await talk();
    anna.plug(devicesOf({ microphone: ['desk-mic', 'booth'] }));
    await idle();
    expect(audioOf(-1)).toEqual({ deviceId: { exact: 'booth' } });
    expect(anna.view.devices.missing).toEqual([]);
    expect(anna.media.openDevices).toHaveLength(1);
  });

  it('plays on the chosen loudspeaker, on the system’s while that one is gone, and again on it', async () => {
    anna.set({ speaker: headset });
    await talk();
    expect(await hear()).toBe('headset');
    anna.plug(devicesOf({ speaker: ['desk-box'] }));
    await idle();
    expect(speaker()).toBe('');
    expect(anna.view.devices.missing).toEqual([{ kind: 'speaker', label: 'HEADSET' }]);
    anna.plug(devicesOf({ speaker: ['desk-box', 'headset'] }));
    await idle();
    expect(speaker()).toBe('headset');
    expect(anna.view.devices.missing).toEqual([]);
  });

  it.each([
    ['', 'default'],
    ['headset', ''],
  ])(
    'leaves the loudspeaker “%s” for a moment when all sound was lost',
    async (used, elsewhere) => {
      if (used !== '') anna.set({ speaker: headset });
      await talk();
      await hear();
      const audio = anna.stage.audios.find(({ plays }) => plays > 0);
      const seen: string[] = [];
      vi.spyOn(audio ?? expect.fail(), 'setSinkId').mockImplementation((id: string) => {
        seen.push(id);
        return Promise.resolve();
      });
      anna.soundLost.send(null);
      await idle();
      expect(seen).toEqual([elsewhere, used]);
    },
  );
});

describe('a choice during the call', () => {
  it('is used at once and kept, one device after the other open', async () => {
    await talk();
    anna.controller.inCall.chooseDevice('microphone', headset);
    await idle();
    expect(audioOf(-1)).toEqual({ deviceId: { exact: 'headset' } });
    expect(anna.media.openDevices).toHaveLength(1);
    expect(anna.settings.devices.microphone).toEqual(headset);
  });

  it('made in the settings meanwhile counts as well', async () => {
    await talk();
    anna.set({ microphone: headset });
    await idle();
    expect(audioOf(-1)).toEqual({ deviceId: { exact: 'headset' } });
  });

  it('of a microphone that does not open is taken back, and the former one goes on', async () => {
    await talk();
    anna.media.problem = { device: 'microphone', detail: 'busy' };
    anna.controller.inCall.chooseDevice('microphone', headset);
    await idle();
    expect(anna.view.notice).toBe('call.media.microphone.busy');
    expect(anna.settings.devices.microphone).toBeNull();
    expect(anna.view.devices.choices.microphone).toBeNull();
    expect(anna.media.openDevices).toHaveLength(1);
  });

  it('keeps a muted voice muted', async () => {
    await talk();
    anna.controller.inCall.toggleMute();
    anna.controller.inCall.chooseDevice('microphone', headset);
    await idle();
    expect(anna.media.openDevices.map(({ enabled }) => enabled)).toEqual([false]);
  });

  it('is not possible before the call is there, nor after it', async () => {
    anna.controller.inCall.chooseDevice('microphone', headset);
    await talk();
    anna.controller.hangUp();
    anna.controller.inCall.chooseDevice('microphone', headset);
    await idle();
    expect(anna.settings.devices.microphone).toBeNull();
  });

  it('of a camera in an audio call waits for the next video call', async () => {
    await talk();
    anna.set({ camera: { deviceId: 'desk-cam', label: 'DESK-CAM' } });
    await idle();
    expect(anna.media.cameraConstraints).toEqual([]);
    expect(anna.view.notice).toBeNull();
  });
});

describe('the devices menu', () => {
  const lines = (): string[][] =>
    deviceMenu(anna.view, {
      words: (key, { device = '' }) => key + device,
      choose: () => undefined,
    }).map(({ label, items }) => [
      label ?? '',
      ...items.map(({ words, checked }) => (checked ? `* ${words}` : words)),
    ]);

  it('is empty until devices can be changed', () => {
    expect(lines()).toEqual([]);
  });

  it('shows the system’s choice first, and no camera in an audio call', async () => {
    anna.set({ speaker: headset });
    await talk();
    expect(lines()).toEqual([
      ['devices.kind.microphone', '* devices.system', 'DESK-MIC', 'HEADSET'],
      ['devices.kind.speaker', 'devices.system', 'DESK-BOX', '* HEADSET'],
    ]);
  });

  it('shows a chosen device that is not there as such', async () => {
    anna.set({ camera: booth });
    await talk(2);
    expect(lines()[1]).toEqual([
      ...['devices.kind.camera', 'devices.system', '* devices.awayBOOTH', 'DESK-CAM'],
    ]);
  });
});
