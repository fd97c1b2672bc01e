import { describe, expect, it } from 'vitest';
import { fileFor, headersFor } from '#main/windows/app-files';
import { Pages } from '#main/windows/pages';

const root = '/opt/peal/out/renderer';

describe('fileFor', () => {
  it.each([
    ['app://peal/home.html', `${root}/home.html`],
    ['app://peal/call.html?x=1#y', `${root}/call.html`],
    ['app://peal/assets/call-1a.js', `${root}/assets/call-1a.js`],
  ])('finds %s', (url, file) => {
    expect(fileFor(root, url)).toBe(file);
  });

  it.each([
    'app://peal/../main/index.js',
    'app://peal/..%2fmain/index.js',
    'app://peal/%2e%2e/%2e%2e/package.json',
    'app://peal/assets/..%2f..%2f..%2fetc%2fpasswd.json',
    'app://peal/..%5c..%5cmain%5cindex.js',
    'app://peal/home.html%00.png',
    'app://peal/%zz.html',
    'app://other/home.html',
    'app://peal/',
    'app://peal/assets',
    'app://peal/native.node',
    'no url',
  ])('refuses %s', (url) => {
    const file = fileFor(root, url);
    // Some are harmless after normalisation by the URL parser: then they stay inside.
    expect(file === null || file.startsWith(`${root}/`)).toBe(true);
    expect(file).not.toBe('/opt/peal/out/main/index.js');
  });

  it.each(['app://peal/..%2fmain/index.js', 'app://other/home.html', 'app://peal/native.node'])(
    'has nothing at all for %s',
    (url) => {
      expect(fileFor(root, url)).toBeNull();
    },
  );

  it('sends every file with the policy and its type', () => {
    const headers = headersFor(`${root}/home.html`);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe-eval');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('lets the page of Echo reach a server on this computer, and no other page any', () => {
    const connections = (page: string): string | undefined =>
      /connect-src ([^;]*)/.exec(
        headersFor(`${root}/${page}`)['content-security-policy'] ?? '',
      )?.[1];
    expect(connections('echo.html')).toBe("'self' ws://127.0.0.1:*");
    for (const page of ['home.html', 'incoming.html', 'call.html', 'assets/echo.html.js']) {
      expect(connections(page)).toBe("'self'");
    }
  });
});

describe('Pages', () => {
  it('knows its own pages and nobody else', () => {
    const pages = new Pages(undefined, () => 'system');
    expect(pages.isPage('call', 'app://peal/call.html#x')).toBe(true);
    for (const url of [
      'app://peal/home.html',
      'app://peal.evil/call.html',
      'https://peal/call.html',
      'file:///call.html',
      'about:blank',
      '',
    ]) {
      expect(pages.isPage('call', url)).toBe(false);
    }
    expect(pages.isOrigin('app://peal/')).toBe(true);
    expect(pages.isOrigin('http://localhost:5173')).toBe(false);
  });

  it('takes the development server instead while there is one', () => {
    const pages = new Pages('http://localhost:5173/', () => 'system');
    expect(pages.url('home')).toBe('http://localhost:5173/home.html');
    expect(pages.isPage('home', 'app://peal/home.html')).toBe(false);
  });
});
