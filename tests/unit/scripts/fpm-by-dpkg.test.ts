import { describe, expect, it } from 'vitest';
import { controlFile, parseArguments } from '../../../scripts/lib/fpm-by-dpkg.mjs';

const args = [
  ...['-s', 'dir', '--force', '-t', 'deb', '-d', 'libgtk-3-0', '-d', 'xdg-utils'],
  ...['--deb-recommends', 'dbus-bin', '--architecture=amd64', '--name', 'peal'],
  ...['--description', 'A phone\n For teams.\n\n And more.', '--version', '1.2.3~beta'],
  ...['--package', '/out/peal.deb', '/app/=/opt/Peal', '/tmp/a=b.desktop=/usr/share/peal.desktop'],
];

describe('what stands in for fpm', () => {
  it('reads the options, the repeated ones too, and the pairs of files', () => {
    const { options, pairs } = parseArguments(args);
    expect(options.get('--output-type')).toEqual(['deb']);
    expect(options.get('--depends')).toEqual(['libgtk-3-0', 'xdg-utils']);
    expect(options.get('--architecture')).toEqual(['amd64']);
    expect(pairs).toEqual([
      { from: '/app/', to: '/opt/Peal' },
      { from: '/tmp/a=b.desktop', to: '/usr/share/peal.desktop' },
    ]);
  });

  it('writes the control file that dpkg wants', () => {
    expect(controlFile(parseArguments(args).options, 1234)).toBe(
      [
        'Package: peal',
        'Version: 1.2.3~beta',
        'Architecture: amd64',
        'Installed-Size: 1234',
        'Depends: libgtk-3-0, xdg-utils',
        'Recommends: dbus-bin',
        'Section: net',
        'Priority: optional',
        'Description: A phone',
        ' For teams.',
        ' .',
        ' And more.',
        '',
      ].join('\n'),
    );
  });
});
