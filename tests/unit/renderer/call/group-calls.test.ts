import { beforeEach, describe, expect, it } from 'vitest';
import type { MemberView } from '../../../../renderer/call/members';
import { FakeExchange } from '../caller/support/fake-exchange';
import { FakeDeviceTrack } from '../caller/support/fake-media';
import { Phone, idle } from '../caller/support/phone';
import { FakeWindow } from './support/fake-window';

let exchange: FakeExchange;
let anna: FakeWindow;
let bao: Phone;
let carla: Phone;

beforeEach(() => {
  exchange = new FakeExchange();
  anna = new FakeWindow(exchange, 'anna');
  bao = new Phone(exchange, 'bao');
  carla = new Phone(exchange, 'carla');
  exchange.group('design', 'anna', 'bao', 'carla', 'deng');
});

const people = (): readonly MemberView[] => anna.view.group?.members ?? [];
const states = (): string[] => people().map(({ userId, state }) => `${userId} ${state}`);
const tile = (id: string): MemberView | undefined => people().find(({ userId }) => userId === id);
const legOf = (userId: string): string =>
  exchange.snapshot(exchange.callId).legs.findLast((leg) => leg.userId === userId)?.legId ?? '';
const link = (userId: string, state: 'live' | 'broken'): void =>
  anna.media.mesh.handlers.onLinkState(legOf(userId), state);
const news = (): string[] =>
  anna.view.news.map(({ text, values }) => [text, ...Object.values(values).flat()].join(' '));

async function place(mediaType: 1 | 2 = 2): Promise<void> {
  anna.placeGroup(['bao', 'carla'], mediaType);
  await idle();
}

async function joins(phone: Phone): Promise<void> {
  await phone.accept();
  await idle();
  link(phone.bridge.self.userId, 'live');
}

