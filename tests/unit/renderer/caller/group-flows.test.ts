/**
 * Calls of several people (call-api.md, flows of groups), every end at once: real callers, the server's real rules, no
 * network and no devices. "[group …]" is the row of that table.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { timing } from '#protocol/limits';
import { FakeExchange } from './support/fake-exchange';
import { FakeDeviceTrack } from './support/fake-media';
import { Phone, idle } from './support/phone';

let exchange: FakeExchange;
let anna: Phone;
let bao: Phone;
let chen: Phone;
let dan: Phone;
let eva: Phone;

beforeEach(() => {
  exchange = new FakeExchange();
  [anna, bao, chen, dan, eva] = ['anna', 'bao', 'chen', 'dan', 'eva'].map(
    (userId) => new Phone(exchange, userId),
  ) as [Phone, Phone, Phone, Phone, Phone];
  exchange.group('design', 'anna', 'bao', 'chen', 'dan', 'eva');
});

const everybody = (): Phone[] => [anna, bao, chen, dan, eva];

function forget(): void {
  for (const phone of everybody()) phone.forget();
}

/** Anna calls, and everybody's card is painted. */
async function ring(...called: Phone[]): Promise<void> {
  await anna.callGroup(called.map((phone) => phone.bridge.self.userId));
  for (const phone of called) phone.bridge.ring();
  await idle();
}

async function accept(...phones: Phone[]): Promise<void> {
  for (const phone of phones) await phone.accept();
  await idle();
}

async function hangUp(phone: Phone): Promise<void> {
  await phone.hangUp();
  await idle();
}

