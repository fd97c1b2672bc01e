/** The windows of programs that carry a title, read from the display itself; bare helper windows have no class. */
import { atoms, type Place, type X11Client } from './x11';

export interface TitledWindow extends Place {
  /** As programs such as xprop take it. */
  readonly id: string;
  readonly title: string;
  /** On the screen, though perhaps behind others. */
  readonly isViewable: boolean;
}

/** Topmost first. A window that goes meanwhile is left out. */
export async function titledWindows(client: X11Client): Promise<readonly TitledWindow[]> {
  const nameAtom = await client.atom('_NET_WM_NAME');
  const readTree = async (id: number): Promise<readonly TitledWindow[]> => {
    const [own, children] = await Promise.all([
      readWindow(client, id, nameAtom),
      client.childrenOf(id),
    ]);
    const inside = await Promise.all(children.map(readTree));
    return [...(own ? [own] : []), ...inside.flat()];
  };
  const trees = await Promise.all((await client.childrenOf()).map(readTree));
  return trees.flat();
}

async function readWindow(
  client: X11Client,
  id: number,
  nameAtom: number,
): Promise<TitledWindow | null> {
  if ((await client.textOf(id, atoms.WM_CLASS)) === null) return null;
  const [newName, oldName, place, isViewable] = await Promise.all([
    client.textOf(id, nameAtom),
    client.textOf(id, atoms.WM_NAME),
    client.placeOnScreen(id),
    client.isViewable(id),
  ]);
  const title = newName ?? oldName;
  if (title === null || !place) return null;
  return { id: `0x${id.toString(16)}`, title: withoutCount(title), ...place, isViewable };
}

/** Home says before its name how many calls were missed, which is no part of it. */
export function withoutCount(title: string): string {
  return title.replace(/^\(\d+\+?\) /, '');
}
