/** What must not end a call: a server that is killed, a window that crashes, an app that dies, a machine that sleeps. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../support/desk';
import { bao } from '../support/people';
import { waitFor } from '../support/wait';
import { bothHear, nothingHeard, press, says, talk, voiceOf } from './calls/team';
import { useTeam } from './calls/use-team';

const voices = { from: voiceOf('anna'), to: voiceOf('bao') };
/** A note of the usual ringtone, and of no voice. */
const ringHz = 880;
const graceSeconds = 12;
/** What a busy machine drops now and then, and a person hardly hears. */
const hiccupMs = 500;

describe('what a call outlives', () => {
  const team = useTeam(['anna', 'bao'], { config: { graceSeconds } });
  let annas: Desk;
  let baos: Desk;
  beforeAll(() => {
    annas = team.desk('anna');
    baos = team.desk('bao');
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
    const gaps = [annas.sound.listenForGaps(voices.to), baos.sound.listenForGaps(voices.from)];
    await team.server.kill();
    await delay(3_000);
    await team.server.start();
    await Promise.all([online(annas), online(baos)]);
    for (const gap of gaps) expect(gap.stop()).toBeLessThanOrEqual(hiccupMs);
    await press(calling, 'Hang up');
    await baos.waitForNoCall();
    expect(await team.server.endings()).toMatchObject([
      { userId: 'anna', endReason: 3 },
      { userId: 'bao', endReason: 13 },
    ]);
  });

  it('a window that is killed while it calls: the ring is unharmed, the window comes back', async () => {
    const calling = await annas.call(bao, 'Audio call');
    await baos.incoming();
    await killCallWindow(annas, calling);
    const again = await annas.callWindow(bao);
    await says(again, /Ringing/);
    await baos.accept();
    await bothHear(annas, baos, voices);
  });

  it('a card that hangs loses no ring: another one is painted in its place, and heard', async () => {
    const [former] = baos.app.pages('incoming');
    const [, card] = baos.app.rendererPids();
    const resume = halt(card);
    try {
      await annas.call(bao, 'Audio call');
      await waitFor(() => baos.app.pages('incoming').some((page) => page !== former), {
        what: 'another card',
      });
      await waitFor(() => former?.isClosed() === true, { what: 'the end of the one that hangs' });
      await baos.incoming();
      await baos.sound.waitForTone(ringHz);
      await baos.accept();
      await bothHear(annas, baos, voices);
    } finally {
      resume();
    }
  });

  it('a card that is killed comes back and can be answered', async () => {
    await annas.call(bao, 'Audio call');
    const former = await baos.incoming();
    const [, card] = baos.app.rendererPids();
    baos.app.expectProblem(/window incoming: page gone \(killed\)/);
    kill(card);
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
      const { calling, answered } = await talk(annas, baos, voices);
      if (who === 'caller') await killCallWindow(annas, calling);
      else await killCallWindow(baos, answered);
      await bothHear(annas, baos, voices, 8_000);
    },
  );

  it('a muted window that is killed comes back muted', async () => {
    const { calling } = await talk(annas, baos, voices);
    await press(calling, 'Mute');
    await baos.sound.waitForToneGone(voices.from);
    await killCallWindow(annas, calling);
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
    const again = await annas.callWindow(bao);
    await annas.sound.waitForTone(voices.to);
    // Nobody knows any more whether she was muted: she decides herself when she is heard.
    expect(baos.sound.toneNow(voices.from)).toBeLessThan(-60);
    await press(again, 'Unmute');
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

  it('home that is killed comes back, and the call never notices', async () => {
    const { calling } = await talk(annas, baos, voices);
    const gaps = [annas.sound.listenForGaps(voices.to), baos.sound.listenForGaps(voices.from)];
    const former = await annas.home();
    annas.app.expectProblem(/window home: page gone \(killed\)|Target crashed/);
    kill(annas.app.rendererPids()[0]);
    await waitFor(() => annas.app.pages('home').some((page) => page !== former), {
      what: 'another home',
    });
    await online(annas);
    for (const gap of gaps) expect(gap.stop()).toBeLessThanOrEqual(hiccupMs);
    expect(calling.isClosed()).toBe(false);
  });

  it('a machine that slept is back in the call within seconds', async () => {
    const { calling } = await talk(annas, baos, voices);
    annas.sleep();
    // Longer than the server waits for a beat in a call.
    const slept = delay(10_000);
    await baos.sound.waitForToneGone(voices.from);
    await slept;
    annas.wakeUp();
    await bothHear(annas, baos, voices, 5_000).catch(async (cause: unknown) => {
      const seen = await calling.locator('body').innerText();
      const said = annas.app.child.stderr().slice(-2_000);
      throw new Error(`Anna’s window says: ${seen}\nHer app says: ${said}`, { cause });
    });
  });

  /** The process of the newest page, which is the call's; another page takes its place. */
  async function killCallWindow(desk: Desk, page: Page): Promise<void> {
    desk.app.expectProblem(/window call: page gone \(killed\)|Target crashed/);
    kill(desk.app.rendererPids().at(-1));
    await waitFor(() => desk.app.pages('call').every((other) => other !== page), {
      what: 'the end of the page',
    });
    await waitFor(() => desk.app.pages('call').length > 0, { what: 'another page' });
  }

  function kill(pid: number | undefined): void {
    process.kill(existing(pid), 'SIGKILL');
  }

  /** It hangs until the result is called. Where Chromium has ended it meanwhile, there is nothing to wake. */
  function halt(pid: number | undefined): () => void {
    const there = existing(pid);
    process.kill(there, 'SIGSTOP');
    return () => {
      if (baos.app.rendererPids().includes(there)) process.kill(there, 'SIGCONT');
    };
  }

  /** Never 0, which would be all of these tests. */
  function existing(pid: number | undefined): number {
    if (!pid) throw new Error('There is no such process.');
    return pid;
  }

  async function online(desk: Desk): Promise<void> {
    const home = await desk.home();
    await home.getByRole('searchbox', { name: 'Search people' }).waitFor();
    await home.getByText(/Connecting…|The server does not answer/).waitFor({ state: 'hidden' });
  }
});