describe('a window of a group call', () => {
  it('shows everybody who is called at once, before the server has answered', () => {
    anna.placeGroup(['bao', 'carla', 'anna']);
    expect(states()).toEqual(['anna active', 'bao ringing', 'carla ringing']);
    expect(anna.view.group?.name).toBe('Design');
  });

  it('asks once for the names of people it does not know, and shows them when they come', async () => {
    let tell = (): void => undefined;
    const { directory } = anna;
    anna.directory = async (userIds) => {
      await new Promise<void>((resolve) => (tell = resolve));
      return directory(userIds);
    };
    await place();
    bao.bridge.ring();
    expect(anna.askedFor).toEqual([['bao', 'carla']]);
    expect(tile('bao')?.profile.name).toBe('bao');
    tell();
    await idle();
    expect(tile('bao')?.profile.name).toBe('BAO');
  });

  it('tells nobody’s id: news wait for the names of whom they are about', async () => {
    let tell = (): void => undefined;
    const { directory } = anna;
    await place();
    await joins(bao);
    anna.directory = async (userIds) => {
      await new Promise<void>((resolve) => (tell = resolve));
      return directory(userIds);
    };
    const deng = new Phone(exchange, 'deng');
    await bao.session.invite(['deng']);
    await idle();
    expect(states()).toContain('deng ringing');
    await deng.session.hungup();
    await idle();
    expect(news()).toEqual([]);
    tell();
    await idle();
    expect(news()).toEqual(['members.news.invited BAO DENG', 'members.news.declined DENG']);
  });

  it('tells no news of a call that ended before the names came', async () => {
    let tell = (): void => undefined;
    anna.directory = async () => {
      await new Promise<void>((resolve) => (tell = resolve));
      return [];
    };
    await place();
    await carla.session.hungup();
    await bao.session.hungup();
    await idle();
    tell();
    await idle();
    expect(anna.view).toMatchObject({ phase: 'ended', news: [] });
  });

  it('is calling, ringing, connecting and then a call, whoever joins first', async () => {
    await place();
    carla.bridge.ring();
    await joins(carla);
    expect(anna.phases).toEqual(['dialing', 'ringing', 'connecting', 'active']);
    expect(states()).toEqual(['anna active', 'bao ringing', 'carla active']);
  });

  it('goes on as a call while the link to one of two is broken, and says whose', async () => {
    await place();
    await joins(bao);
    await joins(carla);
    link('bao', 'broken');
    expect(anna.view.phase).toBe('active');
    expect(states()).toEqual(['anna active', 'bao reconnecting', 'carla active']);
    link('carla', 'broken');
    expect(anna.view.phase).toBe('reconnecting');
  });

  it('takes away who declines or leaves, and tells it', async () => {
    await place();
    await carla.session.hungup();
    await idle();
    expect(states()).toEqual(['anna active', 'bao ringing']);
    expect(news()).toEqual(['members.news.declined CARLA']);
  });

  it('tells who asked whom in', async () => {
    const deng = new Phone(exchange, 'deng');
    await place();
    await joins(bao);
    await bao.session.invite(['deng']);
    await idle();
    expect(states()).toContain('deng ringing');
    expect(news().at(-1)).toBe('members.news.invited BAO DENG');
    expect(deng.diary).toContain('onSession');
  });

  it('shows the picture of each, oneself among them, and plays each voice once', async () => {
    await place();
    await joins(bao);
    await joins(carla);
    const { handlers } = anna.media.mesh;
    for (const userId of ['bao', 'carla']) {
      handlers.onRemoteTrack(legOf(userId), 'camera', new FakeDeviceTrack('video').asTrack);
      handlers.onRemoteTrack(legOf(userId), 'voice', new FakeDeviceTrack('audio').asTrack);
    }
    await idle();
    const shown = people().map(({ picture }) => picture?.getUserId());
    expect(shown).toEqual(['anna', 'bao', 'carla']);
    expect(anna.stage.heard).toBe(2);
  });

  it('plays one person softer, also when their voice comes anew', async () => {
    await place();
    await joins(bao);
    const comes = (): void =>
      anna.media.mesh.handlers.onRemoteTrack(
        ...([legOf('bao'), 'voice', new FakeDeviceTrack('audio').asTrack] as const),
      );
    comes();
    await idle();
    anna.controller.inCall.setVolume('bao', 25);
    await idle();
    expect(anna.stage.audios.map(({ volume }) => volume)).toEqual([0.25]);
    comes();
    await idle();
    expect(anna.stage.audios.at(-1)?.volume).toBe(0.25);
    expect(tile('bao')?.volume).toBe(25);
  });

  it('marks who is muted, speaks or is pinned, and forgets it when they leave', async () => {
    await place();
    await joins(bao);
    await joins(carla);
    const { handlers } = anna.media.mesh;
    handlers.onRemoteState(legOf('carla'), { voiceMuted: true, cameraOff: true });
    handlers.onSpeaking?.([legOf('bao'), legOf('anna')]);
    anna.controller.inCall.pin('carla');
    const marks = (id: string) => {
      const { isMuted, isCameraOff, isSpeaking, isPinned } = tile(id) ?? {};
      return [isMuted, isCameraOff, isSpeaking, isPinned];
    };
    expect(marks('anna')).toEqual([false, false, true, false]);
    expect(marks('bao')).toEqual([false, false, true, false]);
    expect(marks('carla')).toEqual([true, true, false, true]);
    await carla.session.hungup();
    await bao.session.invite(['carla']);
    await idle();
    expect(states()).toEqual(['anna active', 'bao active', 'carla ringing']);
    expect(marks('carla')).toEqual([false, false, false, false]);
  });

  it('forgets the pin of somebody who never came', async () => {
    await place();
    await joins(bao);
    anna.controller.inCall.pin('carla');
    expect(tile('carla')?.isPinned).toBe(true);
    await carla.session.hungup();
    await bao.session.invite(['carla']);
    await idle();
    expect(tile('carla')).toMatchObject({ state: 'ringing', isPinned: false });
  });

  it('tells the mesh how high each is seen, also when that was known before the call', async () => {
    anna.placeGroup(['bao', 'carla']);
    anna.controller.inCall.setShownHeights(new Map([['bao', 480]]));
    await idle();
    await joins(bao);
    expect([...anna.media.mesh.shownHeights.values()]).toEqual([480]);
    anna.controller.inCall.setShownHeights(new Map([['bao', 0]]));
    expect([...anna.media.mesh.shownHeights.values()]).toEqual([0]);
  });

  it('wants no picture of anybody while its window is minimised, and all of them again after that', async () => {
    const heights = (): number[] => [...anna.media.mesh.shownHeights.values()];
    await place();
    await joins(bao);
    await joins(carla);
    const { inCall } = anna.controller;
    inCall.setShownHeights(
      new Map([
        ['bao', 480],
        ['carla', 240],
      ]),
    );
    anna.sightChanged.send({ isSeen: false });
    expect(heights()).toEqual([0, 0]);
    inCall.setShownHeights(
      new Map([
        ['bao', 360],
        ['carla', 360],
      ]),
    );
    expect(heights()).toEqual([0, 0]);
    anna.sightChanged.send({ isSeen: true });
    expect(heights()).toEqual([360, 360]);
  });

  it('counts from the first connection on, whoever joins later', async () => {
    await place();
    await joins(bao);
    exchange.nowMs += 5_000;
    await joins(carla);
    expect(anna.controller.elapsedMs()).toBe(5_000);
  });

  it('says at the end that everyone has left, naming nobody, and shows whom it was with', async () => {
    await place();
    await joins(bao);
    await carla.session.hungup();
    await bao.session.hungup();
    await idle();
    expect(anna.view.ending).toMatchObject({ text: 'call.groupReason.left', offer: null });
    expect(people()).toEqual([]);
    expect(anna.view.group?.others.map(({ userId }) => userId)).toEqual(['bao']);
  });

  it('offers to call again when nobody came, to whoever called alone', async () => {
    await place();
    await bao.session.hungup();
    await carla.session.hungup();
    await idle();
    expect(anna.view.ending).toMatchObject({
      ...{ text: 'call.groupReason.declined', offer: 'call-again' },
    });
    await anna.controller.callAgain();
    expect(anna.calledAgain).toEqual([{ switchHere: false }]);
  });

  it('offers nothing that main would refuse to whoever was called', async () => {
    await bao.callGroup(['anna', 'carla']);
    await idle();
    anna.answer(false);
    await idle();
    anna.media.problem = { device: 'microphone', detail: 'busy' };
    anna.accepted.send({ callId: exchange.callId });
    await idle();
    expect(anna.view.ending).toMatchObject({ text: 'call.media.microphone.busy', offer: null });
  });
});

