/**
 * Chosen devices, on sound cards with two microphones and two loudspeakers: heard at the other end and at the card, in
 * the call, in the settings and after a restart.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../../support/desk';
import { toneFile } from '../../support/media-files';
import { bao } from '../../support/people';
import type { OtherSpeaker } from '../../support/sound';
import { waitFor } from '../../support/wait';
import { bothHear, microphonesAreOff, press, talk, voiceOf } from './team';
import type { TeamInUse } from './use-team';

const voices = { from: voiceOf('anna'), to: voiceOf('bao') };
const headsetHz = 1320;
/** The note of the test tone (scripts/sounds). */
const testToneHz = 523;

export function describeDevices(team: TeamInUse): void {
  describe('chosen devices', () => {
    let annas: Desk;
    let baos: Desk;
    let box: OtherSpeaker;
    beforeAll(async () => {
      annas = team.desk('anna');
      baos = team.desk('bao');
      await annas.sound.plugOtherMicrophone('Headset', await toneFile(headsetHz));
      box = await annas.sound.plugSpeaker('Box');
    });

    it('the menu of the call changes microphone and loudspeaker at once', async () => {
      const { calling } = await talk(annas, baos, voices);
      for (const device of ['Headset', 'Box']) {
        await calling.getByRole('button', { name: 'Devices' }).click();
        await calling.getByRole('menuitemradio', { name: device }).click();
      }
      await baos.sound.waitForTone(headsetHz);
      await baos.sound.waitForToneGone(voices.from);
      await box.waitForTone(voices.to);
      await annas.sound.waitForToneGone(voices.to);
      await annas.picture('devices-chosen');
      await press(calling, 'Hang up');
      await annas.waitForNoCall();
    });

    it('the choice is kept for the next call, also after a restart', async () => {
      await annas.restart();
      const home = await annas.home();
      await home.getByRole('searchbox', { name: 'Search people' }).waitFor();
      const calling = await annas.call(bao, 'Audio call');
      await baos.accept();
      await baos.sound.waitForTone(headsetHz);
      await box.waitForTone(voices.to);
      await press(calling, 'Hang up');
      await annas.waitForNoCall();
    });

    it('the settings show the level, play the test tone where it was chosen, and close the microphone', async () => {
      const home = await annas.home();
      await home.keyboard.press('Control+,');
      await home.getByRole('tab', { name: 'Devices' }).click();
      const level = home.getByRole('meter', { name: 'Level of the microphone' });
      await waitFor(async () => Number(await level.getAttribute('aria-valuenow')) > 20, {
        what: 'the meter shows the tone in the microphone',
      });
      const microphone = home.getByRole('combobox', { name: 'Microphone' });
      expect(await microphone.locator('option:checked').textContent()).toContain('Headset');
      await microphone.selectOption({ label: 'System default' });
      await waitFor(async () => (await annas.sound.recordings()) === 1, {
        what: 'the microphone of the system is open',
      });
      await press(home, 'Play test tone');
      await box.waitForTone(testToneHz);
      await home.getByRole('combobox', { name: 'Loudspeaker', exact: true }).selectOption('');
      await press(home, 'Play test tone');
      await annas.sound.waitForTone(testToneHz);
      await home.keyboard.press('Escape');
      await home.getByRole('searchbox', { name: 'Search people' }).waitFor();
      await microphonesAreOff(annas);
      await talk(annas, baos, voices);
      await bothHear(annas, baos, voices);
    });
  });
}
