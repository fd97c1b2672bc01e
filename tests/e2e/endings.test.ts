/**
 * How a call between two people ends: what each of them reads, what is still heard, and what stands in the history,
 * read from the server's database file. Numbers of flows are those of docs/call-spec.md.
 */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Desk } from '../support/desk';
import { anna, bao } from '../support/people';
import {
  choose,
  doesNotRing,
  microphonesAreOff,
  nothingHeard,
  press,
  says,
  talk,
  voiceOf,
} from './calls/team';
import { useTeam } from './calls/use-team';

/** So long that somebody can sign in meanwhile. */
const ringSeconds = 8;
const voices = { from: voiceOf('anna'), to: voiceOf('bao') };

const team = useTeam(['anna', 'bao'], { config: { ringSeconds } });
let annas: Desk;
let baos: Desk;
beforeAll(() => {
  annas = team.desk('anna');
  baos = team.desk('bao');
});

describe('ways a call between two people ends', () => {
  async function allIsOver(): Promise<void> {
    await Promise.all([annas.waitForNoCall(), baos.waitForNoCall()]);
    await nothingHeard(annas, baos);
    await microphonesAreOff(annas, baos);
  }

  it('flow 2: the caller hangs up', async () => {
    const { calling, answered } = await talk(annas, baos, voices);
    const words = says(answered, /Anna Li hung up/);
    await press(calling, 'Hang up');
    await words;
    await allIsOver();
    expect(await team.server.reasons()).toEqual({ anna: 3, bao: 13 });
  });

  it('flow 2: the callee hangs up', async () => {
    const { calling, answered } = await talk(annas, baos, voices);
    const words = says(calling, /Bao Chen hung up/);
    await press(answered, 'Hang up');
    await words;
    await allIsOver();
    expect(await team.server.reasons()).toEqual({ anna: 13, bao: 3 });
  });

  it('flow 3: the caller cancels, and the card goes', async () => {
    const calling = await annas.call(bao, 'Audio call');
    await baos.incoming();
    await says(calling, /Ringing/);
    await press(calling, 'Hang up');
    await allIsOver();
    expect(await team.server.reasons()).toEqual({ anna: 1, bao: 11 });
    const [, missed] = await team.server.endings();
    expect(missed).toMatchObject({ direction: 'incoming', seen: false });
  });

  it('flow 4: the callee declines, and the caller reads so', async () => {
    const calling = await annas.call(bao, 'Audio call');
    const card = await baos.incoming();
    const words = says(calling, /Bao Chen declined/);
    await press(card, 'Decline');
    await words;
    await annas.picture('declined');
    await press(calling, 'Close window');
    await allIsOver();
    expect(await team.server.reasons()).toEqual({ anna: 12, bao: 2 });
  });

  it('flow 6: nobody answers in time', async () => {
    const calling = await annas.call(bao, 'Audio call');
    await baos.incoming();
    await says(calling, /Bao Chen did not answer/, (ringSeconds + 5) * 1_000);
    await baos.waitForNoCall();
    await press(calling, 'Close window');
    await allIsOver();
    expect(await team.server.reasons()).toEqual({ anna: 15, bao: 5 });
  });

  it('flow 24: a call while a call exists is refused before any device opens', async () => {
    await talk(annas, baos, voices);
    const home = await choose(annas, bao);
    await home.getByRole('button', { name: 'Audio call' }).click();
    await home
      .getByRole('alert')
      .getByText(/There is a call already/)
      .waitFor();
    expect(await annas.sound.recordings()).toBe(1);
    expect((await annas.display.windows()).filter(({ title }) => title === bao.name)).toHaveLength(
      1,
    );
  });
});

describe('calls to somebody who is away', () => {
  beforeEach(() => baos.signOut());

  it('flow 7: it rings for the rest of the time when the callee comes online', async () => {
    const calling = await annas.call(bao, 'Audio call');
    await says(calling, /Not reachable: it will ring as soon as Bao Chen is online/);
    await baos.signIn(team.server.url);
    const card = await baos.incoming();
    expect(await card.getByRole('heading').textContent()).toContain(anna.name);
    await says(calling, /Ringing/);
    await baos.accept();
    await baos.sound.waitForTone(voices.from);
  });

  it('flow 7: it becomes a missed call when nobody comes', async () => {
    const calling = await annas.call(bao, 'Audio call');
    await says(calling, /Bao Chen did not answer/, (ringSeconds + 5) * 1_000);
    expect(await team.server.endings()).toEqual([
      { userId: 'anna', endReason: 15, direction: 'outgoing', seen: true },
      { userId: 'bao', endReason: 5, direction: 'incoming', seen: false },
    ]);
    await baos.signIn(team.server.url);
    await doesNotRing(baos);
  });

  it('flow 8: it becomes a missed call when the caller gives up', async () => {
    const calling = await annas.call(bao, 'Audio call');
    await says(calling, /Not reachable: it will ring as soon as Bao Chen is online/);
    await press(calling, 'Hang up');
    await annas.waitForNoCall();
    expect(await team.server.endings()).toMatchObject([
      { userId: 'anna', endReason: 1 },
      { userId: 'bao', endReason: 11, seen: false },
    ]);
    await baos.signIn(team.server.url);
    await doesNotRing(baos);
  });
});
