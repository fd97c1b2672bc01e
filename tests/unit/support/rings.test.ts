import { describe, expect, it } from 'vitest';
import { seeded } from '../../support/rings/random';
import { stateNames, states, statesOf } from '../../support/rings/states';

describe('the states in which somebody is rung', () => {
  it('are the same for the same seed, and in another order for another', () => {
    expect(statesOf(40, seeded(7))).toEqual(statesOf(40, seeded(7)));
    expect(statesOf(40, seeded(7))).not.toEqual(statesOf(40, seeded(8)));
  });

  it('come all within twenty calls, each as often as its weight says', () => {
    const drawn = statesOf(200, seeded(1));
    expect(drawn).toHaveLength(200);
    for (const name of stateNames) {
      const count = (calls: number): number =>
        drawn.slice(0, calls).filter((each) => each === name).length;
      expect([name, count(20), count(200)]).toEqual([
        name,
        states[name].weight,
        states[name].weight * 10,
      ]);
    }
  });
});
