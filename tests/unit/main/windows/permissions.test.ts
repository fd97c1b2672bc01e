import { describe, expect, it } from 'vitest';
import { type PermissionGuard, mayCheck, mayRequest } from '#main/windows/permissions';
import { Pages } from '#main/windows/pages';
import { WindowRegistry } from '#main/windows/window-registry';

const inCall = { id: 1 };
const warm = { id: 2 };
const home = { id: 3 };
const page = { isMainFrame: true, requestingUrl: 'app://peal/call.html' };

function guard(): PermissionGuard {
  const registry = new WindowRegistry();
  registry.add(inCall.id, 'call');
  registry.add(warm.id, 'call');
  registry.add(home.id, 'home');
  return { registry, pages: new Pages(undefined), mayUseDevices: (id) => id !== warm.id };
}

describe('a request for the microphone or the camera', () => {
  it('is granted to the page of a window in a call', () => {
    expect(mayRequest(guard(), inCall, 'media', page)).toBe(true);
  });

  it.each([
    ['a window without a call', warm, 'media', page],
    ['another kind of window', home, 'media', page],
    ['a window that is not ours', { id: 9 }, 'media', page],
    ['no window', null, 'media', page],
    ['a frame inside the page', inCall, 'media', { ...page, isMainFrame: false }],
    ['another page', inCall, 'media', { ...page, requestingUrl: 'app://peal/home.html' }],
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

  it.each([
    ['a window without a call', warm, 'media', 'app://peal'],
    ['another kind of window', home, 'media', 'app://peal'],
    ['no window', null, 'media', 'app://peal'],
    ['another origin', inCall, 'media', 'https://evil.example'],
    ['another page', inCall, 'media', 'app://peal/home.html'],
    ['another permission', inCall, 'clipboard-read', 'app://peal'],
  ])('answers no for %s', (_who, contents, permission, origin) => {
    expect(mayCheck(guard(), contents, permission, origin)).toBe(false);
  });
});
