/** The order in which a session speaks: nothing early, nothing twice, nothing after the close. */
import { describe, expect, it } from 'vitest';
import { SessionEvents } from '../../../../renderer/caller/events';
import type { ISessionListener, RCCallSession } from '../../../../renderer/caller/types';

/** Only handed through. */
const session = { name: 'the session' } as unknown as RCCallSession;
const track = { name: 'a track' } as never;
const link = { type: 'link', userId: 'bao', state: 'connecting' } as const;

/** Writes down whatever it is told. */
function diary(over: Partial<ISessionListener> = {}) {
  const lines: string[] = [];
  const note =
    (name: string) =>
    (...args: unknown[]): void => {
      expect(args.at(-1)).toBe(session);
      lines.push([name, ...args.slice(0, -1).map((one) => JSON.stringify(one))].join(' '));
    };
  const listener: ISessionListener = {
    ...{ onRinging: note('ringing'), onAccept: note('accept'), onHungup: note('hungup') },
    ...{ onTrackReady: note('track'), onMemberModify: note('member') },
    ...{ onMediaModify: note('media'), onAudioMuteChange: note('audio') },
    ...{ onVideoMuteChange: note('video'), onLinkStateChange: note('link') },
    ...{ onTrackPublishFail: note('publish-fail'), onLocalTrackEnded: note('local-ended') },
    ...over,
  };
  return { lines, listener };
}

function events() {
  const warnings: string[] = [];
  const made = new SessionEvents(
    session,
    (message, cause) => warnings.push(`${message}: ${String(cause)}`),
    (userId) => ({ userId, name: 'Somebody' }),
  );
  return { made, warnings };
}

const ringing = { type: 'ringing', userId: 'bao' } as const;
const bao = '{"userId":"bao","name":"Somebody"}';

describe('the events of a session', () => {
  it('reach their callbacks, each with the session', () => {
    const { made } = events();
    const { lines, listener } = diary();
    made.setListener(listener);
    made.open();
    const mute = (kind: 'audio' | 'video') => ({ userId: 'bao', muted: true, kind }) as never;
    made.emit(ringing);
    made.emit({ type: 'accepted', userId: 'bao' });
    made.emit({ type: 'media', userId: 'bao', mediaType: 1 });
    made.emit({ type: 'track', track });
    made.emit({ type: 'publish-fail', code: 53305 });
    made.emit({ type: 'local-ended', track });
    made.emit({ type: 'mute', change: mute('audio') });
    made.emit({ type: 'mute', change: mute('video') });
    made.emit(link);
    made.emit({ type: 'hungup', userId: 'bao', reason: 13 });
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      ...['ringing', 'accept', 'media', 'track', 'publish-fail', 'local-ended'],
      ...['audio', 'video', 'link', 'hungup'],
    ]);
    expect(lines[0]).toBe(`ringing ${bao}`);
    expect(lines[2]).toBe(`media ${bao} 1`);
    expect(lines[8]).toBe('link "bao" "connecting"');
    expect(lines[9]).toBe(`hungup ${bao} 13`);
  });

  it('wait for the gate and for a listener, and keep their order', () => {
    const { made } = events();
    const { lines, listener } = diary();
    made.emit(ringing);
    expect(made.hasListener).toBe(false);
    made.setListener(listener);
    expect(made.hasListener).toBe(true);
    made.emit(link);
    expect(lines).toEqual([]);
    made.open();
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['ringing', 'link']);
  });

  it('that a callback causes come after it, not inside it', () => {
    const { made } = events();
    const order: string[] = [];
    const { listener } = diary({
      onRinging: () => {
        made.emit(link);
        order.push('ringing is over');
      },
      onLinkStateChange: () => order.push('link'),
    });
    made.setListener(listener);
    made.open();
    made.emit(ringing);
    expect(order).toEqual(['ringing is over', 'link']);
  });

  it('may be of kinds that a listener does not know', () => {
    const { made, warnings } = events();
    const { onRinging, onAccept, onHungup, onTrackReady, onMemberModify, onMediaModify } =
      diary().listener;
    made.setListener({
      ...{ onRinging, onAccept, onHungup, onTrackReady, onMemberModify, onMediaModify },
    });
    made.open();
    const mute = (kind: 'audio' | 'video') => ({ userId: 'bao', muted: true, kind }) as never;
    made.emit({ type: 'mute', change: mute('audio') });
    made.emit({ type: 'mute', change: mute('video') });
    made.emit({ type: 'publish-fail', code: 53305 });
    made.emit({ type: 'local-ended', track });
    made.emit(link);
    expect(warnings).toEqual([]);
  });
});

describe('the close of a session', () => {
  it('comes last and once, and nothing after it', () => {
    const { made } = events();
    const { lines, listener } = diary();
    made.setListener(listener);
    made.emit(ringing);
    made.close(() => lines.push('closed'));
    made.close(() => lines.push('closed again'));
    made.emit(link);
    made.open();
    made.open();
    made.setListener(listener);
    made.emit(link);
    expect(lines).toEqual([`ringing ${bao}`, 'closed']);
  });

  it('lets go of the listener', () => {
    const { made } = events();
    made.setListener(diary().listener);
    made.open();
    made.close(() => undefined);
    expect(made.hasListener).toBe(false);
  });

  it('does not wait for a listener that never came', () => {
    const { made } = events();
    const lines: string[] = [];
    made.emit(ringing);
    made.open();
    made.close(() => lines.push('closed'));
    expect(lines).toEqual(['closed']);
  });

  it('that a callback causes waits for the callback', () => {
    const { made } = events();
    const order: string[] = [];
    const { listener } = diary({
      onRinging: () => {
        made.close(() => order.push('closed'));
        order.push('ringing is over');
      },
    });
    made.setListener(listener);
    made.open();
    made.emit(ringing);
    expect(order).toEqual(['ringing is over', 'closed']);
  });
});

describe('a callback that fails', () => {
  it('at once is reported by its kind, and the next one is called all the same', () => {
    const { made, warnings } = events();
    const { lines, listener } = diary({
      onRinging: () => {
        throw new Error('broken');
      },
    });
    made.setListener(listener);
    made.open();
    made.emit(ringing);
    made.emit(link);
    made.close(() => {
      throw new Error('broken, too');
    });
    expect(lines).toHaveLength(1);
    expect(warnings).toEqual([
      'a callback of the application failed (ringing): Error: broken',
      'a callback of the application failed (close): Error: broken, too',
    ]);
  });

  it('later is reported as well', async () => {
    const { made, warnings } = events();
    // As an application writes it: an async function where none is awaited.
    const failing = (): unknown => Promise.reject(new Error('late'));
    made.setListener({ ...diary().listener, onRinging: failing });
    made.open();
    made.emit(ringing);
    await Promise.resolve();
    await Promise.resolve();
    expect(warnings).toEqual(['a callback of the application failed (ringing): Error: late']);
  });
});
