import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '#protocol/limits';
import { err } from '#protocol/result';
import { invitationLink } from '#server/invitation-link';
import { makeInvitationLink, parseInvitationLink } from '#main/session/invitation-link';
import { parseServerAddress } from '#main/signaling/server-address';

const key = 'k'.repeat(43);
const good = `peal:join?server=wss%3A%2F%2F10.0.0.5%3A4001&code=abc-_1&key=${key}`;

describe('an invitation', () => {
  it('names the server, the code and the key', () => {
    expect(parseInvitationLink(good)).toEqual({
      ok: true,
      value: {
        address: { url: 'wss://10.0.0.5:4001/ws', label: '10.0.0.5:4001' },
        ...{ code: 'abc-_1', keyHash: key },
      },
    });
  });

  it('has no key where the certificate is an ordinary one', () => {
    const link = 'peal:join?server=wss://peal.example.com&code=abc';
    const parsed = parseInvitationLink(link);
    expect(parsed.ok && parsed.value).toEqual({
      address: { url: 'wss://peal.example.com/ws', label: 'peal.example.com' },
      code: 'abc',
    });
  });

  it.each(['  %s\n', '\t%s', '%s'])('may have been pasted with space around it (%j)', (frame) => {
    expect(parseInvitationLink(frame.replace('%s', good)).ok).toBe(true);
  });

  it('may carry words that a messenger put behind it', () => {
    expect(parseInvitationLink(`${good}&utm_source=chat`).ok).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a page', 'https://peal.example.com/join?server=x&code=y'],
    ['something else of ours', good.replace('join', 'call')],
    ['a link without a server', 'peal:join?code=abc'],
    ['a link without a code', 'peal:join?server=wss://a.example'],
    ['an empty code', 'peal:join?server=wss://a.example&code='],
    ['a code of odd letters', 'peal:join?server=wss://a.example&code=a%20b'],
    [
      'a code that is too long',
      `peal:join?server=wss://a.example&code=${'a'.repeat(limits.inviteChars + 1)}`,
    ],
    ['two servers', `${good}&server=wss%3A%2F%2Fevil.example`],
    ['two codes', `${good}&code=other`],
    ['two keys', `${good}&key=${'x'.repeat(43)}`],
    ['half a key', good.slice(0, -1)],
    ['an empty key', 'peal:join?server=wss://a.example&code=abc&key='],
    ['a server in clear elsewhere', 'peal:join?server=ws://a.example&code=abc'],
    ['a key for a server in clear', `peal:join?server=ws://127.0.0.1:1&code=abc&key=${key}`],
    ['a server with a password', 'peal:join?server=wss://a:b@c.example&code=abc'],
    ['a server with a path', 'peal:join?server=wss://a.example/evil&code=abc'],
    ['another scheme', 'peal:join?server=javascript:alert(1)&code=abc'],
    ['too much', `${good}&x=${'x'.repeat(2048)}`],
  ])('is not %s', (_what, text) => {
    expect(parseInvitationLink(text)).toEqual(err('bad-link'));
  });
});

const host = fc.oneof(fc.ipV4(), fc.domain(), fc.constant('[::1]'), fc.constant('localhost'));
const wellFormed = fc.record({
  server: fc.tuple(host, fc.integer({ min: 1, max: 65_535 })).map(([h, p]) => `wss://${h}:${p}`),
  code: fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
  keyHash: fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{43}$/), { nil: undefined }),
});

describe('invitations that were made', () => {
  it('are read as they were meant, whether the app or the server made them', () => {
    fc.assert(
      fc.property(wellFormed, ({ server, code, keyHash }) => {
        const address = parseServerAddress(server);
        if (!address.ok) throw new Error(server);
        const pin = keyHash === undefined ? {} : { keyHash };
        const meant = { address: address.value, code, ...pin };
        const links = [
          makeInvitationLink(meant),
          invitationLink({ address: server, code, ...pin }),
        ];
        for (const link of links) {
          expect(parseInvitationLink(link)).toEqual({ ok: true, value: meant });
        }
      }),
    );
  });
});

describe('a text from anywhere', () => {
  const part = fc.oneof(
    fc.constantFrom('peal:', 'join', '?', '&', '=', 'server', 'code', 'key', 'wss://', 'a.example'),
    fc.constantFrom('%', '%00', '%2', '\0', '\n', '://', '@', '#', '..', '[', '::', 'ws://'),
    fc.string(),
  );

  it('is an invitation with a safe address, or none: never more, and never a fault', () => {
    const text = fc.oneof(
      fc.array(part, { maxLength: 20 }).map((parts) => parts.join('')),
      fc.array(part, { maxLength: 6 }).map((parts) => `peal:join?server=wss://${parts.join('')}`),
      fc
        .tuple(fc.nat(good.length), part)
        .map(([at, by]) => good.slice(0, at) + by + good.slice(at)),
      fc.nat(good.length).map((at) => good.slice(0, at)),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const parsed = parseInvitationLink(typed);
        if (!parsed.ok) return;
        const { address, code, keyHash } = parsed.value;
        expect(parseServerAddress(address.url)).toEqual({ ok: true, value: address });
        expect(code).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
        if (keyHash !== undefined) expect(keyHash).toMatch(/^[A-Za-z0-9_-]{43}$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
