import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultAppSettings } from '#common/default-settings';
import type { AppSettings } from '#common/settings';
import { AppSettingsStore } from '#main/storage/app-settings';
import { openProfile } from '#main/storage/profile';
import { makeScratchDir, type ScratchDir } from '../../../support/scratch';
import { KeptLog } from '../silent-log';

let folder: ScratchDir;
let log: KeptLog;

beforeEach(() => {
  folder = makeScratchDir('settings');
  log = new KeptLog();
});
afterEach(() => folder.close());

const keyStore = { encrypt: () => Promise.resolve(null), decrypt: () => Promise.resolve(null) };
const open = (): AppSettingsStore =>
  new AppSettingsStore(
    openProfile({ folder: folder.path, keyStore, newId: () => 'id', log }).settings,
  );

const headset = { deviceId: 'h1', label: 'Headset' };

describe('what a person sets', () => {
  it('is as the system has it until then', () => {
    expect(open().value).toEqual(defaultAppSettings);
  });

  it('is kept, one thing at a time', () => {
    open().set({ theme: 'dark' });
    open().set({ language: 'zh-CN' });
    open().chooseDevices({ microphone: headset });
    open().chooseDevices({ ringSpeaker: headset });
    const { devices } = defaultAppSettings;
    expect(open().value).toEqual({
      ...{ ...defaultAppSettings, theme: 'dark', language: 'zh-CN' },
      devices: { ...devices, microphone: headset, ringSpeaker: headset },
    });
  });

  it('is told to everybody who listens, with the answer', () => {
    const store = open();
    const heard: AppSettings[] = [];
    store.onChanged((settings) => heard.push(settings));
    const answer = store.set({ theme: 'light' });
    expect(heard).toEqual([answer]);
    expect(answer).toEqual({ ...defaultAppSettings, theme: 'light' });
  });

  it('does not end with something that a page names and leaves undefined', () => {
    const sloppy = { theme: 'dark', language: undefined } as unknown as Partial<AppSettings>;
    open().set(sloppy);
    expect(open().value).toEqual({ ...defaultAppSettings, theme: 'dark' });
    expect(log.lines).toEqual([]);
  });
});