describe('who is called', () => {
  it('[group call] rings for everybody: the caller hears three, each called one the two others', async () => {
    await ring(bao, chen, dan);
    expect(anna.diary).toEqual([
      'track(local audio) without session',
      'call 10000',
      'ringing(bao)',
      'ringing(chen)',
      'ringing(dan)',
    ]);
    expect(bao.diary).toEqual(['onSession', 'ringing(chen)', 'ringing(dan)']);
    expect(bao.session.getTargetId()).toBe('design');
    expect(bao.session.getConversationType()).toBe(3);
  });

  it('[group B accepts] is heard by the caller and by those who still ring', async () => {
    await ring(bao, chen);
    forget();
    await accept(bao);
    expect(anna.diary).toEqual(['accept(bao)']);
    expect(chen.diary).toEqual(['accept(bao)']);
    expect(anna.session.getState()).toBe(1);
    expect(chen.session.getState()).toBe(0);
  });

  it('[group C accepts later] is heard by everybody else', async () => {
    await ring(bao, chen, dan);
    await accept(bao);
    forget();
    await accept(chen);
    for (const phone of [anna, bao, dan]) expect(phone.diary).toEqual(['accept(chen)']);
  });

  it('[group C accepts later] does not start anybody’s timer anew', async () => {
    await ring(bao, chen);
    await accept(bao);
    exchange.nowMs += 5_000;
    await accept(chen);
    expect([anna, bao, chen].map(({ session }) => session.getElapsedMs())).toEqual([
      5_000, 5_000, 0,
    ]);
  });

  it('[group C rejects] is heard as 12, and the call goes on', async () => {
    await ring(bao, chen, dan);
    await accept(bao);
    forget();
    await hangUp(chen);
    expect(chen.diary).toEqual(['hungup 10000', 'close(2)']);
    for (const phone of [anna, bao, dan]) expect(phone.diary).toEqual(['H(chen,12)']);
  });

  it('[group C busy] is heard as 14, and C hears nothing of it', async () => {
    exchange.group('other', 'chen', 'eva');
    await chen.callGroup(['eva'], { targetId: 'other' });
    forget();
    await ring(bao, chen);
    expect(anna.diary).toEqual([
      'track(local audio) without session',
      'call 10000',
      'H(chen,14)',
      'ringing(bao)',
    ]);
    expect(bao.diary).toEqual(['onSession', 'H(chen,14)']);
    expect(chen.diary).not.toContain('onSession');
  });

  it('[group C never answers] is heard as 15 by all who are in it', async () => {
    await ring(bao, chen);
    await accept(bao);
    exchange.linkAll();
    forget();
    exchange.passTime(timing.ringMs);
    await idle();
    expect(chen.diary).toEqual(['close(5)']);
    for (const phone of [anna, bao]) expect(phone.diary).toEqual(['H(chen,15)']);
  });

  it('[group C never answers] is heard as 15 also when C is away', async () => {
    chen.bridge.isOffline = true;
    await anna.callGroup(['bao', 'chen']);
    await accept(bao);
    exchange.linkAll();
    forget();
    exchange.passTime(timing.ringMs);
    await idle();
    for (const phone of [anna, bao]) expect(phone.diary).toEqual(['H(chen,15)']);
  });

  it('[group nobody answers] ends with 15, and with 5 for those who were called', async () => {
    await ring(bao, chen);
    forget();
    exchange.passTime(timing.ringMs);
    await idle();
    expect(anna.diary).toEqual(['H(bao,15)', 'H(chen,15)', 'close(15)']);
    for (const phone of [bao, chen]) expect(phone.diary).toEqual(['close(5)']);
    for (const phone of [anna, bao, chen]) phone.expectReleased();
  });

  it('[group all refuse] ends with the reason of the last one', async () => {
    await ring(bao, chen);
    forget();
    await hangUp(bao);
    await hangUp(chen);
    expect(anna.diary).toEqual(['H(bao,12)', 'H(chen,12)', 'close(12)']);
    expect(bao.diary).toEqual(['hungup 10000', 'close(2)']);
    expect(chen.diary).toEqual(['H(bao,12)', 'hungup 10000', 'close(2)']);
  });

  it('[group mixed failures] are told one by one, and the last one counts', async () => {
    exchange.group('other', 'chen', 'eva');
    await chen.callGroup(['eva'], { targetId: 'other' });
    await ring(bao, chen, dan);
    await hangUp(bao);
    exchange.passTime(timing.ringMs);
    await idle();
    const ends = anna.diary.filter((line) => /^(H|close)\(/.test(line));
    expect(ends).toEqual(['H(chen,14)', 'H(bao,12)', 'H(dan,15)', 'close(15)']);
  });
});

describe('who leaves', () => {
  it('[group A cancels] before anybody answered ends it for all: 1 and 11', async () => {
    await ring(bao, chen);
    forget();
    await hangUp(anna);
    expect(anna.diary).toEqual(['hungup 10000', 'close(1)']);
    for (const phone of [bao, chen]) expect(phone.diary).toEqual(['H(anna,11)', 'close(11)']);
  });

  it('[group A leaves] with 3 while B is in it, and C may still come', async () => {
    await ring(bao, chen);
    await accept(bao);
    forget();
    await hangUp(anna);
    expect(anna.diary).toEqual(['hungup 10000', 'close(3)']);
    for (const phone of [bao, chen]) expect(phone.diary).toEqual(['H(anna,13)']);
    await accept(chen);
    expect(bao.diary).toEqual(['H(anna,13)', 'accept(chen)']);
    expect(bao.session.getCallerId()).toBe('anna');
  });

  it('[group B leaves] and the others go on', async () => {
    await ring(bao, chen);
    await accept(bao, chen);
    forget();
    await hangUp(bao);
    expect(bao.diary).toEqual(['hungup 10000', 'close(3)']);
    for (const phone of [anna, chen]) expect(phone.diary).toEqual(['H(bao,13)']);
    expect(anna.session.getRemoteUsers()).toMatchObject([{ userId: 'chen', state: 2 }]);
    expect(anna.session.getUserState('bao')).toBe(0);
  });

  it('[group last two] ends for both when one leaves', async () => {
    await ring(bao);
    await accept(bao);
    forget();
    await hangUp(bao);
    expect(anna.diary).toEqual(['H(bao,13)', 'close(13)']);
    expect(bao.diary).toEqual(['hungup 10000', 'close(3)']);
    for (const phone of [anna, bao]) phone.expectReleased();
  });

  it('[group last two] waits for a ring that goes on, and ends with 15 when that is over', async () => {
    await ring(bao, chen);
    await accept(bao);
    forget();
    await hangUp(bao);
    expect(anna.diary).toEqual(['H(bao,13)']);
    exchange.passTime(timing.ringMs);
    await idle();
    expect(anna.diary).toEqual(['H(bao,13)', 'H(chen,15)', 'close(15)']);
    expect(chen.diary).toEqual(['H(bao,13)', 'close(5)']);
  });

  it('[group all vanish] is told of each as 17, and ends with 13: nobody stays alone', async () => {
    await ring(bao, chen);
    await accept(bao, chen);
    forget();
    for (const { bridge } of [bao, chen]) {
      bridge.isOffline = true;
      exchange.run(exchange.callId, { type: 'device-lost', ...bridge.self });
    }
    exchange.passTime(timing.graceMs);
    await idle();
    expect(anna.diary).toEqual(['H(bao,17)', 'H(chen,17)', 'close(13)']);
    anna.expectReleased();
  });
});

describe('who is invited into the call', () => {
  async function invited(): Promise<void> {
    await ring(bao, chen);
    await accept(bao, chen);
    forget();
    expect(await bao.session.invite(['eva'], { extra: 'desk 4', pushTitle: 'Come' })).toEqual({
      code: 10000,
    });
    await idle();
  }

  it('[group invite] is told to the others, not to who asked, and rings', async () => {
    await invited();
    expect(bao.diary).toEqual([]);
    for (const phone of [anna, chen]) expect(phone.diary).toEqual(['member-modify(bao: eva)']);
    expect(eva.diary).toEqual(['onSession']);
    expect(eva.session.getCallerId()).toBe('anna');
    eva.bridge.ring();
    await idle();
    for (const phone of [anna, chen]) expect(phone.diary.at(-1)).toBe('ringing(eva)');
    expect(bao.diary).toEqual(['ringing(eva)']);
  });

  it('[group invite] names everybody who rings now', async () => {
    await ring(bao, dan);
    await accept(bao);
    forget();
    await bao.session.invite(['eva', 'chen']);
    await idle();
    for (const phone of [anna, dan]) {
      expect(phone.diary).toEqual(['member-modify(bao: dan eva chen)']);
    }
    // What was before is no news; who rings, is.
    expect(eva.diary).toEqual(['onSession', 'ringing(dan)']);
  });

  it('[group invite] brings words of its own, text by text before those of the call', async () => {
    anna.caller.setPushConfig(
      { pushTitle: 'Design', pushContent: 'calls you' },
      { pushTitle: 'Too late' },
    );
    await invited();
    expect(exchange.snapshot(exchange.callId)).toMatchObject({
      extra: 'desk 4',
      push: { callTitle: 'Come', callContent: 'calls you', hungupTitle: 'Too late' },
    });
    expect(eva.extras).toEqual(['desk 4']);
    await bao.session.invite(['dan']);
    expect(exchange.snapshot(exchange.callId).push?.callTitle).toBe('Come');
  });

  it('[group late join] is heard by all', async () => {
    await invited();
    forget();
    await accept(eva);
    for (const phone of [anna, bao, chen]) expect(phone.diary).toEqual(['accept(eva)']);
    expect(eva.session.getRemoteUsers().map(({ userId }) => userId)).toEqual([
      'anna',
      'bao',
      'chen',
    ]);
  });

  it('[group late join] brings every track that is there', async () => {
    await invited();
    await accept(eva);
    const { mesh } = eva.media;
    const others = exchange.snapshot(exchange.callId).legs.filter(({ userId }) => userId !== 'eva');
    for (const { legId } of others) {
      mesh.handlers.onRemoteTrack(legId, 'voice', new FakeDeviceTrack('audio').asTrack);
    }
    expect(eva.tracks.map((track) => track.getUserId())).toEqual(['eva', 'anna', 'bao', 'chen']);
  });

  it('[group invited busy] is heard as 14 by all, and by who asked', async () => {
    await ring(bao, chen);
    await accept(bao, chen);
    exchange.group('other', 'dan', 'eva');
    await dan.callGroup(['eva'], { targetId: 'other' });
    forget();
    expect(await bao.session.invite(['eva'])).toEqual({ code: 10000 });
    await idle();
    for (const phone of [anna, bao, chen]) expect(phone.diary).toEqual(['H(eva,14)']);
    expect(eva.diary).toEqual([]);
  });

  it('[group invited refuses] is heard as 12 by all', async () => {
    await invited();
    forget();
    await hangUp(eva);
    for (const phone of [anna, bao, chen]) expect(phone.diary).toEqual(['H(eva,12)']);
  });

  it('[group invited does not answer] is heard as 15 by all, and does not ring for ever', async () => {
    await invited();
    exchange.linkAll();
    forget();
    exchange.passTime(timing.ringMs);
    await idle();
    expect(eva.diary).toEqual(['close(5)']);
    for (const phone of [anna, bao, chen]) expect(phone.diary).toEqual(['H(eva,15)']);
  });

  it('[group not a member] gives 53203, called or invited', async () => {
    const stranger = new Phone(exchange, 'otto');
    expect(await stranger.callGroup(['bao'])).toMatchObject({ code: 53203 });
    stranger.expectReleased();
    await ring(bao);
    await accept(bao);
    expect(await anna.session.invite(['otto'])).toMatchObject({ code: 53203 });
  });

  it('[group full] gives 53901: at most nine people', async () => {
    const crowd = Array.from({ length: 9 }, (_none, index) => `guest-${index}`);
    for (const userId of crowd) exchange.connect(userId, `${userId}-desk`);
    expect(await anna.callGroup(crowd, { targetId: undefined } as never)).toMatchObject({
      code: 53901,
    });
  });

  it('[group invite 1:1] gives 53311 in a call between two; extend makes a group call of it', async () => {
    await anna.call('bao');
    await accept(bao);
    expect(await anna.session.invite(['chen'])).toEqual({ code: 53311 });
    forget();
    expect(await anna.session.extend(['chen'])).toEqual({ code: 10000 });
    await idle();
    expect(bao.diary).toEqual(['member-modify(anna: chen)']);
    expect(bao.session.getConversationType()).toBe(3);
    await accept(chen);
    expect(anna.diary).toEqual(['accept(chen)']);
    expect(bao.diary).toEqual(['member-modify(anna: chen)', 'accept(chen)']);
    await hangUp(anna);
    expect(chen.diary.at(-1)).toBe('H(anna,13)');
  });
});

describe('who comes without having been called', () => {
  it('[group join] is heard as an answer, and sees who is there', async () => {
    await ring(bao);
    await accept(bao);
    forget();
    await eva.enter(exchange.callId);
    await idle();
    expect(eva.diary).toEqual(['enter 10000', 'track(local audio)']);
    expect(eva.session.getRemoteUsers().map(({ userId }) => userId)).toEqual(['anna', 'bao']);
    for (const phone of [anna, bao]) expect(phone.diary).toEqual(['accept(eva)']);
    expect(eva.session.getState()).toBe(1);
  });

  it('comes back after having left', async () => {
    await ring(bao, chen);
    await accept(bao, chen);
    await hangUp(chen);
    forget();
    await chen.enter(exchange.callId);
    await idle();
    expect(anna.diary).toEqual(['accept(chen)']);
  });

  it('gets no session where the server says no', async () => {
    expect(await eva.enter('call-9')).toMatchObject({ code: 53201, problem: 'call-over' });
    eva.expectReleased();
  });
});

describe('what is seen and heard of several people', () => {
  const legOf = (userId: string): string =>
    exchange.snapshot(exchange.callId).legs.findLast((leg) => leg.userId === userId)?.legId ?? '';

  it('is sent as large as it is shown, each person by themselves', async () => {
    await ring(bao, chen);
    anna.session.setShownHeight('bao', 240);
    await accept(bao, chen);
    anna.session.setShownHeight('chen', 0);
    expect([...anna.media.mesh.shownHeights]).toEqual([
      [legOf('bao'), 240],
      [legOf('chen'), 0],
    ]);
    expect(() => anna.session.setShownHeight('bao', -1)).toThrow('height');
    expect(() => anna.session.setShownHeight('bao', Number.NaN)).toThrow('height');
  });

  it('keeps its size for somebody who left and was asked in again', async () => {
    await ring(bao, chen);
    await accept(bao, chen);
    anna.session.setShownHeight('chen', 180);
    const former = legOf('chen');
    await hangUp(chen);
    await anna.session.invite(['chen']);
    await accept(chen);
    expect(legOf('chen')).not.toBe(former);
    expect(anna.media.mesh.shownHeights.get(legOf('chen'))).toBe(180);
  });

  it('names who speaks, oneself included, and nobody who has left', async () => {
    const spoken: (readonly string[])[] = [];
    const onSpeakingChange = (userIds: readonly string[]): number => spoken.push(userIds);
    const listener = { ...anna.listener(), onSpeakingChange };
    await anna.callGroup(['bao', 'chen'], { listener });
    await accept(bao, chen);
    const { handlers } = anna.media.mesh;
    handlers.onSpeaking?.([legOf('anna'), legOf('chen')]);
    const gone = legOf('chen');
    await hangUp(chen);
    handlers.onSpeaking?.([gone, legOf('bao')]);
    expect(spoken).toEqual([['anna', 'chen'], ['bao']]);
  });
});

describe('pictures in an audio call', () => {
  async function asked(): Promise<void> {
    await anna.call('bao');
    await accept(bao);
    forget();
    expect(await anna.session.askForVideo()).toEqual({ code: 10000 });
    await idle();
  }

  it('are asked for, and come when the other person says yes', async () => {
    await asked();
    expect(bao.diary).toEqual(['video?(anna)']);
    expect(bao.session.getVideoAsk()).toMatchObject({ userId: 'anna' });
    expect(await bao.session.answerVideo(true)).toEqual({ code: 10000 });
    await idle();
    expect(bao.diary).toEqual(['video?(anna)', 'media(anna,2)', 'video? over']);
    expect(anna.diary).toEqual(['video? over']);
    expect(anna.session.getMediaType()).toBe(2);
    expect(anna.media.openDevices.map(({ kind }) => kind)).toEqual(['audio']);
    expect(await anna.session.enableVideoTrack()).toEqual({ code: 10000 });
    expect(anna.media.openDevices.map(({ kind }) => kind)).toEqual(['audio', 'video']);
  });

  it('do not come when the other person says no', async () => {
    await asked();
    await bao.session.answerVideo(false);
    await idle();
    expect(anna.diary).toEqual(['video? over']);
    expect(anna.session.getMediaType()).toBe(1);
    expect(anna.session.getVideoAsk()).toBeNull();
    expect(await anna.session.enableVideoTrack()).toEqual({ code: 53309 });
  });

  it('are asked for until the question is taken back, or too old', async () => {
    await asked();
    await anna.session.answerVideo(false);
    await idle();
    expect(bao.diary).toEqual(['video?(anna)', 'video? over']);
    await bao.session.askForVideo();
    await idle();
    exchange.linkAll();
    exchange.passTime((anna.session.getVideoAsk()?.until ?? 0) - exchange.nowMs);
    await idle();
    expect(anna.diary).toEqual(['video? over', 'video?(bao)', 'video? over']);
    expect(bao.session.getVideoAsk()).toBeNull();
  });

  it('come at once in a call of several', async () => {
    await ring(bao, chen);
    await accept(bao, chen);
    forget();
    expect(await bao.session.askForVideo()).toEqual({ code: 10000 });
    await idle();
    for (const phone of [anna, chen]) expect(phone.diary).toEqual(['media(bao,2)']);
    expect(bao.diary).toEqual([]);
  });

  it('[flow 23] takes the pictures of everybody away in a call of several, and is told to the others', async () => {
    await ring(bao, chen);
    await accept(bao, chen);
    await anna.session.askForVideo();
    await idle();
    for (const phone of [anna, bao]) await phone.session.enableVideoTrack();
    forget();
    expect(await chen.session.descendAbility()).toEqual({ code: 10000 });
    await idle();
    expect(chen.diary).toEqual([]);
    for (const phone of [anna, bao]) {
      expect(phone.diary).toEqual(['media(chen,1)']);
      expect(phone.media.openDevices.map(({ kind }) => kind)).toEqual(['audio']);
    }
  });
});
