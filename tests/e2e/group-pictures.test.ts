/**
 * Three people with cameras of 15 frames a second: each window shows the other two, every picture of them, on a real
 * screen outside of the app; with them come their voices.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Desk } from '../support/desk';
import { tonesInPage } from '../support/listen';
import { looksLike, pictureColors, smallPicture } from '../support/media-files';
import { anna, bao, chen } from '../support/people';
import { type Area, picturesPerSecond } from '../support/presented';
import { waitFor } from '../support/wait';
import { answer, callInGroup, makeGroup, tileOf } from './calls/group';
import { type Seat, colorOf, voiceOf, voices } from './calls/team';
import { useTeam } from './calls/use-team';

/** Of 15: a screen without a graphics card draws two of them at once now and then. */
const fewestPictures = 12;
const mostPictures = 16;

interface Place {
  readonly seat: Seat;
  readonly desk: Desk;
  readonly page: Page;
  readonly others: readonly Seat[];
}

describe('a video call of three', () => {
  const seats = ['anna', 'bao', 'chen'] as const satisfies readonly Seat[];
  const team = useTeam(seats, { withPictures: true, pictureSize: smallPicture });
  beforeAll(() => makeGroup(team, 'Design', [anna, bao, chen]));

  it('shows each of them the others at 15 pictures a second, and lets them hear exactly those', async () => {
    const design = { name: 'Design', members: [bao, chen] };
    const calling = await callInGroup(team.desk('anna'), design, 'Video call');
    const answered = await Promise.all([answer(team.desk('bao')), answer(team.desk('chen'))]);
    const pages = [calling, ...answered];
    const places = seats.flatMap((seat, at): Place[] => {
      const page = pages[at];
      const others = seats.filter((other) => other !== seat);
      return page ? [{ seat, desk: team.desk(seat), page, others }] : [];
    });
    expect(places).toHaveLength(3);
    await Promise.all(places.map(seesOthers));
    await team.desk('anna').picture('group-video');
    // One screen after the other: filming takes a part of the machine that draws.
    for (const place of places) await seesEveryPicture(place);
    await Promise.all(places.map(hearsOthers));
  });

  async function seesOthers(place: Place): Promise<void> {
    for (const other of place.others) {
      const color = pictureColors[colorOf(other)];
      const sees = async (): Promise<boolean> => {
        const area = await areaOf(place, other);
        const screen = await place.desk.display.screenshot();
        return screen.share(area, (pixel) => looksLike(pixel, color)) > 0.6;
      };
      const what = `the picture of ${other} at ${place.seat}`;
      await waitFor(sees, { what, withinMs: 20_000, everyMs: 200 });
    }
  }

  async function seesEveryPicture(place: Place): Promise<void> {
    const areas = await Promise.all(place.others.map((other) => areaOf(place, other)));
    let seen: readonly number[] = [];
    const isSmooth = async (): Promise<boolean> => {
      seen = await picturesPerSecond(place.desk.display, areas);
      return seen.every((count) => count >= fewestPictures);
    };
    const what = `${fewestPictures} pictures a second at ${place.seat}`;
    await waitFor(isSmooth, { what, withinMs: 20_000 }).catch((cause: unknown) => {
      throw new Error(`${what}, but ${seen.join(' and ')}`, { cause });
    });
    for (const count of seen) expect(count).toBeLessThanOrEqual(mostPictures);
  }

  async function hearsOthers({ seat, page, others }: Place): Promise<void> {
    const wanted = voices.filter((hz) => others.map(voiceOf).includes(hz));
    let heard: readonly number[] = [];
    const isRight = async (): Promise<boolean> => {
      heard = await tonesInPage(page, voices);
      return isDeepStrictEqual(heard, wanted);
    };
    const what = `the voices of the others at ${seat} (${wanted.join(' and ')} Hz)`;
    await waitFor(isRight, { what, withinMs: 15_000 }).catch((cause: unknown) => {
      throw new Error(`${what}, but ${heard.join(' and ') || 'none'}`, { cause });
    });
  }

  /** Where the tile of a person is on the screen, without its edge. */
  async function areaOf({ seat, desk, page }: Place, other: Seat): Promise<Area> {
    const box = await tileOf(page, team.desk(other).person).boundingBox();
    if (!box) throw new Error(`${other} has no tile at ${seat}.`);
    const { x, y } = await desk.display.waitForWindow('Design');
    return {
      x: Math.round(x + box.x + 8),
      y: Math.round(y + box.y + 8),
      width: Math.round(box.width - 16),
      height: Math.round(box.height - 16),
    };
  }
});
