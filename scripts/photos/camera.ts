/** Takes a window as it looks to different people: by day and by night, in both languages, with larger text. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { waitFor } from '../../tests/support/wait';

export interface Photo {
  readonly scene: string;
  readonly variant: string;
  readonly file: string;
}

interface Look {
  readonly language: 'en' | 'zh-CN';
  readonly theme: 'light' | 'dark';
  /** How large text is, in percent. */
  readonly text: 100 | 200;
  /** The system's own few colours. */
  readonly forced?: true;
  readonly size?: { readonly width: number; readonly height: number };
}

const usual: Look = { language: 'en', theme: 'light', text: 100 };
const smallest = { width: 360, height: 480 };

/** The language changes last: it goes through main. */
const everyLook: readonly Look[] = (['en', 'zh-CN'] as const).flatMap((language) =>
  ([100, 200] as const).flatMap((text) =>
    (['light', 'dark'] as const).map((theme) => ({ language, theme, text })),
  ),
);
const rareLooks: readonly Look[] = [{ ...usual, theme: 'dark', forced: true }];
const narrowLooks: readonly Look[] = [100, 200].map((text) => ({
  ...usual,
  text: text === 100 ? 100 : 200,
  size: smallest,
}));

const nameOf = ({ language, theme, text, forced, size }: Look): string =>
  [language, forced ? 'forced' : theme, `${text}%`, ...(size ? ['narrow'] : [])].join(' ');

export interface TakeOptions {
  /** Also as small as the window gets. */
  readonly narrow?: boolean;
  /** One look: what matters is where things are. */
  readonly once?: boolean;
  /** With the text as large as the page has it already. */
  readonly asIs?: boolean;
}

export class Camera {
  readonly photos: Photo[] = [];
  #language: Look['language'] = 'en';

  /** @param home the page that may change the language of the app */
  constructor(
    private readonly folder: string,
    private readonly home: Page,
  ) {}

  /** Every look of the page, which is then as before. */
  async take(
    page: Page,
    scene: string,
    { narrow = false, once = false, asIs = false }: TakeOptions = {},
  ): Promise<void> {
    const before = await page.evaluate<{ width: number; height: number }>(
      '({ width: innerWidth, height: innerHeight })',
    );
    const looks = [
      ...(once ? [usual] : [...rareLooks, ...everyLook]),
      ...(narrow ? narrowLooks : []),
    ];
    if (asIs) {
      await this.#keep(page, scene, 'as it is');
      return;
    }
    for (const look of looks) await this.#takeOne(page, scene, look);
    await this.#show(page, usual);
    if (narrow) await page.setViewportSize(before);
  }

  async #takeOne(page: Page, scene: string, look: Look): Promise<void> {
    await this.#show(page, look);
    await this.#keep(page, scene, nameOf(look));
  }

  async #keep(page: Page, scene: string, variant: string): Promise<void> {
    const file = `${scene} ${variant}.png`.replaceAll('%', '').replaceAll(' ', '_');
    await page.screenshot({ path: join(this.folder, file), animations: 'disabled' });
    this.photos.push({ scene, variant, file });
  }

  async #show(page: Page, look: Look): Promise<void> {
    await this.#speak(page, look.language);
    await page.emulateMedia({
      colorScheme: look.theme,
      forcedColors: look.forced ? 'active' : 'none',
    });
    if (look.size) await page.setViewportSize(look.size);
    await page.evaluate(`document.documentElement.style.fontSize = '${look.text}%'`);
  }

  async #speak(page: Page, language: Look['language']): Promise<void> {
    if (language === this.#language) return;
    await this.home.evaluate(`window.peal.setSettings({ language: '${language}' })`);
    const isSpoken = async (): Promise<boolean> =>
      (await page.evaluate<string>('document.documentElement.lang')) === language;
    await waitFor(isSpoken, { what: `a page in ${language}` });
    this.#language = language;
  }
}
