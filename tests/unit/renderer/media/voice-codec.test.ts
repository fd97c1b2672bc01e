import { describe, expect, it } from 'vitest';
import { withVoice } from '#renderer/media/voice-codec';

const description = (types: string, { red = '63', line = 'UDP/TLS/RTP/SAVPF' } = {}): string =>
  [
    'v=0',
    'a=group:BUNDLE 0 1',
    `m=audio 9 ${line} ${types}`,
    'a=mid:0',
    'a=rtpmap:111 opus/48000/2',
    `a=rtpmap:${red} red/48000/2`,
    'm=video 9 UDP/TLS/RTP/SAVPF 96 116',
    'a=rtpmap:116 red/90000',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9',
    '',
  ].join('\r\n');

describe('the codec of the voice', () => {
  it('is sent twice where the repeated one is named first', () => {
    expect(withVoice(description('111 63 9 0'), true)).toBe(description('63 111 9 0'));
  });

  it('is sent once where it is named after the voice itself, whatever the other end likes', () => {
    expect(withVoice(description('63 111 9 0'), false)).toBe(description('111 63 9 0'));
  });

  it.each([true, false])('changes nothing twice (%s)', (isTwice) => {
    const once = withVoice(description('111 9 63'), isTwice);
    expect(withVoice(once, isTwice)).toBe(once);
  });

  it('is left alone by an end that cannot repeat it', () => {
    expect(withVoice(description('111 9', { red: '64' }), true)).toBe(
      description('111 9', { red: '64' }),
    );
    const without = description('111 9').replace(/a=rtpmap:63.*\r\n/, '');
    expect(withVoice(without, true)).toBe(without);
  });

  it.each(['', 'junk', 'm=audio', 'm=audio 9 X\r\na=rtpmap:63 red/48000'])(
    'leaves what is no description as it is: %j',
    (junk) => {
      expect(withVoice(junk, true)).toBe(junk);
    },
  );
});
