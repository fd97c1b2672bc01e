/** A team whose desks stand in networks of their own, Anna’s in one and Bao’s in the other. */
import type { Network } from '../../support/netns';
import type { TeamOptions } from './team';

export function inNetwork(network: Network): Pick<TeamOptions, 'places' | 'addressOf'> {
  return {
    places: { anna: { network, desk: 'a' }, bao: { network, desk: 'b' } },
    addressOf: async (seat, { port }) => {
      const there = await network.reachFromDesk(seat === 'anna' ? 'a' : 'b', port);
      return `ws://127.0.0.1:${there}`;
    },
  };
}
