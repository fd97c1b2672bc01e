/**
 * Notifications of the system, each under an id of ours: what is shown under an id takes the place of what it showed
 * before. Electron waits for the notification server without a limit, so it is asked first whether there is one.
 */
import type { NoticeText } from './notice-text';
import type { FindNotificationServer, NotificationServer } from './notification-server';
import { escapeMarkup, withoutTags } from './plain-text';

/** Of those that nobody has dealt with, the oldest go. */
const kept = 20;

export interface Note extends NoticeText {
  /** Stays until somebody deals with it, above whatever is on the screen. */
  readonly urgent: boolean;
  readonly onClick: () => void;
}

/** Text that is never read as anything but text. The title is plain everywhere. */
const bodyFor: Record<Exclude<NotificationServer, 'none'>, (body: string) => string> = {
  markup: escapeMarkup,
  plain: (body) => body,
  unsure: withoutTags,
};

/** A notification on the screen. */
export interface ShownNote {
  close(): void;
}

/** Puts one on the screen. `onGone`: the person or the system took it away. */
export type ShowNote = (note: Note, onGone: () => void) => ShownNote;

interface Entry {
  readonly note: Note;
  shown: ShownNote | null;
}

export class Notifications {
  readonly #findServer: FindNotificationServer;
  readonly #showNote: ShowNote;
  /** What should be there; shown once the server has answered. */
  readonly #entries = new Map<string, Entry>();

  constructor(findServer: FindNotificationServer, showNote: ShowNote) {
    this.#findServer = findServer;
    this.#showNote = showNote;
  }

  /** False when nobody shows it, or when it was taken back before it was shown. */
  async show(id: string, note: Note): Promise<boolean> {
    this.remove(id);
    const entry: Entry = { note, shown: null };
    this.#entries.set(id, entry);
    const server = await this.#findServer();
    if (this.#entries.get(id) !== entry) return false;
    if (server === 'none') {
      this.#entries.delete(id);
      return false;
    }
    const body = bodyFor[server](note.body);
    entry.shown = this.#showNote({ ...note, body }, () => this.#forget(id, entry));
    this.#dropOldest();
    return true;
  }

  remove(id: string): void {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    entry?.shown?.close();
  }

  clear(): void {
    for (const id of [...this.#entries.keys()]) this.remove(id);
  }

  #forget(id: string, entry: Entry): void {
    if (this.#entries.get(id) === entry) this.#entries.delete(id);
  }

  #dropOldest(): void {
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > kept && oldest !== undefined) this.remove(oldest);
  }
}
