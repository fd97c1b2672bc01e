import { beforeEach, describe, expect, it } from 'vitest';
import { FakeDeviceTrack } from '../caller/support/fake-media';
import { FakeExchange } from '../caller/support/fake-exchange';
import { Phone, idle } from '../caller/support/phone';
import { err } from '#protocol/result';
import { FakeWindow, devicesOf } from './support/fake-window';

let exchange: FakeExchange;

beforeEach(() => {
  exchange = new FakeExchange();
});

describe('a window that places a call', () => {
  let anna: FakeWindow;
  let bao: Phone;
  let link: (state: 'live' | 'broken') => void;

  beforeEach(() => {
    anna = new FakeWindow(exchange, 'anna');
    bao = new Phone(exchange, 'bao');
    link = (state) => anna.media.mesh.handlers.onLinkState(`${exchange.callId}-b`, state);
  });

  async function talk(mediaType: 1 | 2 = 2): Promise<void> {
    anna.place('bao', mediaType);
    await idle();
    bao.bridge.ring();
    await idle();
    await bao.accept();
    await idle();
    link('live');
  }

  it('is ready before it is assigned, and shows nothing until then', () => {
    expect(anna.isReady).toBe(true);
    expect(anna.view.phase).toBe('waiting');
    expect(anna.media.devices).toEqual([]);
  });

  it('goes from calling over ringing and connecting to the call', async () => {
    await talk();
    expect(anna.phases).toEqual(['dialing', 'ringing', 'connecting', 'active']);
    expect(anna.view).toMatchObject({ isVideo: true, isCameraOn: true, canSwitchCamera: true });
  });

  it('marks the stages of the call', async () => {
    await talk();
    const { handlers } = anna.media.mesh;
    const legId = `${exchange.callId}-b`;
    handlers.onRemoteTrack(legId, 'camera', new FakeDeviceTrack('video').asTrack);
    handlers.onRemoteTrack(legId, 'voice', new FakeDeviceTrack('audio').asTrack);
    anna.controller.markFrame();
    expect(anna.marks).toEqual([
      'peal:assigned',
      'peal:media-open',
      'peal:started',
      'peal:remote-frame',
    ]);
  });

  it('plays the other one’s voice, shows the picture and says what is muted', async () => {
    await talk();
    const { handlers } = anna.media.mesh;
    const legId = `${exchange.callId}-b`;
    handlers.onRemoteTrack(legId, 'voice', new FakeDeviceTrack('audio').asTrack);
    handlers.onRemoteTrack(legId, 'camera', new FakeDeviceTrack('video').asTrack);
    handlers.onRemoteState(legId, { voiceMuted: true, cameraOff: true });
    await idle();
    expect(anna.stage.heard).toBe(1);
    expect(anna.view.peerPicture?.getUserId()).toBe('bao');
    expect(anna.view).toMatchObject({ isPeerMuted: true, isPeerCameraOff: true });
  });

  it('says that it reconnects only after it was connected', async () => {
    await talk();
    link('broken');
    expect(anna.view.phase).toBe('reconnecting');
    link('live');
    expect(anna.view.phase).toBe('active');
  });

  it('counts from the connection on', async () => {
    await talk();
    expect(anna.controller.elapsedMs()).toBe(0);
    exchange.nowMs += 3_000;
    expect(anna.controller.elapsedMs()).toBe(3_000);
  });

  it('mutes and un-mutes, while it still rings, too', async () => {
    anna.place('bao', 1);
    await idle();
    anna.controller.inCall.toggleMute();
    expect(anna.view.isMuted).toBe(true);
    expect(anna.media.devices[0]?.enabled).toBe(false);
    anna.controller.inCall.toggleMute();
    expect(anna.view.isMuted).toBe(false);
    expect(anna.media.devices[0]?.enabled).toBe(true);
  });

  it('switches the camera off and on', async () => {
    await talk();
    await anna.controller.inCall.toggleCamera();
    expect(anna.view).toMatchObject({ isCameraOn: false, ownPicture: null });
    expect(anna.media.openDevices).toHaveLength(1);
    await anna.controller.inCall.toggleCamera();
    expect(anna.view.isCameraOn).toBe(true);
    expect(anna.view.ownPicture?.isReady()).toBe(true);
  });

  it('goes on without a camera that does not open again, and says the next step', async () => {
    await talk();
    await anna.controller.inCall.toggleCamera();
    anna.media.problem = { device: 'camera', detail: 'busy' };
    await anna.controller.inCall.toggleCamera();
    expect(anna.view).toMatchObject({
      phase: 'active',
      isCameraOn: false,
      canSwitchCamera: true,
      notice: 'call.media.camera.busy',
    });
  });

  it('closes at once when the user hangs up', async () => {
    await talk();
    anna.controller.hangUp();
    expect(anna.view.phase).toBe('ended');
    expect(anna.media.openDevices).toEqual([]);
    await idle();
    expect(anna.closes).toBe(1);
    expect(bao.diary.at(-1)).toBe('close(13)');
  });

  it('closes within a second when the server does not answer the hang-up', async () => {
    await talk();
    anna.bridge.gate = new Promise(() => undefined);
    anna.controller.hangUp();
    await idle();
    expect(anna.closes).toBe(0);
    expect(anna.closesInMs).toBe(1_000);
    anna.waiting.at(-1)?.task();
    expect(anna.closes).toBe(1);
  });

  it('hangs up a call whose start is still under way', async () => {
    let answer = (): void => undefined;
    anna.bridge.gate = new Promise((resolve) => (answer = resolve));
    anna.place('bao', 1);
    await idle();
    anna.controller.hangUp();
    answer();
    await idle();
    expect(anna.media.openDevices).toEqual([]);
    expect(anna.closes).toBe(1);
    // The server had made the call: it is left at once.
    expect(anna.bridge.asked.filter((what) => /start|leave/.test(what))).toEqual([
      'start',
      'leave hangup',
    ]);
  });

  it('shows for a moment that the other one hung up, then closes', async () => {
    await talk();
    await bao.hangUp();
    await idle();
    expect(anna.view.ending).toMatchObject({ text: 'call.reason.peerHungUp', offer: null });
    expect(anna.closesInMs).toBe(1_500);
    anna.waiting.at(-1)?.task();
    expect(anna.closes).toBe(1);
  });

  it('leaves time to call again when nobody answered, and closes earlier when asked', async () => {
    anna.place('bao', 1);
    await idle();
    exchange.passTime(60_000);
    await idle();
    expect(anna.view.ending?.text).toBe('call.reason.peerUnanswered');
    expect(anna.closesInMs).toBe(15_000);
    anna.controller.hangUp();
    expect(anna.closes).toBe(1);
    expect(anna.waiting).toEqual([]);
  });

  it('says which device did not open and what to do', async () => {
    anna.media.problem = { device: 'microphone', detail: 'absent' };
    anna.place('bao', 1);
    await idle();
    expect(anna.view.ending?.text).toBe('call.media.microphone.absent');
  });

  it('says why the call did not start', async () => {
    anna.bridge.isOffline = true;
    anna.place('bao', 1);
    await idle();
    expect(anna.view.ending).toMatchObject({ text: 'callProblem.offline', offer: 'call-again' });
  });

  it('says so when the loudspeaker does not play', async () => {
    await talk();
    const createAudio = anna.stage.createAudio.bind(anna.stage);
    anna.stage.createAudio = () => {
      const audio = createAudio();
      audio.play = () => Promise.reject(new Error('NotAllowedError'));
      return audio;
    };
    const voice = new FakeDeviceTrack('audio').asTrack;
    anna.media.mesh.handlers.onRemoteTrack(`${exchange.callId}-b`, 'voice', voice);
    await idle();
    expect(anna.view.notice).toBe('call.noSound');
  });

  it('calls again when asked, once, and lets main take the window away', async () => {
    await talk(1);
    await bao.hangUp();
    await idle();
    await anna.controller.callAgain();
    expect(anna.calledAgain).toEqual([]);

    anna = new FakeWindow(exchange, 'anna');
    anna.place('bao', 1);
    await idle();
    exchange.passTime(60_000);
    await idle();
    void anna.controller.callAgain();
    await anna.controller.callAgain();
    expect(anna.calledAgain).toEqual([{ switchHere: false }]);
    expect(anna.view.isCallingAgain).toBe(true);
    expect(anna.waiting).toEqual([]);
    expect(anna.closes).toBe(0);
  });

  it('says why calling again did not work, and offers it once more', async () => {
    anna.media.problem = { device: 'microphone', detail: 'busy' };
    anna.place('bao', 1);
    await idle();
    anna.againReply = err('call-exists');
    await anna.controller.callAgain();
    expect(anna.view).toMatchObject({
      isCallingAgain: false,
      ending: { text: 'callProblem.call-exists', offer: 'call-again' },
    });
    expect(anna.closesInMs).toBe(15_000);
    await anna.controller.callAgain();
    expect(anna.calledAgain).toHaveLength(2);
  });

  it('says so, too, when main does not answer at all', async () => {
    anna.bridge.isOffline = true;
    anna.place('bao', 1);
    await idle();
    anna.againReply = new Error('no handler');
    await anna.controller.callAgain();
    expect(anna.view).toMatchObject({
      isCallingAgain: false,
      ending: { text: 'callProblem.server-error', offer: 'call-again' },
    });
    expect(anna.warnings).toEqual(['main did not call again']);
  });

  it('offers to switch here when the own call on another device is in the way', async () => {
    anna.bridge.refusal = 'in-call-elsewhere';
    anna.place('bao', 1);
    await idle();
    expect(anna.view.ending?.offer).toBe('switch-here');
    await anna.controller.callAgain();
    expect(anna.calledAgain).toEqual([{ switchHere: true }]);
  });

  it('becomes an audio call: no picture is left and the camera is off', async () => {
    await talk();
    const picture = new FakeDeviceTrack('video').asTrack;
    anna.media.mesh.handlers.onRemoteTrack(`${exchange.callId}-b`, 'camera', picture);
    await anna.controller.inCall.becomeAudio();
    await idle();
    expect(anna.view).toMatchObject({
      ...{ phase: 'active', isVideo: false, isCameraOn: false, canBecomeAudio: false },
      ...{ ownPicture: null, peerPicture: null, news: [] },
    });
    expect(anna.media.openDevices.map(({ kind }) => kind)).toEqual(['audio']);
  });

  it('stays a video call when the server does not answer, and says so', async () => {
    await talk();
    anna.bridge.isOffline = true;
    await anna.controller.inCall.becomeAudio();
    expect(anna.view).toMatchObject({
      ...{ isVideo: true, canBecomeAudio: true, notice: 'call.notSwitched' },
    });
  });

  it('forgets what it said about the picture when there is none any more', async () => {
    await talk();
    anna.media.problem = { device: 'camera', detail: 'busy' };
    await anna.controller.inCall.toggleCamera();
    await anna.controller.inCall.toggleCamera();
    expect(anna.view.notice).toBe('call.media.camera.busy');
    await bao.session.descendAbility();
    await idle();
    expect(anna.view).toMatchObject({ isVideo: false, notice: null });
  });

  it('follows the other one to audio, and tells it for a while', async () => {
    await talk();
    await bao.session.descendAbility();
    await idle();
    expect(anna.view).toMatchObject({
      ...{ isVideo: false, ownPicture: null, peerPicture: null },
      news: [{ text: 'call.peerSwitched', values: { name: 'bao' } }],
    });
    anna.waiting.at(-1)?.task();
    expect(anna.view.news).toEqual([]);
  });

  it('goes on without a microphone that was unplugged, and gets another one', async () => {
    await talk(1);
    anna.plug(devicesOf({}));
    anna.media.openDevices.find(({ kind }) => kind === 'audio')?.unplug();
    await idle();
    expect(anna.view).toMatchObject({ phase: 'active', isMicrophoneGone: true });
    expect(anna.view.devices.there.microphone.devices).toEqual([]);
    anna.plug(devicesOf({ microphone: ['another-mic'] }));
    await idle();
    expect(anna.view.isMicrophoneGone).toBe(true);
    await anna.controller.inCall.useMicrophone('desk-mic');
    await idle();
    expect(anna.view).toMatchObject({ isMicrophoneGone: false, notice: null });
    expect(anna.media.openDevices).toHaveLength(1);
  });

  it('says why no other microphone opens, and stays in the call', async () => {
    await talk(1);
    anna.plug(devicesOf({}));
    anna.media.openDevices[0]?.unplug();
    await idle();
    anna.media.problem = { device: 'microphone', detail: 'busy' };
    await anna.controller.inCall.useMicrophone();
    expect(anna.view).toMatchObject({
      ...{ phase: 'active', isMicrophoneGone: true, isChangingMicrophone: false },
      notice: 'call.media.microphone.busy',
    });
  });

  it('keeps a muted voice muted on the next microphone', async () => {
    await talk(1);
    anna.controller.inCall.toggleMute();
    anna.media.openDevices[0]?.unplug();
    await idle();
    expect(anna.view.isMuted).toBe(true);
    expect(anna.media.openDevices.map(({ enabled }) => enabled)).toEqual([false]);
  });

  it('opens a microphone again whose recording broke off, and asks if that goes on', async () => {
    await talk(1);
    const breakOff = async (): Promise<void> => {
      anna.media.openDevices[0]?.unplug();
      await idle();
    };
    await breakOff();
    expect(anna.view).toMatchObject({ isMicrophoneGone: false, notice: null });
    expect(anna.media.openDevices).toHaveLength(1);
    for (const { ms, task } of anna.waiting) if (ms === 5_000) task();
    await breakOff();
    expect(anna.view.isMicrophoneGone).toBe(false);
    await breakOff();
    expect(anna.view).toMatchObject({ isMicrophoneGone: true, notice: null });
  });

  it('opens a microphone again that was plugged in again, once, and no other one', async () => {
    await talk(1);
    const { devices } = anna;
    anna.plug(devicesOf({}));
    anna.media.openDevices[0]?.unplug();
    await idle();
    anna.media.problem = { device: 'microphone', detail: 'busy' };
    for (let look = 0; look < 3; look += 1) anna.plug(devices);
    await idle();
    expect(anna.view).toMatchObject({ isMicrophoneGone: true, notice: null });
    anna.media.problem = undefined;
    anna.plug(devices);
    await idle();
    expect(anna.view.isMicrophoneGone).toBe(true);
    anna.plug(devicesOf({ microphone: ['another-mic'] }));
    anna.plug(devices);
    await idle();
    expect(anna.view.isMicrophoneGone).toBe(false);
  });

  it('opens a camera again that broke off', async () => {
    await talk();
    anna.media.openDevices.find(({ kind }) => kind === 'video')?.unplug();
    await idle();
    expect(anna.view).toMatchObject({
      ...{ isCameraGone: false, isCameraOn: true, canSwitchCamera: true, notice: null },
    });
  });

  it('says that a camera was pulled out, and opens it again when the person says so', async () => {
    await talk();
    const { devices } = anna;
    anna.plug(devicesOf({ microphone: ['desk-mic'] }));
    anna.media.openDevices.find(({ kind }) => kind === 'video')?.unplug();
    await idle();
    const gone = { isCameraGone: true, isCameraOn: false, ownPicture: null };
    expect(anna.view).toMatchObject(gone);
    anna.plug(devices);
    await idle();
    expect(anna.view).toMatchObject(gone);
    await anna.controller.inCall.toggleCamera();
    await idle();
    expect(anna.view).toMatchObject({ isCameraGone: false, isCameraOn: true });
  });

  it('survives signals that main no longer takes', async () => {
    await talk();
    const { callId } = exchange;
    const ids = { callId, fromLeg: 'a', toLeg: 'b', linkId: 'l' };
    anna.media.mesh.handlers.sendSignal({ ...ids, payload: 'p' });
    await idle();
    expect(anna.warnings).toEqual(['a signal was not passed on']);
  });
});

