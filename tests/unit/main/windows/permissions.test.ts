import { describe, expect, it } from 'vitest';
import { type PermissionGuard, mayCheck, mayRequest } from '#main/windows/permissions';
import { Pages } from '#main/windows/pages';
import { WindowRegistry } from '#main/windows/window-registry';

const inCall = { id: 1 };
const warm = { id: 2 };
const home = { id: 3 };
const testing = { id: 4 };
const card = { id: 5 };
const echo = { id: 6 };
const idle = new Set([warm.id, home.id]);
const homeUrl = 'app://peal/home.html';
const page = { isMainFrame: true, requestingUrl: 'app://peal/call.html' };

function guard(): PermissionGuard {
  const registry = new WindowRegistry();
  registry.add(inCall.id, 'call');
  registry.add(warm.id, 'call');
  registry.add(home.id, 'home');
  registry.add(testing.id, 'home');
  registry.add(card.id, 'incoming');
  registry.add(echo.id, 'echo');
  return {
    registry,
    pages: new Pages(undefined, () => 'system'),
    mayUseDevices: (_kind, id) => !idle.has(id),
  };
}

describe('a request for the microphone or the camera', () => {
  it('is granted to the page of a window in a call', () => {
    expect(mayRequest(guard(), inCall, 'media', page)).toBe(true);
  });

  it('is granted to home while it shows them in its settings', () => {
    const own = { ...page, requestingUrl: 'app://peal/home.html?lang=zh-CN' };
    expect(mayRequest(guard(), testing, 'media', own)).toBe(true);
  });

  it.each([
    ['a window without a call', warm, 'media', page],
    ['home while it shows none', home, 'media', { ...page, requestingUrl: homeUrl }],
    ['the page of another kind in home', testing, 'media', page],
    ['the card', card, 'media', { ...page, requestingUrl: 'app://peal/incoming.html' }],
    ['the window of Echo', echo, 'media', { ...page, requestingUrl: 'app://peal/echo.html' }],
    ['a window that is not ours', { id: 9 }, 'media', page],
    ['no window', null, 'media', page],
    ['a frame inside the page', inCall, 'media', { ...page, isMainFrame: false }],
    ['another page', inCall, 'media', { ...page, requestingUrl: homeUrl }],
    ['another permission', inCall, 'geolocation', page],
  ])('is refused to %s', (_who, contents, permission, details) => {
    expect(mayRequest(guard(), contents, permission, details)).toBe(false);
  });
});

describe('the check that lets candidates carry addresses, and devices their names', () => {
  it.each([
    ['media', 'app://peal'],
    ['media', 'app://peal/call.html'],
    ['speaker-selection', 'app://peal'],
  ])('answers yes for a window in a call (%s, %s)', (permission, origin) => {
    expect(mayCheck(guard(), inCall, permission, origin)).toBe(true);
  });

  it('lets the card choose where it rings, and home while it shows devices', () => {
    expect(mayCheck(guard(), card, 'speaker-selection', 'app://peal')).toBe(true);
    expect(mayCheck(guard(), testing, 'speaker-selection', 'app://peal')).toBe(true);
  });

  it.each([
    ['a window without a call', warm, 'media', 'app://peal'],
    ['home while it shows none', home, 'media', 'app://peal'],
    ['the card', card, 'media', 'app://peal'],
    ['the window of Echo', echo, 'media', 'app://peal'],
    ['no window', null, 'media', 'app://peal'],
    ['another origin', inCall, 'media', 'https://evil.example'],
    ['another page', inCall, 'media', 'app://peal/home.html'],
    ['another permission', inCall, 'clipboard-read', 'app://peal'],
  ])('answers no for %s', (_who, contents, permission, origin) => {
    expect(mayCheck(guard(), contents, permission, origin)).toBe(false);
  });
});
