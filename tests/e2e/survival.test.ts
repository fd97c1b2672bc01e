/** What must not end a call: a server that is killed, a window that crashes, an app that dies, a machine that sleeps. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../support/desk';
import { anna, bao } from '../support/people';
import { heardDb } from '../support/sound';
import { waitFor } from '../support/wait';
import {
  bothHear,
  nothingHeard,
  openTeam,
  press,
  says,
  talk,
  voiceOf,
  type Team,
} from './calls/team';

const voices = { from: voiceOf('anna'), to: voiceOf('bao') };
const graceSeconds = 12;

describe('what a call outlives', () => {
  let team: Team;
  let annas: Desk;
  let baos: Desk;
  beforeAll(async () => {
    team = await openTeam(['anna', 'bao'], { config: { graceSeconds } });
    annas = team.desk('anna');
    baos = team.desk('bao');
  });
  afterEach(async () => {
    await team.endCalls();
  });
  afterAll(async () => {
    await team.close();
  });

  it('a server that is killed while it rings: the ring goes on, and can be answered', async () => {
    const calling = await annas.call(bao, 'Audio call');
    await baos.incoming();
    await team.server.kill();
    await team.server.start();
    await says(calling, /Ringing/);
    await baos.incoming();
    await online(baos);
    await baos.accept();
    await bothHear(annas, baos, voices);
  });

  it('a server that is killed during a call: the sound never stops, and the end is told', async () => {
    const { calling } = await talk(annas, baos, voices);
    const gaps = listenForGaps(baos, voices.from);
    await team.server.kill();
    await delay(3_000);
    await team.server.start();
    await Promise.all([online(annas), online(baos)]);
    expect(await gaps.stop()).toBe(0);
    await press(calling, 'Hang up');
    await baos.waitForNoCall();
    expect(await team.server.endings()).toMatchObject([
      { userId: 'anna', endReason: 3 },
      { userId: 'bao', endReason: 13 },
    ]);
  });

  it('a window that is killed while it calls: the ring is unharmed, the window comes back', async () => {
    await annas.call(bao, 'Audio call');
    await baos.incoming();
    await killCallWindow(annas);
    const again = await annas.callWindow(bao);
    await says(again, /Ringing/);
    await baos.accept();
    await bothHear(annas, baos, voices);
  });

  it('a card that is killed comes back and can be answered', async () => {
    await annas.call(bao, 'Audio call');
    const former = await baos.incoming();
    const [, card = 0] = baos.app.rendererPids();
    baos.app.expectProblem(/window incoming: page gone \(killed\)/);
    process.kill(card, 'SIGKILL');
    await waitFor(() => baos.app.pages('incoming').some((page) => page !== former), {
      what: 'another card',
    });
    await baos.incoming();
    await baos.accept();
    await bothHear(annas, baos, voices);
  });

  it.each(['caller', 'callee'] as const)(
    'a window of the %s that is killed in the call comes back with its sound',
    async (who) => {
      await talk(annas, baos, voices);
      const [desk, other] = who === 'caller' ? [annas, bao] : [baos, anna];
      await killCallWindow(desk);
      await desk.callWindow(other);
      await bothHear(annas, baos, voices, 8_000);
    },
  );

  it('a muted window that is killed comes back muted', async () => {
    const { calling } = await talk(annas, baos, voices);
    await press(calling, 'Mute');
    await baos.sound.waitForToneGone(voices.from);
    await killCallWindow(annas);
    const again = await annas.callWindow(bao);
    await again.getByRole('button', { name: 'Unmute' }).waitFor();
    await annas.sound.waitForTone(voices.to);
    expect(baos.sound.toneNow(voices.from)).toBeLessThan(-60);
    await press(again, 'Unmute');
    await baos.sound.waitForTone(voices.from);
  });

  it('an app that is killed and started again goes back into its call', async () => {
    await talk(annas, baos, voices);
    await annas.kill();
    await annas.start();
    const home = await annas.home();
    await home.getByText(/You are still in a call with Bao Chen/).waitFor();
    await press(home, 'Return');
    await annas.callWindow(bao);
    await bothHear(annas, baos, voices);
  });

  it('an app that is killed and stays away: the other side ends in time and may call again', async () => {
    const { answered } = await talk(annas, baos, voices);
    await annas.kill();
    await says(answered, /Anna Li lost the connection/, (graceSeconds + 15) * 1_000);
    await nothingHeard(baos);
    await annas.start();
    await online(annas);
    await press(answered, 'Call again');
    await annas.accept();
    await bothHear(annas, baos, voices);
  });

  it('a machine that slept is back in the call within seconds', async () => {
    await talk(annas, baos, voices);
    annas.sleep();
    await delay(6_000);
    annas.wakeUp();
    await bothHear(annas, baos, voices, 5_000);
  });

  async function killCallWindow(desk: Desk): Promise<void> {
    const pid = desk.app.rendererPids().at(-1) ?? 0;
    desk.app.expectProblem(/window call: page gone \(killed\)|Target crashed/);
    process.kill(pid, 'SIGKILL');
    await waitFor(() => !desk.app.rendererPids().includes(pid), { what: 'the end of the window' });
  }

  async function online(desk: Desk): Promise<void> {
    const home = await desk.home();
    await home.getByRole('searchbox', { name: 'Search people' }).waitFor();
    await home.getByText(/Connecting…|The server does not answer/).waitFor({ state: 'hidden' });
  }
});

/** Counts the looks at which a tone was not there. */
function listenForGaps(desk: Desk, hz: number): { stop(): Promise<number> } {
  const stopping = new AbortController();
  let gaps = 0;
  const listen = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      if (desk.sound.toneNow(hz) < heardDb) gaps += 1;
      await delay(200);
    }
  };
  const listening = listen();
  return {
    stop: async () => {
      stopping.abort();
      await listening;
      return gaps;
    },
  };
}
