import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  existsSync,
  lstatSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { autostartEntry, execLine } from '#main/system/autostart-entry';
import { isDefault, withDefault, withoutDefault } from '#main/system/default-apps';
import { linuxAutostart } from '#main/system/linux-autostart';
import { linuxPhoneLinks } from '#main/system/linux-phone-links';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'peal-system-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const command = ['/opt/Peal/peal', '--hidden'];

describe('starting at sign-in', () => {
  const path = (): string => join(folder, 'autostart', 'peal.desktop');
  const autostart = (of: readonly string[] | null = command) =>
    linuxAutostart({ configFolder: folder, command: of });

  it('is an entry of ours, and none when it is switched off', () => {
    const { read, set } = autostart();
    expect(read()).toEqual({ isOn: false, obstacle: null });
    set(true);
    expect(read()).toEqual({ isOn: true, obstacle: null });
    expect(readFileSync(path(), 'utf8')).toContain('\nExec="/opt/Peal/peal" "--hidden"\n');
    set(false);
    expect([read().isOn, existsSync(path())]).toEqual([false, false]);
  });

  it('leaves an entry alone that somebody else made, and says how it is', () => {
    mkdirSync(join(folder, 'autostart'));
    const foreign = '[Desktop Entry]\nExec=peal\n';
    writeFileSync(path(), foreign);
    const { read, set } = autostart();
    expect(read()).toEqual({ isOn: true, obstacle: 'foreign' });
    set(false);
    set(true);
    expect(readFileSync(path(), 'utf8')).toBe(foreign);
  });

  it.each(['Hidden=true', 'Hidden = true', 'X-GNOME-Autostart-enabled=false'])(
    'is off where the desktop wrote %s',
    (line) => {
      const { read, set } = autostart();
      set(true);
      const text = readFileSync(path(), 'utf8').replace(/^X-GNOME.*\n/m, '');
      writeFileSync(path(), `${text}${line}\n`);
      expect(read()).toEqual({ isOn: false, obstacle: null });
      set(true);
      expect(read().isOn).toBe(true);
    },
  );

  it('follows Peal to another folder', () => {
    autostart(['/old/peal', '--hidden']).set(true);
    autostart().read();
    expect(readFileSync(path(), 'utf8')).toBe(autostartEntry(command));
  });

  it.each([
    ['/opt/Peal/peal', '/opt/Peal/peal'],
    ['/home/a b/100%/peal', '/home/a b/100%/peal'],
    ['/a\\b"c', String.raw`/a\\b"c`],
  ])('is tried only while %s is there, which is named without quotes', (program, written) => {
    autostart([program, '--hidden']).set(true);
    expect(readFileSync(path(), 'utf8').split('\n')).toContain(`TryExec=${written}`);
  });

  it('is not offered where Peal is not installed', () => {
    expect(autostart(null).read().obstacle).toBe('not-installed');
  });

  it.each([
    ['/opt/Peal/peal', String.raw`"/opt/Peal/peal"`],
    ['/home/a b/peal', String.raw`"/home/a b/peal"`],
    ['/a"b', String.raw`"/a\\"b"`],
    ['/a$b`c', '"/a\\\\$b\\\\`c"'],
    ['/a\\b', String.raw`"/a\\\\b"`],
    ['/100%u', '"/100%%u"'],
  ])('writes the command %s as the specification wants it', (argument, written) => {
    expect(execLine([argument])).toBe(written);
  });

  it('writes no command that would become two lines', () => {
    expect(() => execLine(['/opt/peal\nX-Evil=1'])).toThrow('no such command');
  });
});

const tel = {
  types: ['x-scheme-handler/tel', 'x-scheme-handler/callto'],
  desktopId: 'peal.desktop',
};

describe('the list of programs that open links', () => {
  it('gets ours in front, and gives the former one back', () => {
    const before = [
      '# mine',
      '[Added Associations]',
      'x-scheme-handler/tel=other.desktop;',
      '',
      '[Default Applications]',
      'text/html=browser.desktop',
      'x-scheme-handler/tel=other.desktop',
      '',
    ].join('\n');
    const after = withDefault(before, tel);
    expect(isDefault(before, tel)).toBe(false);
    expect(isDefault(after, tel)).toBe(true);
    expect(after).toContain('x-scheme-handler/tel=peal.desktop;other.desktop;\n');
    expect(after).toContain('[Added Associations]\nx-scheme-handler/tel=other.desktop;\n');
    expect(after).toContain('text/html=browser.desktop\n');
    const without = withoutDefault(after, tel);
    expect(without).toContain('[Default Applications]\nx-scheme-handler/tel=other.desktop;\n');
    expect(without).not.toContain('peal');
    expect(withDefault(after, tel)).toBe(after);
  });

  it('begins where there was none, and ends empty of us', () => {
    const text = withDefault('', tel);
    expect(text).toBe(
      '[Default Applications]\nx-scheme-handler/tel=peal.desktop;\nx-scheme-handler/callto=peal.desktop;\n',
    );
    expect(withoutDefault(text, tel)).toBe('[Default Applications]\n');
    expect(withoutDefault('', tel)).toBe('');
  });

  it('is ours only where all of it is', () => {
    const half = '[Default Applications]\nx-scheme-handler/tel=peal.desktop\n';
    expect(isDefault(half, tel)).toBe(false);
    expect(isDefault(`[Added Associations]\n${withDefault('', tel).slice(23)}`, tel)).toBe(false);
  });
});

describe('opening phone links', () => {
  const links = (over: { isPackaged?: boolean } = {}) =>
    linuxPhoneLinks({
      configFolder: join(folder, 'config'),
      dataFolders: [join(folder, 'none'), join(folder, 'share')],
      isPackaged: true,
      ...over,
    });
  const install = (): void => {
    mkdirSync(join(folder, 'share', 'applications'), { recursive: true });
    writeFileSync(join(folder, 'share', 'applications', 'peal.desktop'), '');
  };

  it('is not offered to a copy that the desktop does not know', () => {
    expect(links().read().obstacle).toBe('not-installed');
    install();
    expect(links().read()).toEqual({ isOn: false, obstacle: null });
    expect(links({ isPackaged: false }).read().obstacle).toBe('not-installed');
  });

  it('keeps a link to the list a link', () => {
    install();
    mkdirSync(join(folder, 'config'));
    writeFileSync(join(folder, 'kept'), '');
    symlinkSync(join(folder, 'kept'), join(folder, 'config', 'mimeapps.list'));
    const { read, set } = links();
    set(true);
    expect(read().isOn).toBe(true);
    expect(lstatSync(join(folder, 'config', 'mimeapps.list')).isSymbolicLink()).toBe(true);
    set(false);
    expect([read().isOn, readFileSync(join(folder, 'kept'), 'utf8')]).toEqual([
      false,
      '[Default Applications]\n',
    ]);
  });
});
