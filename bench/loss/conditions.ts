/** What happens to the network of a running call, and whom it hits. */
import type { Network } from '../../tests/support/netns';

export interface Condition {
  readonly name: string;
  /** Whose voice suffers: everybody's, or that of the first person alone. */
  readonly hits: 'everybody' | 'first person';
  begin(network: Network): Promise<void>;
}

const loss = (percent: number): Condition => ({
  name: `${percent} % loss`,
  hits: 'everybody',
  begin: (network) => network.lose(percent / 100),
});

export const conditions: readonly Condition[] = [
  loss(10),
  loss(20),
  loss(30),
  {
    name: '100 kbit/s uplink',
    hits: 'first person',
    begin: (network) => network.narrow('a', 100),
  },
];
