/** Generated junk at the door between the windows and main: a compromised page gets nothing through it. */
import fc from 'fast-check';
import type Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { type WindowKind, requestSchemas } from '#common/ipc';
import { checkRequest } from '#main/ipc/request-check';
import { Pages } from '#main/windows/pages';
import { fits, fitting, unfitting } from '../../support/schema-values';

const perChannel = 300;
const kinds = Object.keys(requestSchemas) as WindowKind[];
const channels = kinds.flatMap((kind) =>
  Object.entries<Type.TSchema>(requestSchemas[kind]).map(([channel, schema]) => ({
    ...{ kind, channel, schema },
  })),
);

const ownPage = (kind: WindowKind) => ({ kind, isMainFrame: true, isOwnPage: true }) as const;

/** What structured cloning carries beside JSON. */
const clonable = fc.constantFrom<unknown>(
  ...[undefined, NaN, Infinity, -Infinity, -0.5, 10n, new Date(0), /x/, new Map(), new Set([1])],
  ...[new Uint8Array(9), new ArrayBuffer(9), new Error('x'), Object('x'), Object(1), [undefined]],
  ...[new Map([['callId', 'x']]), [['callId', 'x']], new Uint8Array([1]).buffer],
);

describe('the door for requests of windows', () => {
  it('refuses every generated junk on every channel', () => {
    let refused = 0;
    for (const { kind, channel, schema } of channels) {
      fc.assert(
        fc.property(unfitting(schema), (payload) => {
          expect(checkRequest(channel, ownPage(kind), payload)).toEqual({
            ok: false,
            error: 'bad-payload',
          });
          refused += 1;
        }),
        { numRuns: perChannel },
      );
    }
    expect(refused).toBeGreaterThanOrEqual(10_000);
  }, 30_000);

  it('lets what fits through, so that the junk above is refused for its junk', () => {
    for (const { kind, channel, schema } of channels) {
      fc.assert(
        fc.property(fitting(schema), (payload) => {
          expect(checkRequest(channel, ownPage(kind), payload)).toEqual({
            ok: true,
            value: payload,
          });
        }),
        { numRuns: 20 },
      );
    }
  });

  it('refuses what only structured cloning carries', () => {
    for (const { kind, channel, schema } of channels) {
      fc.assert(
        fc.property(clonable, (payload) => {
          expect(checkRequest(channel, ownPage(kind), payload).ok).toBe(fits(schema, payload));
        }),
        { numRuns: 20 },
      );
    }
  });

  it('takes a good request from nobody but its own window, main frame and page', () => {
    const sender = fc.record({
      kind: fc.constantFrom(...kinds, undefined),
      isMainFrame: fc.boolean(),
      isOwnPage: fc.boolean(),
    });
    for (const { kind, channel, schema } of channels) {
      fc.assert(
        fc.property(sender, fitting(schema), (from, payload) => {
          const isOwn = from.kind === kind && from.isMainFrame && from.isOwnPage;
          expect(checkRequest(channel, from, payload).ok).toBe(isOwn);
        }),
        { numRuns: 20 },
      );
    }
  });

  it('knows no channel that is not in the table', () => {
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', 'phone:', 'phone:call', 'PHONE:CALL.PREPARE'),
    );
    fc.assert(
      fc.property(name, fc.constantFrom(...kinds), (channel, kind) => {
        fc.pre(!channels.some((known) => known.channel === channel));
        expect(checkRequest(channel, ownPage(kind), null).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('whose page a frame shows', () => {
  const foreign = fc.oneof(
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.string(),
    fc.constantFrom(
      ...['app://peal', 'app://peal/', 'app://peal/home', 'app://peal/home.html.evil'],
      ...['app://peal.example/home.html', 'app://peal@evil/home.html', 'app://evil/peal/home.html'],
      ...['http://peal/home.html', 'file:///home.html', 'data:text/html,x', 'about:blank'],
      ...[
        'javascript:1',
        'blob:app://peal/home.html',
        'app:peal/home.html',
        'app://peal:80/home.html',
      ],
      ...['app://peal//home.html', 'app://peal/x/../../evil.html', 'APP://PEAL/HOME.HTML', ''],
    ),
  );

  it('is never taken from a foreign address', () => {
    const pages = new Pages(undefined, () => 'system');
    fc.assert(
      fc.property(foreign, fc.constantFrom(...kinds), (url, kind) => {
        expect(pages.isPage(kind, url)).toBe(false);
      }),
      { numRuns: 1_500 },
    );
  });
});
