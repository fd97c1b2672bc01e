/** A video call, seen on both screens outside of the apps: for the built app and for the packaged one. */
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Desk } from '../../support/desk';
import type { Rgb, Screenshot } from '../../support/display';
import { framesDecoded, heardInPage, openCameras } from '../../support/listen';
import { looksLike, pictureColors, type PictureColor } from '../../support/media-files';
import { bao } from '../../support/people';
import { PowerManager } from '../../support/power-manager';
import { waitFor } from '../../support/wait';
import { press, voiceOf } from './team';
import { useTeam } from './use-team';

const annaHz = voiceOf('anna');
const baoHz = voiceOf('bao');

export function describeVideoCall(title: string, options: { readonly packaged: boolean }): void {
  describe(title, () => {
    const team = useTeam(['anna', 'bao'], { ...options, withPictures: true });
    let annas: Desk;
    let baos: Desk;
    beforeAll(() => {
      annas = team.desk('anna');
      baos = team.desk('bao');
    });

    it('shows each the other’s moving picture and plays the voices', async () => {
      const calling = await annas.call(bao, 'Video call');
      const card = await baos.incoming();
      await card.getByText('Video call').waitFor();
      const answered = await baos.accept();
      await Promise.all([seesOf(annas, 'blue'), seesOf(baos, 'orange')]);
      await Promise.all([annas, baos].map(expectMovement));
      for (const page of [calling, answered]) {
        const before = await framesDecoded(page);
        await waitFor(async () => (await framesDecoded(page)) > before + 10, {
          what: 'ten more decoded frames',
        });
      }
      await waitFor(async () => near((await heardInPage(calling))?.hz, baoHz), {
        what: 'Bao’s tone',
      });
      await waitFor(async () => near((await heardInPage(answered))?.hz, annaHz), {
        what: 'Anna’s tone',
      });
      await annas.picture('video-call');
      await baos.picture('video-call');
    });

    // The package holds the same files: that they are all there, one call shows.
    if (options.packaged) return;

    it('camera off takes one’s picture from the other’s screen, and camera on brings it back', async () => {
      const calling = await annas.call(bao, 'Video call');
      await baos.accept();
      await seesOf(baos, 'orange');
      await calling.getByRole('button', { name: 'Turn camera off' }).click();
      await waitFor(async () => (await share(baos, 'orange')) < 0.01, {
        what: 'no orange on Bao’s screen',
      });
      await seesOf(annas, 'blue');
      expect(await openCameras(calling)).toBe(0);
      await baos.picture('video-camera-off');
      await calling.getByRole('button', { name: 'Turn camera on' }).click();
      await seesOf(baos, 'orange');
      expect(await openCameras(calling)).toBe(1);
    });

    it('goes on when the process that draws is killed, and when it is killed again', async () => {
      const calling = await annas.call(bao, 'Video call');
      const answered = await baos.accept();
      await Promise.all([seesOf(annas, 'blue'), seesOf(baos, 'orange')]);
      for (let kill = 1; kill <= 2; kill += 1) {
        annas.app.killPart('graphics');
        // What does not draw does not move.
        await expectMovement(annas);
        await seesOf(annas, 'blue');
      }
      const before = await framesDecoded(answered);
      await waitFor(async () => (await framesDecoded(answered)) > before + 5, {
        what: 'Anna’s camera at Bao’s end',
      });
      await waitFor(async () => near((await heardInPage(answered))?.hz, annaHz), {
        what: 'Anna’s tone',
      });
      expect(calling.isClosed()).toBe(false);
    });

    it('flow 23: one switches to audio, both pictures go, and the voices stay; the display may sleep then', async () => {
      const power = await PowerManager.start(annas.bus);
      onTestFinished(() => power.close());
      const calling = await annas.call(bao, 'Video call');
      const answered = await baos.accept();
      await power.waitFor({ machine: true, display: true });
      await Promise.all([seesOf(annas, 'blue'), seesOf(baos, 'orange')]);
      await calling.getByRole('button', { name: 'Switch to audio' }).click();
      await waitFor(async () => (await share(baos, 'orange')) < 0.01, {
        what: 'no orange on Bao’s screen',
      });
      await waitFor(async () => (await share(annas, 'blue')) < 0.01, {
        what: 'no blue on Anna’s screen',
      });
      expect(await Promise.all([calling, answered].map(openCameras))).toEqual([0, 0]);
      await answered.getByText(/Anna Li switched to audio/).waitFor();
      await power.waitFor({ machine: true, display: false });
      await waitFor(async () => near((await heardInPage(calling))?.hz, baoHz), {
        what: 'Bao’s tone',
      });
      await baos.picture('switched-to-audio');
      await press(calling, 'Hang up');
      await power.waitFor({ machine: false, display: false });
    });
  });
}

function near(heard: number | undefined, wanted: number): boolean {
  return heard !== undefined && Math.abs(heard - wanted) <= 15;
}

/** How much of the call window on the real screen has the colour of a picture. */
async function share(desk: Desk, color: PictureColor): Promise<number> {
  const { area, shot } = await callOnScreen(desk);
  return shot.share(area, (pixel) => looksLike(pixel, pictureColors[color]));
}

/** A picture that fills a good part of the window, not just a small corner. */
async function seesOf(desk: Desk, color: PictureColor): Promise<void> {
  await waitFor(async () => (await share(desk, color)) > 0.25, {
    what: `${color} fills the call window of ${desk.person.name}`,
    withinMs: 15_000,
    everyMs: 200,
  });
}

async function callOnScreen(
  desk: Desk,
): Promise<{ area: { x: number; y: number; width: number; height: number }; shot: Screenshot }> {
  const other = desk.person === bao ? 'Anna Li' : bao.name;
  const area = await desk.display.waitForWindow(other);
  return { area, shot: await desk.display.screenshot() };
}

/** The white bar wanders: within a few looks, many pixels are not what they were. */
async function expectMovement(desk: Desk): Promise<void> {
  const first = await callOnScreen(desk);
  const changed = async (): Promise<boolean> => {
    const { shot } = await callOnScreen(desk);
    return changedShare(first.shot, shot, first.area) > 0.02;
  };
  await waitFor(changed, { what: `movement on the screen of ${desk.person.name}`, everyMs: 200 });
}

function changedShare(
  before: Screenshot,
  after: Screenshot,
  area: { x: number; y: number; width: number; height: number },
): number {
  let asked = 0;
  let changed = 0;
  for (let y = area.y; y < area.y + area.height; y += 4) {
    for (let x = area.x; x < area.x + area.width; x += 4) {
      asked += 1;
      if (distance(before.pixel(x, y), after.pixel(x, y)) > 90) changed += 1;
    }
  }
  return changed / asked;
}

function distance(one: Rgb, other: Rgb): number {
  return (
    Math.abs(one.red - other.red) +
    Math.abs(one.green - other.green) +
    Math.abs(one.blue - other.blue)
  );
}
