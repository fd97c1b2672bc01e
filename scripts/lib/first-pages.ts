/** When a debugger may come to an Electron that is just starting. */
import { waitFor } from '../../tests/support/wait';

interface Listed {
  readonly type: string;
  readonly url: string;
  readonly title: string;
}

/**
 * A debugger that comes while a page still is the empty document of its beginning may wait for that page for ever. So
 * the list is asked, which touches no page, until pages with these paths' ends are in it and every page has said its title: before its
 * own document is there, a page has none, or goes by its address.
 */
export async function firstPages(host: string, paths: readonly string[]): Promise<void> {
  const areThere = async (): Promise<boolean> => {
    const reply = await fetch(`http://${host}/json/list`, { signal: AbortSignal.timeout(2_000) });
    const pages = ((await reply.json()) as readonly Listed[]).filter(({ type }) => type === 'page');
    return (
      paths.every((path) => pages.some(({ url }) => pathOf(url).endsWith(path))) &&
      pages.every(isTitled)
    );
  };
  await waitFor(() => areThere().catch(() => false), { what: 'its first pages', withinMs: 20_000 });
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : '');
const isTitled = ({ title }: Listed): boolean => title !== '' && !title.includes('.html');
