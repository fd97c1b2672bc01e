/**
 * What a link does next: `decideLink(memory, event)`, pure. Nobody asks a clock here: a link has one alarm, and the
 * phase says what it means when it rings.
 *
 *   phase       offerer's alarm                         answerer's alarm
 *   offering    no answer: offer again                  –
 *   waiting     –                                       no offer: ask
 *   connecting  answered, no connection: restart        ask
 *   live        –                                       –
 *   wavering    disconnected for too long: restart      ask
 *
 * While a phase waits for the outcome of a try, no other try begins: that is the lock on negotiation. A peer that had
 * its tries is rebuilt, and never while its connection still carries sound. A link never gives up; the server does.
 *
 * A newcomer offers by itself, to one after the other. So an answerer that was there before waits – or asks at once,
 * so as not to wait for its turn, while its own person speaks.
 *
 * Resume: a page that was loaded anew knows nothing. As the offerer it offers under a new link id, as always. As the
 * answerer it asks at once. An offerer that was never answered leaves such a question alone, since its offer is under
 * way; one that was answered has a dead connection, however connected it looks, and rebuilds.
 */
import type { LinkWish } from './link-payload';
import type { LinkState } from './ports';

export const linkTiming = {
  /** An offer without an answer is offered again. */
  answerMs: 3_000,
  /** The latest known ICE servers do when fresh ones take longer. */
  iceServersMs: 1_500,
  /** Before a new peer takes the place of one whose description was refused. */
  refusedMs: 500,
  /** Asked for an offer that is out already: it may have reached a page that is gone. */
  hurryMs: 1_000,
  /** A short break mends itself. */
  patienceMs: 2_000,
  /** From the answer to a connection: on a network that is known to work, and the first time. */
  connectMs: 4_000,
  firstConnectMs: 8_000,
  /**
   * An offer that is to come by itself is asked for: after the last turn and a slow look-up of ICE servers, and early
   * enough that hurrying never delays the offer's own repetition.
   */
  awaitMs: 2_000,
  /** The answerer asks at most this often. */
  askMs: 3_000,
  /** Offers that did not help before the peer is rebuilt. */
  triesPerPeer: 3,
} as const;

/** The later joiner is the offerer: only it makes offers, so that two offers never meet. */
export type LinkRole = 'offerer' | 'answerer';

/** What the browser says of the connection; `new` is everything before the first `connected`. */
export type Connection = 'new' | 'connected' | 'disconnected' | 'failed';

export type LinkPhase = 'offering' | 'waiting' | 'connecting' | 'live' | 'wavering';

export interface LinkMemory {
  readonly role: LinkRole;
  readonly phase: LinkPhase;
  readonly connection: Connection;
  /** Offers on this peer since the link was last live, the first one not counted. */
  readonly tries: number;
  /** An offer went out and waits for its answer. */
  readonly isOut: boolean;
  /** Some offer of this peer was answered. */
  readonly answered: boolean;
  /** The last description could not be used: without a connection the peer is worth no more tries. */
  readonly refused: boolean;
  readonly everLive: boolean;
  /** Something went wrong since the link was made or last live. */
  readonly shaken: boolean;
}

export type LinkEvent =
  /** The snapshot shows both legs joined. An answerer that does not ask waits for an offer that comes by itself. */
  | { readonly type: 'started'; readonly asks: boolean }
  | { readonly type: 'offer-sent' }
  /** An offer met its answer, at the end that sees this; `connection` is that peer's. */
  | { readonly type: 'answered'; readonly connection: Connection }
  /** The browser refused a description, the other's or its own; `connection` is the present peer's. */
  | { readonly type: 'description-refused'; readonly connection: Connection }
  | { readonly type: 'connection'; readonly connection: Connection }
  /** The other end goes on with a peer that this one never had. */
  | { readonly type: 'unknown-link' }
  /** The other end asks for an offer; `isServed`: it asked before the newest one was made. */
  | { readonly type: 'requested'; readonly want: LinkWish; readonly isServed: boolean }
  /** The network changed or the machine woke up: what was sent last may be lost. */
  | { readonly type: 'refreshed' }
  | { readonly type: 'alarm' };

export type LinkEffect =
  /** Fetch ICE servers and offer; with `restart` take back an unanswered offer and look for fresh routes. */
  | { readonly type: 'offer'; readonly restart: boolean }
  /** A new peer with a new link id in place of the present one, and its first offer. */
  | { readonly type: 'rebuild' }
  | { readonly type: 'ask'; readonly want: LinkWish }
  /** Set the one alarm anew, or silence it. */
  | { readonly type: 'set-alarm'; readonly afterMs: number | null };

export interface LinkDecision {
  readonly memory: LinkMemory;
  readonly effects: readonly LinkEffect[];
}

export function newLinkMemory(role: LinkRole): LinkMemory {
  return {
    role,
    phase: role === 'offerer' ? 'offering' : 'waiting',
    connection: 'new',
    tries: 0,
    isOut: false,
    answered: false,
    refused: false,
    everLive: false,
    shaken: false,
  };
}

/** What the rest of the app sees. A short break is still live. */
export function linkStateOf(memory: LinkMemory): LinkState {
  const { phase, connection } = memory;
  if (phase === 'live' || phase === 'wavering' || connection === 'connected') return 'live';
  return memory.everLive || memory.shaken ? 'broken' : 'connecting';
}

export function decideLink(memory: LinkMemory, event: LinkEvent): LinkDecision {
  switch (event.type) {
    case 'started':
      return started(memory, event.asks);
    case 'offer-sent':
      return offerSent(memory);
    case 'answered':
      return answered(memory, event.connection);
    case 'description-refused':
      return descriptionRefused({ ...memory, connection: event.connection, refused: true });
    case 'connection':
      return connectionChanged(memory, event.connection);
    case 'unknown-link':
      return unknownLink(memory);
    case 'requested':
      return requested(memory, event);
    case 'refreshed':
      return memory.role === 'offerer' ? offer(memory) : ask(memory);
    case 'alarm':
      return rang(memory);
  }
}

