import { describe, expect, it } from 'vitest';
import { voiceForms, withVoice } from '#renderer/media/voice-form';

const description = (types: string, { red = '63', line = 'UDP/TLS/RTP/SAVPF' } = {}): string =>
  [
    'v=0',
    'a=group:BUNDLE 0 1',
    `m=audio 9 ${line} ${types}`,
    'a=mid:0',
    'a=rtpmap:111 opus/48000/2',
    `a=rtpmap:${red} red/48000/2`,
    'm=video 9 UDP/TLS/RTP/SAVPF 96 116',
    'a=mid:1',
    'a=rtpmap:116 red/90000',
    'a=rtcp-fb:96 nack',
    'a=rtcp-fb:96 nack pli',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9',
    'a=mid:2',
    '',
  ].join('\r\n');

describe('the form of the voice', () => {
  it('is sent twice where the repeated one is named first', () => {
    expect(withVoice(description('111 63 9 0'), 'twice')).toBe(description('63 111 9 0'));
  });

  it('is sent once where it is named after the voice itself, whatever the other end likes', () => {
    expect(withVoice(description('63 111 9 0'), 'plain')).toBe(description('111 63 9 0'));
  });

  it.each(voiceForms)('changes nothing a second time (%s)', (form) => {
    const once = withVoice(description('111 9 63'), form);
    expect(withVoice(once, form)).toBe(once);
  });

  it('is left alone by an end that cannot repeat it', () => {
    expect(withVoice(description('111 9', { red: '64' }), 'twice')).toBe(
      description('111 9', { red: '64' }),
    );
    const without = description('111 9').replace(/a=rtpmap:63.*\r\n/, '');
    expect(withVoice(without, 'twice')).toBe(without);
  });

  it('is sent in long packets, with lost pictures not repeated, where the line is full', () => {
    const full = withVoice(description('63 111 9 0'), 'long');
    const lines = full.split('\r\n');
    // Two sections with one codec must be alike.
    for (const mid of ['a=mid:0', 'a=mid:2']) {
      expect(lines[lines.indexOf(mid) + 1]).toBe('a=ptime:60');
    }
    expect(full.match(/a=ptime/g)).toHaveLength(2);
    expect(lines).toContain('m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0');
    expect(lines.filter((line) => line.includes('nack'))).toEqual(['a=rtcp-fb:96 nack pli']);
  });

  it('is as it was once the line has room again', () => {
    const full = withVoice(description('111 63 9'), 'long');
    expect(withVoice(full, 'plain')).not.toContain('ptime');
  });

  it.each(['', 'junk', 'm=audio', 'm=audio 9 X\r\na=rtpmap:63 red/48000'])(
    'leaves what is no description as it is: %j',
    (junk) => {
      expect(withVoice(junk, 'twice')).toBe(junk);
    },
  );
});
