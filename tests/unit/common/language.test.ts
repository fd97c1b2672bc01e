import { describe, expect, it } from 'vitest';
import { chosenLanguage, languageFor } from '#common/language';

describe('the language of a person', () => {
  it.each([
    ['zh', 'zh-CN'],
    ['zh-TW', 'zh-CN'],
    ['ZH-hans', 'zh-CN'],
    ['en-GB', 'en'],
    ['de', 'en'],
    ['', 'en'],
  ])('is chosen by the language of the machine, %j: %s', (language, wanted) => {
    expect(languageFor(language)).toBe(wanted);
  });

  it('is the one that was chosen in the settings', () => {
    expect(chosenLanguage('en', 'zh')).toBe('en');
    expect(chosenLanguage('zh-CN', 'en')).toBe('zh-CN');
    expect(chosenLanguage('system', 'zh-TW')).toBe('zh-CN');
  });
});
