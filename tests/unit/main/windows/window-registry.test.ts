import { expect, it } from 'vitest';
import { WindowRegistry } from '#main/windows/window-registry';

it('knows a window until it is closed, and that it was one of ours after that', () => {
  const registry = new WindowRegistry();
  registry.add(1, 'call');
  expect([registry.kindOf(1), registry.isClosed(1)]).toEqual(['call', false]);
  registry.remove(1);
  expect([registry.kindOf(1), registry.isClosed(1)]).toEqual([undefined, true]);
  registry.remove(2);
  expect(registry.isClosed(2), 'never one of ours').toBe(false);
});
