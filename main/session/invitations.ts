/** Makes invitations: asks the server for a code and puts address, code and key into one link. */
import type { Invitation } from '#common/ipc';
import type { InviteProblem } from '#common/problems';
import type { ResultOf } from '#protocol/messages';
import { type Result, err, ok } from '#protocol/result';
import { parseServerAddress } from '../signaling/server-address';
import { makeInvitationLink } from './invitation-link';
import type { EmbeddedPort, Place } from './ports';
import type { Session } from './session';

const thisComputer = '127.0.0.1';

export interface InvitationsOptions {
  /** The present sign-in. */
  readonly keeper: {
    readonly session: Pick<Session, 'invite'> | null;
    readonly place: Place | null;
  };
  readonly embedded: Pick<EmbeddedPort, 'open'>;
  /** The addresses of this machine in its network. */
  readonly lanAddresses: () => readonly string[];
}

/** Where the invited one goes, and whom it has to find there. */
interface Target {
  readonly server: string;
  readonly keyHash?: string;
}

export class Invitations {
  readonly #options: InvitationsOptions;

  constructor(options: InvitationsOptions) {
    this.#options = options;
  }

  /** Only the server inside the app has several: from the outside, and for another copy on this computer. */
  addresses(): readonly string[] {
    const { keeper, lanAddresses } = this.#options;
    if (!keeper.place) return [];
    return keeper.place.embeddedName === undefined
      ? [keeper.place.server]
      : [...lanAddresses(), thisComputer];
  }

  async create(address: string): Promise<Result<Invitation, InviteProblem>> {
    const { session, place } = this.#options.keeper;
    if (!session || !place) return err('offline');
    const isEmbedded = place.embeddedName !== undefined;
    if (isEmbedded && !this.addresses().includes(address)) return err('server-error');
    const inside = isEmbedded ? await this.#embeddedTarget(address, place.url) : ok(null);
    if (!inside.ok) return inside;
    const made = await session.invite();
    if (!made.ok) return made;
    const { code, expiresAt } = made.value;
    const { server, keyHash } = inside.value ?? publicTarget(place.url, made.value);
    const parsed = parseServerAddress(server);
    if (!parsed.ok) return err('server-error');
    // A server that speaks in clear, on this computer only, has no key to show.
    const pin = keyHash !== undefined && parsed.value.url.startsWith('wss:') ? { keyHash } : {};
    return ok({ link: makeInvitationLink({ address: parsed.value, code, ...pin }), expiresAt });
  }

  /** From outside it is reached only once it has been opened, with a key of its own. */
  async #embeddedTarget(address: string, url: string): Promise<Result<Target, InviteProblem>> {
    if (address === thisComputer) return ok({ server: originOf(url) });
    const opened = await this.#options.embedded.open();
    if (!opened.ok) return opened;
    const { port, keyHash } = opened.value;
    return ok({ server: `wss://${address}:${port}`, keyHash });
  }
}

function publicTarget(url: string, made: ResultOf<'invite.create'>): Target {
  const { address = originOf(url), keyHash } = made;
  return keyHash === undefined ? { server: address } : { server: address, keyHash };
}

function originOf(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
