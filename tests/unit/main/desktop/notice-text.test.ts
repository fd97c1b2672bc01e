import { describe, expect, it } from 'vitest';
import type { CallNotice } from '#main/calls/ports';
import { noticeText } from '#main/desktop/notice-text';
import { escapeMarkup, plainLine } from '#main/desktop/plain-text';
import { mainTexts } from '#main/locales/index';

const { en, 'zh-CN': zhCN } = mainTexts;

function notice(over: Partial<CallNotice> = {}): CallNotice {
  return { callId: 'call-1', kind: 'incoming', caller: 'Anna Li', mediaType: 1, ...over };
}

describe('what a notification about a call says', () => {
  it('names the caller and the kind of call, in our words', () => {
    expect(noticeText(notice(), en)).toEqual({
      title: 'Anna Li is calling',
      body: 'Audio call',
    });
    expect(noticeText(notice({ kind: 'missed', mediaType: 2 }), en)).toEqual({
      title: 'Missed call from Anna Li',
      body: 'Video call',
    });
    expect(noticeText(notice(), zhCN)).toEqual({ title: 'Anna Li来电', body: '语音通话' });
  });

  it('uses the words of the call and those of its end, each for its own', () => {
    const push = {
      callTitle: 'Standup',
      callContent: 'Everybody is here.',
      hungupTitle: 'Standup is over',
      hungupContent: 'You were missed.',
    };
    expect(noticeText(notice({ push }), en)).toEqual({
      title: 'Anna Li: Standup',
      body: 'Everybody is here.',
    });
    expect(noticeText(notice({ kind: 'missed', push }), en)).toEqual({
      title: 'Anna Li: Standup is over',
      body: 'You were missed.',
    });
  });

  it('never goes without the name that the directory knows', () => {
    const push = { callTitle: 'Your bank' };
    expect(noticeText(notice({ push }), en).title).toBe('Anna Li: Your bank');
  });

  it('falls back to our words where those of the call are nothing but blanks', () => {
    expect(noticeText(notice({ push: { callTitle: ' \n', callContent: '\u202e' } }), en)).toEqual({
      title: 'Anna Li is calling',
      body: 'Audio call',
    });
  });
});

describe('words of others', () => {
  it('are one line, without control characters and without marks that turn the direction', () => {
    expect(plainLine('one\r\ntwo\u0007\tthree\u2028four', 100)).toBe('one two three four');
    expect(plainLine('a\u202Eb\u2066c\u200Fd', 100)).toBe('abcd');
  });

  it('are cut with an ellipsis, never within a character', () => {
    expect(plainLine('🔔🔔🔔', 3)).toBe('🔔🔔🔔');
    expect(plainLine('🔔🔔🔔🔔', 3)).toBe('🔔🔔…');
  });

  it('are never markup', () => {
    expect(escapeMarkup('<b>1 & 2</b> &amp;')).toBe('&lt;b&gt;1 &amp; 2&lt;/b&gt; &amp;amp;');
  });
});
