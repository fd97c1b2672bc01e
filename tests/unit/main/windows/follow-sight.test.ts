import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { followSight } from '#main/windows/follow-sight';

class FakeWindow extends EventEmitter {
  visible = true;
  minimized = false;

  readonly isVisible = (): boolean => this.visible;
  readonly isMinimized = (): boolean => this.minimized;

  becomes(look: { readonly visible: boolean; readonly minimized: boolean }, event: string): void {
    Object.assign(this, look);
    this.emit(event);
  }
}

const there = { visible: true, minimized: false };
const away = { visible: false, minimized: true };

let window: FakeWindow;
let told: boolean[];

beforeEach(() => {
  window = new FakeWindow();
  told = [];
  followSight(window, (isSeen) => told.push(isSeen));
});

describe('the sight of a window', () => {
  it.each([
    ['minimize', { visible: true, minimized: true }],
    ['minimize', away],
    ['hide', { visible: false, minimized: false }],
  ])('ends with %s: %o', (event, look) => {
    window.becomes(there, 'show');
    window.becomes(look, event);
    expect(told).toEqual([false]);
  });

  it.each(['restore', 'show', 'maximize'])('is back with %s', (event) => {
    window.becomes(away, 'minimize');
    window.becomes(there, event);
    expect(told).toEqual([false, true]);
  });

  it('is not back while a window that is shown is still minimised', () => {
    window.becomes(away, 'minimize');
    window.becomes({ visible: true, minimized: true }, 'show');
    window.becomes(away, 'focus');
    expect(told).toEqual([false]);
  });

  it('is told once, however many events say the same', () => {
    for (const event of ['minimize', 'hide']) window.becomes(away, event);
    for (const event of ['show', 'restore', 'maximize']) window.becomes(there, event);
    expect(told).toEqual([false, true]);
  });
});