describe('people who are added to a call', () => {
  async function talkPrivately(): Promise<void> {
    anna.place('bao', 1);
    await idle();
    await joins(bao);
  }

  it('make a group call of one between two, with what was heard before', async () => {
    await talkPrivately();
    expect(anna.view.group).toBeNull();
    expect(await anna.controller.inCall.invite(['carla'])).toBeNull();
    expect(states()).toEqual(['anna active', 'bao active', 'carla ringing']);
  });

  it('come to whoever is talked to as well', async () => {
    await bao.call('anna');
    await idle();
    anna.answer(false);
    await idle();
    anna.accepted.send({ callId: exchange.callId });
    await idle();
    await bao.session.extend(['carla']);
    await idle();
    expect(anna.view.group?.others.map(({ userId }) => userId)).toEqual(['bao', 'carla']);
  });

  it('are refused in words where the group has no such member', async () => {
    await place();
    await joins(bao);
    new Phone(exchange, 'emil');
    expect(await anna.controller.inCall.invite(['emil'])).toBe('not-in-group');
    expect(states()).toEqual(['anna active', 'bao active', 'carla ringing']);
  });

  it('cannot come before the other one of two is there', async () => {
    anna.place('bao', 1);
    await idle();
    expect(await anna.controller.inCall.invite(['carla'])).toBe('call-over');
  });
});

describe('video in an audio call', () => {
  async function talk(): Promise<void> {
    anna.place('bao', 1);
    await idle();
    await joins(bao);
  }

  it('comes when the other one agrees, with the camera of whoever asked', async () => {
    await talk();
    await anna.controller.inCall.askForVideo();
    expect(anna.view).toMatchObject({ videoQuestion: 'own', isVideo: false, isCameraOn: false });
    await bao.session.answerVideo(true);
    await idle();
    expect(anna.view).toMatchObject({ videoQuestion: null, isVideo: true, isCameraOn: true });
  });

  it('does not come when the other one declines, and that is told', async () => {
    await talk();
    await anna.controller.inCall.askForVideo();
    await bao.session.answerVideo(false);
    await idle();
    expect(anna.view).toMatchObject({ videoQuestion: null, isVideo: false });
    expect(news()).toEqual(['call.video.refused bao']);
  });

  it('can be taken back without a word', async () => {
    await talk();
    await anna.controller.inCall.askForVideo();
    await anna.controller.inCall.takeVideoBack();
    await idle();
    expect(anna.view).toMatchObject({ videoQuestion: null, canAskForVideo: true, news: [] });
    expect(bao.session.getVideoAsk()).toBeNull();
  });

  it.each([
    ['camera', true, true],
    ['watch', true, false],
    ['no', false, false],
  ] as const)('that is asked for is answered with %s', async (answer, isVideo, isCameraOn) => {
    await talk();
    await bao.session.askForVideo();
    await idle();
    expect(anna.view.videoQuestion).toBe('theirs');
    await anna.controller.inCall.answerVideo(answer);
    await idle();
    expect(anna.view).toMatchObject({ videoQuestion: null, isVideo, isCameraOn });
    expect(bao.session.getMediaType()).toBe(isVideo ? 2 : 1);
  });

  it('that nobody answers in time is over', async () => {
    await talk();
    await anna.controller.inCall.askForVideo();
    exchange.linkAll();
    exchange.passTime(31_000);
    await idle();
    expect(anna.view).toMatchObject({ videoQuestion: null, canAskForVideo: true, isVideo: false });
    expect(news()).toEqual(['call.video.refused bao']);
  });

  it('comes at once in a group', async () => {
    await place(1);
    await joins(bao);
    await anna.controller.inCall.askForVideo();
    await idle();
    expect(anna.view).toMatchObject({ isVideo: true, isCameraOn: true, videoQuestion: null });
  });
});