function started(memory: LinkMemory, asks: boolean): LinkDecision {
  if (memory.role === 'offerer') return rebuild(memory);
  return asks ? ask(memory) : alarmed(memory, linkTiming.awaitMs);
}

/** A peer that still carries sound is left alone: what was refused may have been junk. */
function descriptionRefused(memory: LinkMemory): LinkDecision {
  if (memory.connection === 'connected') return same(memory);
  if (memory.role === 'answerer') return tryAgain(memory);
  return memory.phase === 'offering' ? alarmed(memory, linkTiming.refusedMs) : same(memory);
}

function offerSent(memory: LinkMemory): LinkDecision {
  if (memory.phase !== 'offering') return same(memory);
  return alarmed({ ...memory, isOut: true }, linkTiming.answerMs);
}

function answered(memory: LinkMemory, connection: Connection): LinkDecision {
  const next: LinkMemory = {
    ...memory,
    connection,
    isOut: false,
    answered: true,
    refused: false,
  };
  if (connection === 'connected') return live(next);
  const afterMs = memory.everLive ? linkTiming.connectMs : linkTiming.firstConnectMs;
  return alarmed({ ...next, phase: 'connecting' }, afterMs);
}

function connectionChanged(memory: LinkMemory, connection: Connection): LinkDecision {
  const next: LinkMemory = { ...memory, connection };
  const wasUp = memory.phase === 'live' || memory.phase === 'wavering';
  switch (connection) {
    case 'connected':
      return memory.phase === 'offering' ? same(healed(next)) : live(next);
    case 'disconnected':
      return memory.phase === 'live'
        ? alarmed({ ...next, phase: 'wavering' }, linkTiming.patienceMs)
        : same(next);
    case 'failed':
      return wasUp ? tryAgain(next) : same(next);
    case 'new':
      return memory.phase === 'live'
        ? alarmed({ ...next, phase: 'connecting' }, linkTiming.connectMs)
        : same(next);
  }
}

/** A peer that carries sound is left alone. Else there is nothing here that could be gone on with. */
function unknownLink(memory: LinkMemory): LinkDecision {
  const isOf = memory.role === 'answerer' && memory.connection !== 'connected';
  return isOf ? ask({ ...memory, refused: true }) : same(memory);
}

/** The lock: a try that is under way is left alone, and so is a peer whose very first offer is still out. */
function requested(
  memory: LinkMemory,
  { want, isServed }: { readonly want: LinkWish; readonly isServed: boolean },
): LinkDecision {
  if (memory.role === 'answerer') return same(memory);
  if (want === 'rebuild' && memory.answered) return rebuild(memory);
  if (want === 'rebuild') return isServed ? same(memory) : hurried(memory);
  const idle = memory.phase === 'live' || memory.phase === 'wavering';
  return idle ? offer(memory) : same(memory);
}

/** In an ordinary start the answer is on its way by now; where both ends were loaded anew, nobody got the offer. */
function hurried(memory: LinkMemory): LinkDecision {
  return memory.isOut ? alarmed(memory, linkTiming.hurryMs) : same(memory);
}

/** A live link has no alarm; one that rang just before it became live is too late. */
function rang(memory: LinkMemory): LinkDecision {
  return memory.phase === 'live' ? same(memory) : tryAgain(memory);
}

function tryAgain(memory: LinkMemory): LinkDecision {
  if (memory.role === 'answerer') {
    const isMended = memory.connection === 'connected' && memory.answered;
    return isMended ? live(memory) : ask({ ...memory, shaken: true });
  }
  const hadItsTries = memory.refused || memory.tries >= linkTiming.triesPerPeer;
  const isSpent = hadItsTries && memory.connection !== 'connected';
  if (isSpent) return rebuild({ ...memory, shaken: true });
  return offer({ ...memory, tries: memory.tries + 1, shaken: true });
}

function offer(memory: LinkMemory): LinkDecision {
  return {
    memory: { ...memory, phase: 'offering', isOut: false },
    effects: [{ type: 'offer', restart: memory.answered }, offerAlarm],
  };
}

function rebuild(memory: LinkMemory): LinkDecision {
  const { everLive, shaken } = memory;
  return {
    memory: { ...newLinkMemory(memory.role), everLive, shaken },
    effects: [{ type: 'rebuild' }, offerAlarm],
  };
}

/** Rings only if the offer never went out: `offer-sent` sets it anew. */
const offerAlarm: LinkEffect = {
  type: 'set-alarm',
  afterMs: linkTiming.iceServersMs + linkTiming.answerMs,
};

function ask(memory: LinkMemory): LinkDecision {
  const want: LinkWish = memory.answered && !memory.refused ? 'restart' : 'rebuild';
  return {
    memory: { ...memory, phase: 'waiting' },
    effects: [
      { type: 'ask', want },
      { type: 'set-alarm', afterMs: linkTiming.askMs },
    ],
  };
}

function healed(memory: LinkMemory): LinkMemory {
  return { ...memory, tries: 0, everLive: true, shaken: false };
}

function live(memory: LinkMemory): LinkDecision {
  return alarmed({ ...healed(memory), phase: 'live' }, null);
}

function alarmed(memory: LinkMemory, afterMs: number | null): LinkDecision {
  return { memory, effects: [{ type: 'set-alarm', afterMs }] };
}

function same(memory: LinkMemory): LinkDecision {
  return { memory, effects: [] };
}
