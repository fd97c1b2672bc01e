/** What takes part in the comparison: two phones that can call each other, and the names of their marks. */
import type { Devtools, Page } from '../../scripts/lib/devtools';
import { type ElectronProcess, startElectron } from '../../scripts/lib/electron-process';
import type { Env } from '../../tests/support/child';
import type { Cleanup } from '../../tests/support/cleanup';
import { pictureFile, toneFile } from '../../tests/support/media-files';
import { makeScratchDir } from '../../tests/support/scratch';
import type { PageName, StageName } from './stages';

export interface Phone {
  readonly process: ElectronProcess;
  readonly devtools: Devtools;
  /** The page with the call buttons, ready to call the other phone. */
  readonly home: Page;
}

export interface Contender {
  readonly caller: Phone;
  readonly callee: Phone;
  readonly marks: Readonly<Record<StageName, string>>;
  /** A part of the page's address. */
  readonly pages: Readonly<Record<PageName, string>>;
}

/** The files that a phone's microphone and camera play without end. */
export interface Input {
  readonly voice: string;
  readonly picture: string;
}

/** The same for every phone of every contender: 640x480, 15 pictures a second. */
export const benchInput = async (): Promise<Input> => ({
  voice: await toneFile(440),
  picture: await pictureFile('blue'),
});

export interface PhoneStart {
  readonly app: string;
  readonly name: string;
  readonly input: Input;
  readonly flags?: readonly string[];
  readonly env: Env;
}

export async function startPhone(
  { app, name, input, flags = [], env }: PhoneStart,
  cleanup: Cleanup,
): Promise<ElectronProcess> {
  const data = cleanup.own(makeScratchDir(name));
  const started = await startElectron({
    app,
    dataFolder: data.path,
    flags: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${input.voice}`,
      `--use-file-for-fake-video-capture=${input.picture}`,
      '--lang=en-US',
      // The machine may have no network at all but loopback.
      '--allow-loopback-in-peer-connection',
      ...flags,
    ],
    env,
    startPages: ['/home.html', '/incoming.html'],
  });
  return cleanup.own(started);
}
