import { describe, expect, it } from 'vitest';
import { parseServerAddress } from '#main/signaling/server-address';

describe('parseServerAddress', () => {
  it.each([
    ['localhost:4000', 'ws://localhost:4000/ws', 'localhost:4000'],
    ['127.0.0.1:4000', 'ws://127.0.0.1:4000/ws', '127.0.0.1:4000'],
    ['ws://127.0.0.1:4000', 'ws://127.0.0.1:4000/ws', '127.0.0.1:4000'],
    ['ws://127.0.0.1:4000/ws', 'ws://127.0.0.1:4000/ws', '127.0.0.1:4000'],
    ['http://[::1]:4000/', 'ws://[::1]:4000/ws', '[::1]:4000'],
    ['localhost:443', 'ws://localhost:443/ws', 'localhost:443'],
    ['ws://localhost', 'ws://localhost/ws', 'localhost'],
    ['wss://localhost:4000', 'wss://localhost:4000/ws', 'wss://localhost:4000'],
    ['peal.example.com', 'wss://peal.example.com/ws', 'peal.example.com'],
    ['  Peal.Example.com  ', 'wss://peal.example.com/ws', 'peal.example.com'],
    ['https://peal.example.com/', 'wss://peal.example.com/ws', 'peal.example.com'],
    ['wss://x', 'wss://x/ws', 'x'],
    ['peal.example.com:8443', 'wss://peal.example.com:8443/ws', 'peal.example.com:8443'],
  ])('reads %j as %s', (typed, url, label) => {
    expect(parseServerAddress(typed)).toEqual({ ok: true, value: { url, label } });
  });

  it.each([
    '',
    '   ',
    'two words',
    'ws://peal.example.com',
    'http://10.0.0.5:4000',
    'ws://localhost.evil.example',
    'ws://127.0.0.1.evil.example',
    'file:///etc/passwd',
    'javascript://x',
    'anna:secret@peal.example.com',
    'peal.example.com/admin',
    'peal.example.com?x=1',
    'peal.example.com:99999',
    'wss://',
    `${'long.'.repeat(50)}name`,
  ])('refuses %j', (typed) => {
    expect(parseServerAddress(typed)).toEqual({ ok: false, error: 'bad-address' });
  });

  it('takes a name as long as names can be', () => {
    expect(parseServerAddress(`${'long.'.repeat(50)}com`).ok).toBe(true);
  });

  it('reads its own label back as the same address', () => {
    for (const typed of ['localhost:443', 'wss://localhost', 'peal.example.com', '[::1]:1']) {
      const first = parseServerAddress(typed);
      expect(first.ok && parseServerAddress(first.value.label)).toEqual(first);
    }
  });
});
