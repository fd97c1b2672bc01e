/** The file by which a Linux desktop starts Peal at sign-in, as the Desktop Entry Specification wants it. */

/** By it we know a file of our own again; any other is somebody else's. */
const ownMark = 'X-Peal-Autostart=true';

export interface AutostartEntry {
  readonly isOwn: boolean;
  readonly isOn: boolean;
}

export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Peal',
    'Comment=Your phone rings from the moment you sign in',
    'Comment[zh_CN]=登录后即可接听来电',
    `TryExec=${tryExecLine(command)}`,
    `Exec=${execLine(command)}`,
    'Icon=peal',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    ownMark,
    '',
  ].join('\n');
}

/** A desktop switches an entry off by a line of its own, and leaves the file. */
export function readAutostartEntry(text: string): AutostartEntry {
  const lines = new Set(text.split('\n').map((line) => line.trim().replace(/\s*=\s*/, '=')));
  return {
    isOwn: lines.has(ownMark),
    isOn: !lines.has('Hidden=true') && !lines.has('X-GNOME-Autostart-enabled=false'),
  };
}

/** Without this file nothing is tried: the entry outlives a package that was removed. A plain string, without quotes. */
function tryExecLine([program = '']: readonly string[]): string {
  return program.replaceAll('\\', '\\\\');
}

/**
 * Every argument in quotes, which none of them needs to lack. Inside them four signs are escaped, then the backslashes
 * of the whole value once more, as in every value of the file; a percent sign would begin a field code.
 */
export function execLine(command: readonly string[]): string {
  return command
    .map((argument) => {
      // eslint-disable-next-line no-control-regex -- these are what is looked for
      if (/[\x00-\x1f\x7f]/.test(argument)) throw new Error('no such command can be written');
      const quoted = `"${argument.replace(/["`$\\]/g, String.raw`\$&`)}"`;
      return quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%');
    })
    .join(' ');
}
