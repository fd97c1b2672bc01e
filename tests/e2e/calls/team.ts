/** People at their desks around one server that is a program of its own; one of them may have two desks. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { Cleanup } from '../../support/cleanup';
import { openDesks, type Desk, type DeskOptions } from '../../support/desk';
import type { PictureColor, PictureSize } from '../../support/media-files';
import { anna, bao, chen, dora, type Person } from '../../support/people';
import { startServerProcess, type ServerProcess } from '../../support/server-process';
import { waitFor } from '../../support/wait';

/** Every seat has a voice of its own, so that it is known by ear who is heard. */
const seats = {
  anna: { person: anna, toneHz: 1000 },
  bao: { person: bao, toneHz: 440 },
  baoAtHome: { person: bao, toneHz: 620 },
  chen: { person: chen, toneHz: 780 },
  dora: { person: dora, toneHz: 1350 },
} as const;

/** The cameras of those who have one. */
const colors: Partial<Record<Seat, PictureColor>> = { anna: 'orange', chen: 'green' };

export const colorOf = (seat: Seat): PictureColor => colors[seat] ?? 'blue';

export type Seat = keyof typeof seats;

export const voiceOf = (seat: Seat): number => seats[seat].toneHz;

export const voices = Object.values(seats).map(({ toneHz }) => toneHz);

export interface TeamOptions {
  /** Who has an account beside Anna, Bao and Chen. */
  readonly others?: readonly Person[];
  readonly config?: Readonly<Record<string, unknown>>;
  /** Where somebody finds the server, when it is not the server's own address. */
  readonly addressOf?: (seat: Seat, server: ServerProcess) => Promise<string>;
  readonly places?: Partial<Record<Seat, DeskOptions['place']>>;
  /** With pictures there are fake devices instead of sound cards. */
  readonly withPictures?: boolean;
  readonly pictureSize?: PictureSize;
  readonly packaged?: boolean;
  /** Whose desktops have a tray, notifications and a screen reader. */
  readonly withShell?: readonly Seat[];
  readonly around?: Partial<Record<Seat, DeskOptions['around']>>;
}

export interface Team {
  readonly server: ServerProcess;
  desk(seat: Seat): Desk;
  /** Ends whatever a failed test left, so that the next one starts from nothing. */
  endCalls(): Promise<void>;
  close(): Promise<void>;
}

export async function openTeam(at: readonly Seat[], options: TeamOptions = {}): Promise<Team> {
  const cleanup = new Cleanup();
  try {
    const config = options.config === undefined ? {} : { config: options.config };
    const people = [anna, bao, chen, ...(options.others ?? [])];
    const starting = startServerProcess({ people, ...config });
    const opening = openDesks(...at.map((seat) => deskOptions(seat, options)));
    // Whichever of the two fails, the other one is closed.
    const none = (): undefined => undefined;
    cleanup.add(() => starting.then((made) => made.close(), none));
    cleanup.add(() => opening.then((made) => Promise.all(made.map((desk) => desk.close())), none));
    const [server, desks] = await Promise.all([starting, opening]);
    const bySeat = new Map(at.map((seat, index) => [seat, desks[index]]));
    const signIn = async ([seat, desk]: [Seat, Desk | undefined]): Promise<void> => {
      await desk?.signIn((await options.addressOf?.(seat, server)) ?? server.url);
    };
    await Promise.all([...bySeat].map(signIn));
    return {
      server,
      desk: (seat) => {
        const desk = bySeat.get(seat);
        if (!desk) throw new Error(`Nobody sits at ${seat}.`);
        return desk;
      },
      endCalls: async () => {
        await Promise.all(desks.map(endCallsAt));
        server.forgetEndings();
      },
      close: () => cleanup.close(),
    };
  } catch (error) {
    await cleanup.close();
    throw error;
  }
}

