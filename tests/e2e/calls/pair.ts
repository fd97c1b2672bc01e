/** Two people, Anna and Bao, each at an own desk, signed in to one server. */
import { Cleanup } from '../../support/cleanup';
import { openDesks, type Desk, type DeskOptions } from '../../support/desk';
import { anna, bao } from '../../support/people';
import { startTestServer, type TestServer, type TestServerOptions } from '../../support/server';
import { endCallsAt, voiceOf } from './team';

export const annaHz = voiceOf('anna');
export const baoHz = voiceOf('bao');

export interface PairOptions {
  readonly server?: TestServerOptions;
  /** With pictures there are fake devices instead of sound cards. */
  readonly withPictures?: boolean;
  readonly packaged?: boolean;
  /** Where each of them finds the server, and what else is special about a desk. */
  readonly addresses?: (server: TestServer) => Promise<{ anna: string; bao: string }>;
  readonly places?: { readonly anna: DeskOptions['place']; readonly bao: DeskOptions['place'] };
}

export interface Pair {
  readonly anna: Desk;
  readonly bao: Desk;
  /** Ends whatever a failed test left, so that the next one starts from nothing. */
  endCalls(): Promise<void>;
  close(): Promise<void>;
}

export async function openPair(options: PairOptions = {}): Promise<Pair> {
  const cleanup = new Cleanup();
  try {
    const server = cleanup.own(await startTestServer(options.server));
    const addresses = (await options.addresses?.(server)) ?? { anna: server.url, bao: server.url };
    const [annaDesk, baoDesk] = await openDesks(
      deskOptions('anna', options),
      deskOptions('bao', options),
    );
    if (!annaDesk || !baoDesk) throw new Error('Two desks were asked for.');
    cleanup.add(() => Promise.all([annaDesk.close(), baoDesk.close()]));
    await Promise.all([annaDesk.signIn(addresses.anna), baoDesk.signIn(addresses.bao)]);
    const endCalls = async (): Promise<void> => {
      await Promise.all([endCallsAt(annaDesk), endCallsAt(baoDesk)]);
    };
    return { anna: annaDesk, bao: baoDesk, endCalls, close: () => cleanup.close() };
  } catch (error) {
    await cleanup.close();
    throw error;
  }
}

function deskOptions(
  who: 'anna' | 'bao',
  { withPictures, packaged, places }: PairOptions,
): DeskOptions {
  const place = places?.[who];
  return {
    person: who === 'anna' ? anna : bao,
    toneHz: who === 'anna' ? annaHz : baoHz,
    ...(withPictures ? { picture: who === 'anna' ? 'orange' : 'blue' } : {}),
    ...(packaged === undefined ? {} : { packaged }),
    ...(place === undefined ? {} : { place }),
  };
}
