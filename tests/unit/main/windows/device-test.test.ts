import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { DeviceTest } from '#main/windows/device-test';

let pages: Map<number, EventEmitter>;
let test: DeviceTest;

beforeEach(() => {
  pages = new Map([1, 2].map((id) => [id, new EventEmitter()]));
  test = new DeviceTest((id) => pages.get(id));
});

function listeners(id: number): number {
  const page = pages.get(id)!;
  return page.eventNames().reduce((sum, event) => sum + page.listenerCount(event), 0);
}

describe('the leave of home to use microphone and camera', () => {
  it('is there between on and off, and nothing stays behind at the page', () => {
    for (let time = 0; time < 20; time += 1) {
      test.set(1, true);
      test.set(1, true);
      expect(test.isOn(1)).toBe(true);
      expect(listeners(1)).toBe(3);
      test.set(1, false);
      expect(test.isOn(1)).toBe(false);
      expect(listeners(1)).toBe(0);
    }
  });

  it.each(['did-start-navigation', 'render-process-gone', 'destroyed'])(
    'ends with the page: %s',
    (event) => {
      test.set(1, true);
      pages.get(1)?.emit(event);
      expect(test.isOn(1)).toBe(false);
      expect(listeners(1)).toBe(0);
    },
  );

  it('goes over to the page that asked last, whatever becomes of the former one', () => {
    test.set(1, true);
    test.set(2, true);
    test.set(1, false);
    pages.get(1)?.emit('destroyed');
    expect(test.isOn(1)).toBe(false);
    expect(test.isOn(2)).toBe(true);
    expect(listeners(1)).toBe(0);
  });

  it('is nobody’s when there is no such page', () => {
    test.set(3, true);
    expect(test.isOn(3)).toBe(false);
  });
});
