/** Where the pages come from: our own scheme, or the development server while electron-vite runs one. */
import type { AppSettings, WindowKind } from '#common/ipc';

export const appScheme = 'app';
const appOrigin = `${appScheme}://peal`;

export class Pages {
  readonly #origin: string;
  readonly #language: () => AppSettings['language'];

  /** `devServer` is the address that electron-vite sets; the packaged app never has one. */
  constructor(devServer: string | undefined, language: () => AppSettings['language']) {
    this.#origin = devServer ? new URL(devServer).origin : appOrigin;
    this.#language = language;
  }

  /** With the language that the person chose, so that the page's first words are in it already. */
  url(kind: WindowKind): string {
    const language = this.#language();
    return this.#page(kind) + (language === 'system' ? '' : `?lang=${language}`);
  }

  /** Whether `url` is that window's own page, whatever follows its path. */
  isPage(kind: WindowKind, url: string): boolean {
    if (!URL.canParse(url)) return false;
    // Part by part: joined again, `app:peal/home.html` would read as if it had our host.
    const [page, own] = [new URL(url), new URL(this.#page(kind))];
    return (['protocol', 'host', 'pathname'] as const).every((part) => page[part] === own[part]);
  }

  isOrigin(origin: string): boolean {
    return origin === this.#origin || origin === `${this.#origin}/`;
  }

  #page(kind: WindowKind): string {
    return `${this.#origin}/${kind}.html`;
  }
}
