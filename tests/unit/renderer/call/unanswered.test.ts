/** What the caller reads of people who have not answered, and of what they said instead. */
import { beforeEach, describe, expect, it } from 'vitest';
import { probeMs } from '#common/reach';
import { FakeExchange } from '../caller/support/fake-exchange';
import { Phone, idle } from '../caller/support/phone';
import { FakeWindow } from './support/fake-window';

const reply = 'I’ll call you back in 10 minutes.';

let exchange: FakeExchange;
let anna: FakeWindow;
let bao: Phone;

beforeEach(() => {
  exchange = new FakeExchange();
  anna = new FakeWindow(exchange, 'anna');
  bao = new Phone(exchange, 'bao');
});

const decline = (phone: Phone): unknown =>
  exchange.run(exchange.callId, { type: 'leave', why: 'hangup', reply, ...phone.bridge.self });

/** The time after which a device that is there has rung. */
function pass(): void {
  const due = anna.waiting.filter(({ ms }) => ms === probeMs);
  for (const { task } of due) task();
}

describe('a call between two that nobody has answered', () => {
  beforeEach(async () => {
    anna.place('bao', 1);
    await idle();
  });

  it('says that it rings, and on how many devices', () => {
    expect(anna.view.reach).toBeNull();
    bao.bridge.ring();
    expect(anna.view.reach).toEqual({ kind: 'ringing', devices: 1 });
    exchange.run(exchange.callId, { type: 'ringing', userId: 'bao', deviceId: 'bao-laptop' });
    expect(anna.view.reach).toEqual({ kind: 'ringing', devices: 2 });
  });

  it('says that the other one is not reachable when nothing rings for too long, until it does', () => {
    pass();
    expect(anna.view).toMatchObject({ phase: 'dialing', reach: { kind: 'unreachable' } });
    bao.bridge.ring();
    expect(anna.view).toMatchObject({ phase: 'ringing', reach: { kind: 'ringing' } });
  });

  it('says nothing of that once there is an answer, and waits for nothing any more', async () => {
    bao.bridge.ring();
    await idle();
    await bao.accept();
    await idle();
    expect(anna.view.reach).toBeNull();
    anna.controller.hangUp();
    expect(anna.waiting.filter(({ ms }) => ms === probeMs)).toEqual([]);
  });

  it('ends with what the other one says, and with time to read it and to call again', async () => {
    decline(bao);
    await idle();
    expect(anna.view.ending).toMatchObject({
      reply: { name: 'bao', text: reply },
      ...{ stay: 'act', offer: 'call-again' },
    });
  });
});

describe('a group call', () => {
  let carla: Phone;

  beforeEach(async () => {
    carla = new Phone(exchange, 'carla');
    exchange.group('design', 'anna', 'bao', 'carla');
    anna.placeGroup(['bao', 'carla']);
    await idle();
  });

  it('tells what somebody said while declining, among the news', async () => {
    decline(carla);
    await idle();
    expect(anna.view.news).toMatchObject([
      { text: 'members.news.replied', values: { name: 'CARLA', reply } },
    ]);
  });

  it('ends with the words of the last one who declined', async () => {
    await bao.session.hungup();
    decline(carla);
    await idle();
    expect(anna.view.ending?.reply).toEqual({ name: 'CARLA', text: reply });
  });
});
