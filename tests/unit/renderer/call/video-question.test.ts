/** Whose camera goes on when a question for pictures crosses something else. */
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeExchange } from '../caller/support/fake-exchange';
import { Phone, idle } from '../caller/support/phone';
import { FakeWindow } from './support/fake-window';

let exchange: FakeExchange;
let anna: FakeWindow;
let bao: Phone;
let carla: Phone;

/** Anna and Bao talk, without pictures. */
beforeEach(async () => {
  exchange = new FakeExchange();
  anna = new FakeWindow(exchange, 'anna');
  bao = new Phone(exchange, 'bao');
  carla = new Phone(exchange, 'carla');
  anna.place('bao', 1);
  await idle();
  await bao.accept();
  await idle();
  anna.media.mesh.handlers.onLinkState(`${exchange.callId}-b`, 'live');
});

/** What Anna does next reaches the server when the answer is called. */
function holdBack(): () => void {
  let release = (): void => undefined;
  anna.bridge.gate = new Promise((resolve) => (release = resolve));
  return release;
}

async function carlaComes(): Promise<void> {
  await bao.session.extend(['carla']);
  await idle();
  await carla.accept();
  await idle();
}

const cameras = (): number => anna.media.devices.filter(({ kind }) => kind === 'video').length;

describe('the camera of whoever took the question back', () => {
  it('stays off when the yes of the other one crosses that', async () => {
    await anna.controller.inCall.askForVideo();
    const release = holdBack();
    const takingBack = anna.controller.inCall.takeVideoBack();
    await bao.session.answerVideo(true);
    release();
    await takingBack;
    await idle();
    expect(anna.view).toMatchObject({ isVideo: true, isCameraOn: false, canSwitchCamera: true });
    expect(cameras()).toBe(0);
  });

  it('stays off when somebody else brings pictures later', async () => {
    await anna.controller.inCall.askForVideo();
    await anna.controller.inCall.takeVideoBack();
    await carlaComes();
    await carla.session.askForVideo();
    await idle();
    expect(anna.view).toMatchObject({ isVideo: true, isCameraOn: false });
    expect(cameras()).toBe(0);
  });
});

describe('the camera of whoever said yes', () => {
  it('stays off when the question was over by then, and somebody else brings pictures later', async () => {
    await bao.session.askForVideo();
    await idle();
    const release = holdBack();
    const answering = anna.controller.inCall.answerVideo('camera');
    exchange.linkAll();
    exchange.passTime(31_000);
    release();
    await answering;
    await carlaComes();
    await carla.session.askForVideo();
    await idle();
    expect(anna.view).toMatchObject({ isVideo: true, isCameraOn: false });
    expect(cameras()).toBe(0);
  });

  it('stays off when the answer comes into a call that has become one of several', async () => {
    await bao.session.askForVideo();
    await idle();
    const release = holdBack();
    const answering = anna.controller.inCall.answerVideo('camera');
    await carlaComes();
    await carla.session.askForVideo();
    release();
    await answering;
    await idle();
    expect(anna.view).toMatchObject({ isVideo: true, isCameraOn: false });
    expect(cameras()).toBe(0);
  });
});

describe('a question that is open while others are asked in', () => {
  it('is over without a word: nobody has refused it', async () => {
    await anna.controller.inCall.askForVideo();
    await carlaComes();
    expect(anna.view).toMatchObject({ videoQuestion: null, canAskForVideo: true });
    expect(anna.view.news.map(({ text }) => text)).not.toContain('call.video.refused');
  });

  it('opens no camera for those who come', async () => {
    await anna.controller.inCall.askForVideo();
    // Anna hears of both at once.
    anna.bridge.isOffline = true;
    await carlaComes();
    await carla.session.askForVideo();
    anna.bridge.isOffline = false;
    anna.bridge.hear(exchange.snapshot(exchange.callId));
    await idle();
    expect(anna.view).toMatchObject({ isVideo: true, isCameraOn: false, videoQuestion: null });
    expect(cameras()).toBe(0);
  });
});

describe('a question that crosses one of the other person', () => {
  it('brings pictures, with both cameras', async () => {
    const release = holdBack();
    const asking = anna.controller.inCall.askForVideo();
    await bao.session.askForVideo();
    release();
    await asking;
    await idle();
    expect(anna.view).toMatchObject({ isVideo: true, isCameraOn: true, videoQuestion: null });
  });
});
