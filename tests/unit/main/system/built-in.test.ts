/** What Peal asks of Electron on Windows and macOS. */
import type { LoginItemSettings, Settings } from 'electron';
import { expect, it } from 'vitest';
import { builtInAutostart, builtInPhoneLinks } from '#main/system/built-in';
import { isHiddenStart } from '#main/system/hidden-start';

/** Windows' list of programs and the one of macOS, as far as Electron shows them. */
class FakeApp {
  isPackaged = true;
  isSwitchedOffByThePerson = false;
  readonly asked: unknown[] = [];
  readonly schemes = new Set<string>();
  #item: Settings | null = null;

  getLoginItemSettings = (options?: object): LoginItemSettings => {
    this.asked.push(options);
    const openAtLogin = this.#item?.openAtLogin === true;
    return {
      openAtLogin,
      executableWillLaunchAtLogin: openAtLogin && !this.isSwitchedOffByThePerson,
      ...{ wasOpenedAtLogin: true, status: 'enabled', launchItems: [] },
    };
  };

  setLoginItemSettings = (settings: Settings): void => {
    this.asked.push(settings);
    this.#item = settings;
  };

  isDefaultProtocolClient = (scheme: string): boolean => this.schemes.has(scheme);
  setAsDefaultProtocolClient = (scheme: string): boolean => !!this.schemes.add(scheme);
  removeAsDefaultProtocolClient = (scheme: string): boolean => this.schemes.delete(scheme);
}

it.each([
  ['win32', { args: ['--hidden'] }],
  ['darwin', {}],
] as const)('starts at sign-in on %s, hidden, and no longer', (platform, item) => {
  const app = new FakeApp();
  const autostart = builtInAutostart(app, platform);
  expect(autostart.read()).toEqual({ isOn: false, obstacle: null });
  autostart.set(true);
  expect(autostart.read()).toEqual({ isOn: true, obstacle: null });
  autostart.set(false);
  expect(autostart.read()).toEqual({ isOn: false, obstacle: null });
  expect(app.asked).toEqual([
    item,
    { ...item, openAtLogin: true },
    item,
    { ...item, openAtLogin: false },
    item,
  ]);
});

it('says that it does not start where the person has switched it off in the task manager of Windows', () => {
  const app = new FakeApp();
  const autostart = builtInAutostart(app, 'win32');
  autostart.set(true);
  app.isSwitchedOffByThePerson = true;
  expect(autostart.read().isOn).toBe(false);
});

it('takes the links of both kinds of phones, and counts as on only with both', () => {
  const app = new FakeApp();
  const links = builtInPhoneLinks(app);
  links.set(true);
  expect([links.read().isOn, [...app.schemes]]).toEqual([true, ['tel', 'callto']]);
  app.schemes.delete('callto');
  expect(links.read().isOn).toBe(false);
  links.set(false);
  expect([...app.schemes]).toEqual([]);
});

it('offers neither to a copy that is not installed', () => {
  const app = new FakeApp();
  app.isPackaged = false;
  const off = { isOn: false, obstacle: 'not-installed' };
  expect(builtInAutostart(app, 'win32').read()).toEqual(off);
  expect(builtInPhoneLinks(app).read()).toEqual(off);
});

it.each<[NodeJS.Platform, string[], boolean]>([
  ['linux', ['peal', '--hidden'], true],
  ['linux', ['peal'], false],
  ['win32', ['Peal.exe', '--hidden'], true],
  ['win32', ['Peal.exe'], false],
  // Nothing of it stands in the arguments: the system says that it was the sign-in.
  ['darwin', ['Peal'], true],
])('on %s %j is a start without a window: %s', (platform, argv, isHidden) => {
  expect(isHiddenStart(new FakeApp(), { platform, argv })).toBe(isHidden);
});
