import { describe, expect, it } from 'vitest';
import { parseCallLink } from '#main/session/call-link';

describe('a link that asks for a call', () => {
  it.each([
    ['peal:call/anna', { wanted: 'anna', userId: 'anna', mediaType: 1 }],
    ['PEAL:call/anna?video', { wanted: 'anna', userId: 'anna', mediaType: 2 }],
    [
      'peal:call/anna%40team.example',
      { wanted: 'anna@team.example', userId: 'anna@team.example', mediaType: 1 },
    ],
    ['tel:2101', { wanted: '2101', userId: '2101', mediaType: 1 }],
    ['tel:+49-30-(12)%2034.5', { wanted: '+493012345', userId: null, mediaType: 1 }],
    ['tel:7042;phone-context=team.example', { wanted: '7042', userId: '7042', mediaType: 1 }],
    ['callto:+493012', { wanted: '+493012', userId: null, mediaType: 1 }],
    ['callto:anna', { wanted: 'anna', userId: 'anna', mediaType: 1 }],
  ])('is read strictly: %s', (text, link) => {
    expect(parseCallLink(text)).toEqual(link);
  });

  it.each([
    'peal:call/',
    'peal:call/anna?audio',
    'peal:call/anna?video&video',
    'peal:call/anna?video=1',
    'peal:call/anna#top',
    'peal:call/anna/bao',
    'peal://call/anna',
    'peal:calls/anna',
    ' peal:call/anna',
    'peal:call/anna\n--no-sandbox',
    'peal:call/--no-sandbox',
    'peal:call/anna%2541',
    'peal:call/%E0%A4%A',
    'peal:call/%00anna',
    'peal:call/李',
    `peal:call/${'a'.repeat(65)}`,
    `peal:call/${'%61'.repeat(200)}`,
    'tel:',
    'tel:anna',
    'tel:+',
    'tel:12+34',
    'tel:12?call',
    `tel:${'1'.repeat(33)}`,
    'tel:%3Cb%3E12',
    'callto:anna?call',
    'callto:<b>anna</b>',
    'http:call/anna',
    'anna',
    '',
  ])('is refused as %j', (text) => {
    expect(parseCallLink(text)).toBeNull();
  });
});