describe('a window that answers a call', () => {
  let anna: Phone;
  let bao: FakeWindow;

  beforeEach(async () => {
    anna = new Phone(exchange, 'anna');
    bao = new FakeWindow(exchange, 'bao');
    await anna.call('bao', 2);
    await idle();
  });

  it('opens nothing until the call is accepted', async () => {
    bao.answer(false);
    await idle();
    expect(bao.view.phase).toBe('incoming');
    expect(bao.media.devices).toEqual([]);
    bao.accepted.send({ callId: 'another' });
    await idle();
    expect(bao.media.devices).toEqual([]);
  });

  it('joins when the card’s Accept arrives', async () => {
    bao.answer(false);
    await idle();
    bao.accepted.send({ callId: exchange.callId });
    await idle();
    expect(bao.view).toMatchObject({ phase: 'connecting', isCameraOn: true });
    expect(bao.marks).toEqual(['peal:assigned', 'peal:claimed', 'peal:media-open', 'peal:joined']);
    expect(anna.diary.at(-1)).toBe('accept(bao)');
  });

  it('joins at once when it was accepted before the window was there, and only once', async () => {
    bao.answer(true);
    await idle();
    bao.accepted.send({ callId: exchange.callId });
    await idle();
    expect(bao.bridge.asked).toEqual(['claim', 'join']);
    expect(bao.view.phase).toBe('connecting');
  });

  it('takes the place of a window that crashed, as silent and unseen as that one', async () => {
    bao.answer(true);
    await idle();
    const call = exchange.snapshot(exchange.callId);
    const next = new FakeWindow(exchange, 'bao');
    next.resume(call, 'anna', { voiceMuted: true, cameraOff: true });
    await idle();
    expect(next.phases).toEqual(['reconnecting']);
    expect(next.bridge.asked).toEqual([]);
    expect(next.media.openDevices.map(({ kind, enabled }) => [kind, enabled])).toEqual([
      ['audio', false],
    ]);
    expect(next.view).toMatchObject({ isMuted: true, isCameraOn: false, canSwitchCamera: true });
    next.controller.inCall.toggleMute();
    await next.controller.inCall.toggleCamera();
    expect(next.media.openDevices.map(({ kind, enabled }) => [kind, enabled])).toEqual([
      ['audio', true],
      ['video', true],
    ]);
  });

  it('takes the place of a caller’s window while it rings, and says that it rings', async () => {
    bao.bridge.ring();
    const next = new FakeWindow(exchange, 'anna');
    next.resume(exchange.snapshot(exchange.callId), 'bao', { voiceMuted: false, cameraOff: true });
    await idle();
    expect(next.view.phase).toBe('ringing');
    bao.answer(true);
    bao.accepted.send({ callId: exchange.callId });
    await idle();
    expect(next.view.phase).toBe('connecting');
  });

  it('closes unseen when the caller gives up while it rings', async () => {
    bao.answer(false);
    await idle();
    await anna.hangUp();
    await idle();
    expect(bao.closes).toBe(1);
  });

  it('closes when the call was over before the window was there', async () => {
    await anna.hangUp();
    bao.ringing = anna.bridge.exchange.snapshot(exchange.callId);
    bao.answer(false);
    await idle();
    expect(bao.closes).toBe(1);
  });

  it('says which device did not open, not only that one did not', async () => {
    bao.media.problem = { device: 'camera', detail: 'denied' };
    bao.answer(true);
    await idle();
    expect(bao.view.ending?.text).toBe('call.media.camera.denied');
    expect(bao.waiting).toHaveLength(1);
    expect(bao.closesInMs).toBe(15_000);
    expect(anna.diary.slice(-2)).toEqual(['H(bao,18)', 'close(18)']);
  });
});
