import type { FunctionalComponent } from 'vue';

/** One line of a menu. */
export interface MenuItem {
  readonly words: string;
  readonly icon?: FunctionalComponent;
  /** Given: the item is on or off, and says so. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly choose: () => void;
}

/** Items that belong together, apart from the others by a line. */
export interface MenuGroup {
  readonly label?: string;
  /** Only one of them can be on. */
  readonly oneOf?: boolean;
  readonly items: readonly MenuItem[];
}

/** What an item is to a screen reader. */
export function itemRole(group: MenuGroup, item: MenuItem): string {
  if (item.checked === undefined) return 'menuitem';
  return group.oneOf ? 'menuitemradio' : 'menuitemcheckbox';
}
