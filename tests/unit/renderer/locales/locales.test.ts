import { describe, expect, it } from 'vitest';
import { mainTexts } from '#main/locales/index';
import { en } from '../../../../renderer/locales/en';
import { zhCN } from '../../../../renderer/locales/zh-CN';
import { looseTexts } from './support/loose-texts';
import { flat, keyPatterns, keysNamed, placeholders, propertiesNamed } from './support/text-keys';

const pages = Object.entries(
  import.meta.glob<string>(
    ['../../../../renderer/**/*.{vue,ts}', '!../../../../renderer/locales/**', '!**/*.d.ts'],
    { query: '?raw', import: 'default', eager: true },
  ),
);
const main = Object.entries(
  import.meta.glob<string>(['../../../../main/**/*.ts', '!../../../../main/locales/**'], {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);

/** Names that are the same in every language. */
const names = new Set([
  'app',
  'app.name',
  'welcome.signIn.serverExample',
  'welcome.join.linkExample',
  'settings.language.en',
  'settings.language.zh',
]);
/** Said only to nobody: a warm window has no call yet. */
const silent = new Set(['call.status.waiting']);
/** Words of one sign or none: they are marks, not a language. */
const isMark = (text: string): boolean => !/\p{L}/u.test(text.replaceAll(/\{\w+\}/g, ''));

describe.each([
  ['the pages', en, zhCN],
  ['main', mainTexts.en, mainTexts['zh-CN']],
])('the two languages of %s', (_of, first, second) => {
  const english = new Map(flat(first));
  const chinese = new Map(flat(second));

  it('have the same keys', () => {
    expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  it('fill the same places', () => {
    for (const [key, text] of english) {
      expect([key, placeholders(chinese.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  it('say something for every key, each in its own script', () => {
    const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);
    const wrong = (texts: Map<string, string>, shouldBeHan: boolean): string[] =>
      [...texts].flatMap(([key, text]) => {
        if (silent.has(key)) return [];
        if (text.trim() === '') return [key];
        const isRight = names.has(key) || isMark(text) || isHan(text) === shouldBeHan;
        return isRight ? [] : [`${key}: ${text}`];
      });
    expect([...wrong(chinese, true), ...wrong(english, false)]).toEqual([]);
  });
});

describe.each([
  ['English', en, mainTexts.en],
  ['Chinese', zhCN, mainTexts['zh-CN']],
])('the replies that are offered while declining, in %s', (_in, pagesSay, mainSays) => {
  it('are the same in the card as in the tray', () => {
    const { callBack, meeting, onMyWay } = pagesSay.reply;
    expect({ callBack, meeting, onMyWay }).toEqual(mainSays.replies);
  });
});

describe('the texts of the pages', () => {
  const keys = flat(en).map(([key]) => key);
  const patterns = pages.flatMap(([, source]) => keyPatterns(source));

  it('are all used', () => {
    expect(keys.filter((key) => !patterns.some((pattern) => pattern.test(key)))).toEqual([]);
  });

  it('are all there', () => {
    const known = new Set(keys);
    const unknown = pages.flatMap(([file, source]) =>
      keysNamed(source)
        .filter((key) => !known.has(key))
        .map((key) => `${file}: ${key}`),
    );
    expect(unknown).toEqual([]);
  });

  it('would be missed, or found to be too many', () => {
    expect(keysNamed("t('people.nobody')")).toEqual(['people.nobody']);
    const used = keyPatterns("t(`call.status.${phase}`); const a = 'call.title';");
    const isUsed = (key: string): boolean => used.some((pattern) => pattern.test(key));
    expect(['call.status.ringing', 'call.title', 'call.titles', 'call.status'].map(isUsed)).toEqual(
      [true, true, false, false],
    );
  });
});

describe('the texts of main', () => {
  it('are all used', () => {
    const named = main
      .filter(([, source]) => /from '[./]+locales'/.test(source))
      .map(([, source]) => propertiesNamed(source));
    const isUsed = (key: string): boolean =>
      named.some((names) => key.split('.').every((name) => names.has(name)));
    const keys = flat(mainTexts.en).map(([key]) => key);
    expect(keys.filter((key) => !isUsed(key))).toEqual([]);
  });

  it('would be found to be too many', () => {
    const source =
      'f(texts.tray.open); const { quit, signedOut: out } = tray; function g({ a }: T) {}';
    const named = propertiesNamed(source);
    expect(['tray', 'open', 'quit', 'signedOut', 'a'].filter((name) => !named.has(name))).toEqual(
      [],
    );
    expect(['texts', 'out', 'online'].filter((name) => named.has(name))).toEqual([]);
  });
});

describe('text outside of the locale files', () => {
  const keys = flat(en).map(([key]) => key);
  /** Names that are no words of a language, and the (beginning of the) path to a text. */
  const isNoText = (text: string): boolean =>
    ['Peal', 'Echo'].includes(text) ||
    (text.includes('.') && keys.some((key) => key.startsWith(text)));

  it('is looked for in all pages and in all of main', () => {
    expect(pages.filter(([file]) => file.endsWith('.vue')).length).toBeGreaterThan(25);
    expect(pages.length + main.length).toBeGreaterThan(100);
  });

  it('is nowhere', () => {
    const found = [...pages, ...main].flatMap(([file, source]) =>
      looseTexts(file, source)
        .filter((text) => !isNoText(text))
        .map((text) => `${file.replace(/^(\.\.\/)+/, '')}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['<p>Hello</p>', 'Hello'],
    ['<p v-if="a > b">Hi <!-- no --></p>', 'Hi'],
    ['<button title="Off" />', 'Off'],
    ["<PDialog :title=\"isOn ? 'On' : t('a.b')\" />", 'On'],
    ['<p>{{ name ?? "Nobody" }}</p>', 'Nobody'],
    ['<p :aria-label="`Call ${name}`" />', 'Call'],
  ])('would be found in the template %s', (template, text) => {
    expect(looseTexts('a.vue', `<template>${template}</template>`)).toEqual([text]);
  });

  it.each([
    ["const item = { label: 'Quit', click };", 'Quit'],
    ["document.title = 'Peal';", 'Peal'],
    ['tray.setToolTip(`${app} is here`);', ' is here'],
    ["element.setAttribute('aria-label', 'Close');", 'Close'],
    ["new Notification({ title: name, body: a ? 'Missed' : b });", 'Missed'],
  ])('would be found in the script %s', (script, text) => {
    expect(looseTexts('a.ts', script)).toEqual([text]);
  });

  it.each(["log.info('call ended');", "throw new Error('No window');", "t('people.more')"])(
    'is not what no person reads: %s',
    (script) => {
      expect(looseTexts('a.ts', script)).toEqual([]);
    },
  );
});
