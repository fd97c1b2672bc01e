/** Three people, each on a computer in a network of their own, and the way their signals take. */
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { buildPage } from '../../tests/support/built-page';
import { openChromiumPage } from '../../tests/support/chromium-page';
import type { Cleanup } from '../../tests/support/cleanup';
import { speechFile } from '../../tests/support/media-files';
import { type Network, startNetwork } from '../../tests/support/netns';
import { waitFor } from '../../tests/support/wait';
import type { Contender, PartyApi, Totals } from './page/party-api';

export const desks = ['a', 'b', 'c'] as const;

/** Hardly a pause, as somebody speaks who has the word: what hides in a pause is not heard either. */
const sentence =
  'the quick brown fox jumps over the lazy dog while seven sailors bring forty barrels of rain water up the ' +
  'narrow stairs and nobody along the harbour wall remembers who had ordered them or where they ought to go';

export interface People {
  readonly network: Network;
  /** Everybody joins, and hears and sees everybody else. */
  begin(contender: Contender): Promise<void>;
  /** By person. */
  totals(): Promise<readonly Totals[]>;
  end(): Promise<void>;
}

type Result<K extends keyof PartyApi> = Awaited<ReturnType<PartyApi[K]>>;

export async function gatherPeople(cleanup: Cleanup): Promise<People> {
  const built = cleanup.own(await buildPage(resolve(import.meta.dirname, 'page')));
  const speech = await speechFile('without-pause', sentence);
  const network = cleanup.own(await startNetwork(desks));
  const pages = await Promise.all(
    desks.map(async (desk) => {
      const port = await network.reachFromDesk(desk, Number(new URL(built.url).port));
      const { page } = cleanup.own(
        await openChromiumPage(`http://127.0.0.1:${port}/index.html`, {
          flags: [`--use-file-for-fake-audio-capture=${speech}`],
          namespace: network.namespace(desk),
          reach: (inner) => network.reachIntoDesk(desk, inner),
        }),
      );
      return page;
    }),
  );
  const people = new PeopleInPages(network, pages);
  await people.open();
  return people;
}

class PeopleInPages implements People {
  #calls = 0;

  constructor(
    readonly network: Network,
    private readonly pages: readonly Page[],
  ) {}

  async open(): Promise<void> {
    for (const [me, page] of this.pages.entries()) {
      await page.exposeFunction('sendTo', (to: number, message: unknown) =>
        this.#tell(to, 'deliver', me, message),
      );
    }
    await this.#tellAll(() => ['open']);
  }

  async begin(contender: Contender): Promise<void> {
    this.#calls += 1;
    const callId = `call-${this.#calls}`;
    await this.#tellAll((me) => ['begin', { callId, contender, me }]);
    for (const me of this.pages.keys()) await this.#tellAll(() => ['joined', me + 1]);
    await waitFor(() => this.#isComplete(), { what: `a whole call of ${contender}` });
  }

  async totals(): Promise<readonly Totals[]> {
    return Promise.all([...this.pages.keys()].map((me) => this.#tell(me, 'totals')));
  }

  async end(): Promise<void> {
    await this.#tellAll(() => ['end']);
  }

  async #isComplete(): Promise<boolean> {
    const others = this.pages.length - 1;
    return (await this.totals()).every(
      ({ received }) =>
        received.length === others &&
        received.every(({ samples, pictures }) => samples > 0 && pictures > 0),
    );
  }

  #tell<K extends keyof PartyApi>(
    person: number,
    verb: K,
    ...args: Parameters<PartyApi[K]>
  ): Promise<Result<K>> {
    const page = this.pages[person];
    if (!page) throw new Error(`There is no person ${person}.`);
    return page.evaluate<Result<K>>(`party.${verb}(...${JSON.stringify(args)})`);
  }

  async #tellAll<K extends keyof PartyApi>(
    order: (person: number) => [K, ...Parameters<PartyApi[K]>],
  ): Promise<void> {
    await Promise.all([...this.pages.keys()].map((person) => this.#tell(person, ...order(person))));
  }
}
