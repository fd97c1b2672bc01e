/** A team for all tests of a describe block or a file: opened before the first, quiet after each, closed after the last. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { Cleanup } from '../../support/cleanup';
import { openTeam, type Seat, type Team, type TeamOptions } from './team';

/** `options` may be made when the tests begin; what they need is closed after the team. */
type Options = TeamOptions | ((cleanup: Cleanup) => TeamOptions | Promise<TeamOptions>);

export type TeamInUse = Pick<Team, 'server' | 'desk' | 'endCalls'>;

export function useTeam(at: readonly Seat[], options: Options = {}): TeamInUse {
  const cleanup = new Cleanup();
  let opened: Team | undefined;
  const team = (): Team => {
    if (!opened) throw new Error('The team is there once the tests begin.');
    return opened;
  };
  beforeAll(async () => {
    const made = typeof options === 'function' ? await options(cleanup) : options;
    opened = cleanup.own(await openTeam(at, made));
  });
  afterEach(async () => {
    await opened?.endCalls();
  });
  afterAll(async () => {
    await cleanup.close();
  });
  return {
    get server() {
      return team().server;
    },
    desk: (seat) => team().desk(seat),
    endCalls: () => team().endCalls(),
  };
}
