/** A line that stays dead, and one that leads elsewhere: what becomes of the call, and how fast. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../support/desk';
import { canMakeNetworks, startNetwork, type Network } from '../support/netns';
import { inNetwork } from './calls/in-network';
import { nothingHeard, says, talk, voiceOf } from './calls/team';
import { useTeam } from './calls/use-team';

const voices = { from: voiceOf('anna'), to: voiceOf('bao') };

describe.skipIf(!canMakeNetworks)('a line that stays dead', () => {
  const graceSeconds = 8;
  let network: Network;
  const team = useTeam(['anna', 'bao'], async (cleanup) => {
    network = cleanup.own(await startNetwork());
    return { config: { graceSeconds }, ...inNetwork(network) };
  });
  let annas: Desk;
  let baos: Desk;
  beforeAll(() => {
    annas = team.desk('anna');
    baos = team.desk('bao');
  });
  afterEach(async () => {
    await network.mend();
  });

  it('flow 12: who lost the network is waited for, then the call ends with a reason at both ends', async () => {
    const { calling, answered } = await talk(annas, baos, voices);
    await network.cutDesk('a');
    await says(answered, /Reconnecting/);
    await says(answered, /Anna Li lost the connection/, (graceSeconds + 15) * 1_000);
    expect(await team.server.endings()).toMatchObject([
      { userId: 'anna', endReason: 7 },
      { userId: 'bao', endReason: 17 },
    ]);
    await network.mend();
    await says(calling, /The connection was lost/, 20_000);
    await nothingHeard(annas, baos);
  });

  it('the sound is back within 5 s when a machine has another address', async () => {
    await talk(annas, baos, voices);
    await network.changeAddress('a');
    await Promise.all([
      annas.sound.waitForToneGone(voices.to, { withinMs: 5_000 }),
      baos.sound.waitForToneGone(voices.from, { withinMs: 5_000 }),
    ]);
    await Promise.all([
      annas.sound.waitForTone(voices.to, { withinMs: 5_000 }),
      baos.sound.waitForTone(voices.from, { withinMs: 5_000 }),
    ]);
  });
});
