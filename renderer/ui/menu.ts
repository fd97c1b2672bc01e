import type { FunctionalComponent } from 'vue';

/** One line of a menu. */
export interface MenuItem {
  readonly words: string;
  readonly icon?: FunctionalComponent;
  /** Given: the item is on or off, and says so. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  /** What does the same from the keyboard, for example Ctrl+Q. */
  readonly keys?: string;
  readonly choose: () => void;
}

/** Items that belong together, apart from the others by a line. */
export interface MenuGroup {
  readonly label?: string;
  /** Only one of them can be on. */
  readonly oneOf?: boolean;
  readonly items: readonly MenuItem[];
}

/** The keys as a screen reader wants them. */
export function spokenKeys({ keys }: MenuItem): string | undefined {
  return keys?.replace('Ctrl', 'Control');
}

/** What an item is to a screen reader. */
export function itemRole(group: MenuGroup, item: MenuItem): string {
  if (item.checked === undefined) return 'menuitem';
  return group.oneOf ? 'menuitemradio' : 'menuitemcheckbox';
}
