/** Who may call whom, and what the server decides between three people: busy, blocked, removed, both at once. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../../support/desk';
import { anna, bao } from '../../support/people';
import { bothHear, choose, doesNotRing, nothingHeard, press, says, talk, voiceOf } from './team';
import type { TeamInUse } from './use-team';

const voices = { from: voiceOf('anna'), to: voiceOf('bao') };

export function describeRules(team: TeamInUse): void {
  describe('what the server decides between people', () => {
    let annas: Desk;
    let baos: Desk;
    let chens: Desk;
    beforeAll(() => {
      annas = team.desk('anna');
      baos = team.desk('bao');
      chens = team.desk('chen');
    });

    it('flow 5: who calls somebody in a call hears busy, and the call goes on', async () => {
      await talk(annas, baos, voices);
      const calling = await chens.call(bao, 'Audio call');
      await says(calling, /Bao Chen is in another call/);
      await doesNotRing(baos);
      expect(await team.server.endings()).toMatchObject([
        { userId: 'bao', endReason: 4, seen: false },
        { userId: 'chen', endReason: 14 },
      ]);
      await bothHear(annas, baos, voices);
    });

    it('flow 10: who was blocked is told so, and nothing happens at the other end', async () => {
      const home = await choose(baos, anna);
      await home.getByRole('button', { name: 'Block', exact: true }).click();
      await home.getByRole('button', { name: 'Block calls' }).click();
      await home.getByRole('button', { name: 'Unblock' }).waitFor();
      const before = team.server.endedCalls();
      const calling = await annas.call(bao, 'Audio call');
      await says(calling, /Bao Chen does not take calls from you/);
      await doesNotRing(baos);
      expect(team.server.endedCalls()).toBe(before);
      await press(calling, 'Close window');
      await home.getByRole('button', { name: 'Unblock' }).click();
      await home.getByRole('button', { name: 'Block', exact: true }).waitFor();
      await talk(annas, baos, voices);
    });

    it('flow 21: an admin removes somebody from a call', async () => {
      const { calling, answered } = await talk(annas, baos, voices);
      const [callId = ''] = (await team.server.admin('call', 'list')).split('\t');
      const words = says(calling, /Bao Chen was taken out of the call/);
      const own = says(answered, /You were taken out of the call/);
      await team.server.admin('call', 'remove', callId, 'bao');
      await Promise.all([words, own]);
      await nothingHeard(annas, baos);
      expect(await team.server.endings()).toMatchObject([
        { userId: 'anna', endReason: 33 },
        { userId: 'bao', endReason: 23 },
      ]);
    });

    it('flow 22: two people who call each other at once are simply connected', async () => {
      const before = team.server.endedCalls();
      await Promise.all([choose(annas, bao), choose(baos, anna)]);
      const pressAt = async (desk: Desk): Promise<void> => {
        const home = await desk.home();
        await home.getByRole('button', { name: 'Audio call' }).click();
      };
      await Promise.all([pressAt(annas), pressAt(baos)]);
      await bothHear(annas, baos, voices);
      expect((await annas.display.windows()).map(({ title }) => title).sort()).toEqual(
        [bao.name, 'Peal'].sort(),
      );
      expect((await baos.display.windows()).map(({ title }) => title).sort()).toEqual(
        [anna.name, 'Peal'].sort(),
      );
      await press(await annas.callWindow(bao), 'Hang up');
      await Promise.all([annas.waitForNoCall(), baos.waitForNoCall()]);
      expect(team.server.endedCalls()).toBe(before + 1);
      expect(await team.server.endings()).toMatchObject([
        { userId: 'anna', endReason: 3 },
        { userId: 'bao', endReason: 13 },
      ]);
    });

    it('flow 22: calling somebody whose call rings here answers that call', async () => {
      await annas.call(bao, 'Audio call');
      await baos.incoming();
      await choose(baos, anna);
      await (await baos.home()).getByRole('button', { name: 'Audio call' }).click();
      await bothHear(annas, baos, voices);
      await press(await baos.callWindow(anna), 'Hang up');
      await annas.waitForNoCall();
      expect(await team.server.endings()).toMatchObject([
        { userId: 'anna', endReason: 13, direction: 'outgoing' },
        { userId: 'bao', endReason: 3, direction: 'incoming' },
      ]);
    });
  });
}
