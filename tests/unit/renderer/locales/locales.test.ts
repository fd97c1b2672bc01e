import { describe, expect, it } from 'vitest';
import { en } from '../../../../renderer/locales/en';
import { zhCN } from '../../../../renderer/locales/zh-CN';

interface Texts {
  readonly [key: string]: string | Texts;
}

const flat = (texts: Texts, path = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`),
  );

const english = new Map(flat(en));
const chinese = new Map(flat(zhCN));
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('the two languages', () => {
  it('have the same keys', () => {
    expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  it('fill the same places', () => {
    for (const [key, text] of english) {
      expect([key, placeholders(chinese.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  it('say something for every key, each in its own script', () => {
    const shared = new Set([
      'app.name',
      'welcome.signIn.serverExample',
      'welcome.join.linkExample',
    ]);
    // A warm window has no call yet, and nobody sees it.
    const silent = new Set(['call.status.waiting']);
    for (const [key, text] of chinese) {
      if (!shared.has(key) && !silent.has(key))
        expect([key, /\p{Script=Han}/u.test(text)]).toEqual([key, true]);
    }
    for (const [key, text] of english) {
      if (silent.has(key)) continue;
      expect([key, text.trim() !== '' && !/\p{Script=Han}/u.test(text)]).toEqual([key, true]);
    }
  });
});

const components = import.meta.glob<string>('../../../../renderer/**/*.vue', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What a person could read in a template without going through t(). */
function looseTexts(source: string): string[] {
  const template = /<template>([\s\S]*)<\/template>/.exec(source)?.[1] ?? '';
  const bare = template.replaceAll(/<!--[\s\S]*?-->/g, '').replaceAll(/\{\{[\s\S]*?\}\}/g, '');
  const between = bare.replaceAll(/<(?:"[^"]*"|'[^']*'|[^'">])*>/g, '\n').split('\n');
  const attributes = bare.matchAll(/[\s](?:aria-label|title|alt|placeholder)="([^"]*)"/g);
  return [...between, ...[...attributes].map((match) => match[1] ?? '')]
    .map((text) => text.trim())
    .filter((text) => /\p{L}/u.test(text));
}

describe('the templates', () => {
  it('are all looked at', () => {
    expect(Object.keys(components).length).toBeGreaterThan(10);
  });

  it.each(Object.entries(components))('%s holds no text of its own', (_file, source) => {
    expect(looseTexts(source)).toEqual([]);
  });

  it('would be caught with one', () => {
    expect(looseTexts('<template><p>Hello</p></template>')).toEqual(['Hello']);
    expect(looseTexts('<template><p title="Hi">{{ t("a") }}</p></template>')).toEqual(['Hi']);
  });
});
