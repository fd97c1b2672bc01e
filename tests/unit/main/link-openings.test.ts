/** The three ways in which systems hand over a link. */
import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { claimLinks, collectLinkOpenings } from '#main/link-openings';

const link = 'peal:call/anna';

function bench(argv: readonly string[] = ['Peal']) {
  const app = new EventEmitter();
  const told: (readonly string[])[] = [];
  const tellOf = collectLinkOpenings(app, argv);
  const openUrl = (address: string): boolean => {
    let isPrevented = false;
    app.emit('open-url', { preventDefault: () => (isPrevented = true) }, address);
    return isPrevented;
  };
  return { app, told, openUrl, listen: () => tellOf((texts) => told.push(texts)) };
}

it('are the arguments of the first start', () => {
  const { told, listen } = bench(['Peal.exe', link]);
  listen();
  expect(told).toEqual([['Peal.exe', link]]);
});

it('are the arguments of a later start, on Windows and Linux', () => {
  const { app, told, listen } = bench();
  listen();
  app.emit('second-instance', {}, ['Peal.exe', '--allow-file-access-from-files', link], '/');
  expect(told.at(-1)).toEqual(['Peal.exe', '--allow-file-access-from-files', link]);
});

it('are addresses on macOS, of which the first may come before anybody listens', () => {
  const { told, openUrl, listen } = bench();
  expect(openUrl(link)).toBe(true);
  expect(told).toEqual([]);
  listen();
  expect(told).toEqual([['Peal'], [link]]);
  openUrl('tel:+4930123');
  expect(told.at(-1)).toEqual(['tel:+4930123']);
});

it.each<[NodeJS.Platform, boolean, readonly string[]]>([
  ['win32', true, ['peal']],
  ['darwin', true, ['peal']],
  // There the desktop entry of the package says so.
  ['linux', true, []],
  ['win32', false, []],
])('lead here on %s, installed: %s', (platform, isPackaged, claimed) => {
  const schemes: string[] = [];
  const setAsDefaultProtocolClient = (scheme: string): boolean => schemes.push(scheme) > 0;
  claimLinks({ isPackaged, setAsDefaultProtocolClient }, platform);
  expect(schemes).toEqual(claimed);
});