function deskOptions(
  seat: Seat,
  { places, withPictures, pictureSize, packaged, withShell, around }: TeamOptions,
): DeskOptions {
  const place = places?.[seat];
  const beside = around?.[seat];
  return {
    ...seats[seat],
    ...(withPictures ? { picture: colorOf(seat) } : {}),
    ...(pictureSize === undefined ? {} : { pictureSize }),
    ...(packaged === undefined ? {} : { packaged }),
    ...(place === undefined ? {} : { place }),
    ...(beside === undefined ? {} : { around: beside }),
    ...(withShell?.includes(seat) ? { shell: 'read' as const } : {}),
  };
}

/** For several presses, each of which may hit a window that just changes. */
const endsWithinMs = 20_000;

/** Until nothing is left: while one side hangs up, the other's window changes under the click. */
async function endCallsAt(desk: Desk): Promise<void> {
  let isOver = false;
  const over = desk.waitForNoCall(endsWithinMs).finally(() => (isOver = true));
  over.catch(() => undefined);
  const press = async (): Promise<boolean> => {
    if (!isOver) await pressEnds(desk);
    return isOver;
  };
  const what = `the end of ${desk.person.name}’s calls`;
  // Longer than the other wait, which says what is left.
  await waitFor(press, { what, withinMs: endsWithinMs + 5_000 });
  await over;
}

async function pressEnds(desk: Desk): Promise<void> {
  for (const page of [...desk.app.pages('call'), ...desk.app.pages('incoming')]) {
    const button = page.getByRole('button', { name: /^(Hang up|Decline|Close window)$/ }).last();
    // The other side's hang-up may close the window under this click.
    const isThere = await button.isVisible().catch(() => false);
    if (isThere) await button.click({ timeout: 2_000 }).catch(() => undefined);
  }
}

/** A call that both are in, each heard at the other's speaker. */
export async function talk(from: Desk, to: Desk, voices: { from: number; to: number }) {
  const calling = await from.call(to.person, 'Audio call');
  const answered = await to.accept();
  await bothHear(from, to, voices);
  return { calling, answered };
}

export async function bothHear(
  from: Desk,
  to: Desk,
  voices: { readonly from: number; readonly to: number },
  withinMs = 15_000,
): Promise<void> {
  await Promise.all([
    from.sound.waitForTone(voices.to, { withinMs }),
    to.sound.waitForTone(voices.from, { withinMs }),
  ]);
}

export async function nothingHeard(...desks: readonly Desk[]): Promise<void> {
  const all = desks.flatMap((desk) => voices.map((hz) => desk.sound.waitForToneGone(hz)));
  await Promise.all(all);
}

/** Nobody records the microphones, seen at the sound cards. */
export async function microphonesAreOff(...desks: readonly Desk[]): Promise<void> {
  for (const desk of desks) {
    await waitFor(async () => (await desk.sound.recordings()) === 0, {
      what: `${desk.person.name}’s microphone is off`,
    });
  }
}

/** What a call window says about its call. */
export async function says(page: Page, words: RegExp, withinMs = 10_000): Promise<void> {
  await page.getByRole('status').getByText(words).first().waitFor({ timeout: withinMs });
}

/** The click may close the window it is in, which may end before the click is reported as done. */
export async function press(page: Page, button: string): Promise<void> {
  const there = page.getByRole('button', { name: button, exact: true });
  await there.waitFor();
  await there.click().catch((error: unknown) => {
    if (!page.isClosed()) throw error;
  });
}

export async function choose(desk: Desk, other: Person): Promise<Page> {
  const home = await desk.home();
  // A window that another one covers paints nothing, and what does not paint cannot be clicked.
  await home.bringToFront();
  const people = home.getByRole('list', { name: 'People' });
  await people.getByRole('button', { name: other.name }).click();
  return home;
}

/** Ringing at `desk` for so long as a person needs to be sure that it does not ring. */
export async function doesNotRing(desk: Desk, ms = 1_500): Promise<void> {
  await delay(ms);
  const titles = (await desk.display.windows()).map(({ title }) => title);
  if (titles.includes('Incoming call')) throw new Error(`It rings at ${desk.person.name}.`);
}
