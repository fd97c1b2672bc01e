import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Connection,
  type LinkEffect,
  type LinkEvent,
  type LinkMemory,
  type LinkPhase,
  type LinkRole,
  decideLink,
  linkStateOf,
  linkTiming,
  newLinkMemory,
} from '#renderer/media/link-rules';

interface Story {
  readonly memory: LinkMemory;
  readonly effects: readonly LinkEffect[];
}

/** Runs events one after the other; the effects are those of the last one. */
function tell(role: LinkRole, ...events: LinkEvent[]): Story {
  return events.reduce<Story>(({ memory }, event) => decideLink(memory, event), {
    memory: newLinkMemory(role),
    effects: [],
  });
}

const connection = (state: Connection): LinkEvent => ({ type: 'connection', connection: state });
const started: LinkEvent = { type: 'started', asks: true };
const awaited: LinkEvent = { type: 'started', asks: false };
const offerSent: LinkEvent = { type: 'offer-sent' };
const answered: LinkEvent = { type: 'answered', connection: 'new' };
const alarm: LinkEvent = { type: 'alarm' };
const refreshed: LinkEvent = { type: 'refreshed' };
const refusedWhile = (state: Connection): LinkEvent => ({
  type: 'description-refused',
  connection: state,
});
const unknownLink: LinkEvent = { type: 'unknown-link' };
const wantsRestart: LinkEvent = { type: 'requested', want: 'restart', isServed: false };
const wantsRebuild: LinkEvent = { type: 'requested', want: 'rebuild', isServed: false };

const connectedOfferer = [started, offerSent, answered, connection('connected')];
const connectedAnswerer = [started, answered, connection('connected')];

const types = (story: Story): string[] =>
  story.effects.map((effect) => effect.type).filter((type) => type !== 'set-alarm');
const alarmOf = (story: Story): number | null | undefined =>
  story.effects.find((effect) => effect.type === 'set-alarm')?.afterMs;

describe('the offerer', () => {
  it('builds a peer and offers at once', () => {
    const story = tell('offerer', started);
    expect(types(story)).toEqual(['rebuild']);
    expect(linkStateOf(story.memory)).toBe('connecting');
  });

  it('counts the three seconds for an answer from the moment the offer went out', () => {
    expect(alarmOf(tell('offerer', started, offerSent))).toBe(linkTiming.answerMs);
  });

  it('offers again when no answer came, on the same peer', () => {
    const story = tell('offerer', started, offerSent, alarm);
    expect(story.effects[0]).toEqual({ type: 'offer', restart: false });
  });

  it('is live when connected, with no alarm left', () => {
    const story = tell('offerer', ...connectedOfferer);
    expect(linkStateOf(story.memory)).toBe('live');
    expect(alarmOf(story)).toBeNull();
  });

  it('lets a short break mend itself', () => {
    const wavering = tell('offerer', ...connectedOfferer, connection('disconnected'));
    expect(types(wavering)).toEqual([]);
    expect(alarmOf(wavering)).toBe(linkTiming.patienceMs);
    expect(linkStateOf(wavering.memory)).toBe('live');
    const mended = decideLink(wavering.memory, connection('connected'));
    expect(mended.memory.phase).toBe('live');
  });

  it('restarts after a break that lasts', () => {
    const story = tell('offerer', ...connectedOfferer, connection('disconnected'), alarm);
    expect(story.effects[0]).toEqual({ type: 'offer', restart: true });
    expect(linkStateOf(story.memory)).toBe('broken');
  });

  it('restarts at once when the connection failed', () => {
    const story = tell('offerer', ...connectedOfferer, connection('failed'));
    expect(story.effects[0]).toEqual({ type: 'offer', restart: true });
  });

  it('rebuilds the peer after three tries without success, again and again', () => {
    const broken = [...connectedOfferer, connection('failed')];
    expect(types(tell('offerer', ...broken, alarm, alarm))).toEqual(['offer']);
    expect(types(tell('offerer', ...broken, alarm, alarm, alarm))).toEqual(['rebuild']);
    const tries = Array<LinkEvent>(4).fill(alarm);
    const second = tell('offerer', ...broken, alarm, alarm, alarm, ...tries);
    expect(types(second)).toEqual(['rebuild']);
    expect(linkStateOf(second.memory)).toBe('broken');
  });

  it('never rebuilds a peer that still carries sound, however many answers are lost', () => {
    const lost = Array<LinkEvent>(20).fill(alarm);
    const story = tell('offerer', ...connectedOfferer, refreshed, offerSent, ...lost);
    expect(story.effects[0]).toEqual({ type: 'offer', restart: true });
    expect(linkStateOf(story.memory)).toBe('live');
  });

  it('forgets earlier trouble once it is live', () => {
    const healed = [
      connection('failed'),
      alarm,
      alarm,
      offerSent,
      answered,
      connection('connected'),
    ];
    const story = tell('offerer', ...connectedOfferer, ...healed, connection('failed'), alarm);
    expect(types(story)).toEqual(['offer']);
    expect(story.memory.tries).toBe(2);
  });

  it('restarts when asked, and only one negotiation runs at a time', () => {
    const asked = tell('offerer', ...connectedOfferer, wantsRestart);
    expect(asked.effects[0]).toEqual({ type: 'offer', restart: true });
    expect(decideLink(asked.memory, wantsRestart).effects).toEqual([]);
    const connecting = tell('offerer', started, offerSent, answered);
    expect(decideLink(connecting.memory, wantsRestart).effects).toEqual([]);
  });

  it('rebuilds when the answerer has no usable peer, but not while the first offer is still out', () => {
    expect(types(tell('offerer', ...connectedOfferer, wantsRebuild))).toEqual(['rebuild']);
    expect(types(tell('offerer', started, offerSent, wantsRebuild))).toEqual([]);
    const twice = tell('offerer', ...connectedOfferer, wantsRebuild, wantsRebuild);
    expect(twice.effects).toEqual([]);
  });

  it('hurries when it is asked for an offer that is out, and only then', () => {
    const early = tell('offerer', started, wantsRebuild);
    expect(early.effects).toEqual([]);
    const asked = tell('offerer', started, offerSent, wantsRebuild);
    expect(alarmOf(asked)).toBe(linkTiming.hurryMs);
    expect(decideLink(asked.memory, alarm).effects[0]).toEqual({ type: 'offer', restart: false });
  });

  it('leaves an offer alone that was made after it was asked for', () => {
    const served: LinkEvent = { type: 'requested', want: 'rebuild', isServed: true };
    expect(tell('offerer', started, offerSent, served).effects).toEqual([]);
    expect(types(tell('offerer', ...connectedOfferer, served))).toEqual(['rebuild']);
  });

  it('rebuilds for a page that was loaded anew, in whatever phase a link that was answered is', () => {
    const broken = [...connectedOfferer, connection('failed')];
    const phases: LinkEvent[][] = [
      connectedOfferer,
      [...connectedOfferer, connection('disconnected')],
      broken,
      [...broken, offerSent],
      [...broken, offerSent, answered],
    ];
    for (const events of phases) {
      const story = tell('offerer', ...events, wantsRebuild);
      expect(types(story)).toEqual(['rebuild']);
      expect(types(tell('offerer', ...events, wantsRebuild, wantsRebuild))).toEqual([]);
    }
  });

  it('stays live when a restart was answered while the connection held', () => {
    const story = tell('offerer', ...connectedOfferer, refreshed, offerSent, {
      type: 'answered',
      connection: 'connected',
    });
    expect(story.memory.phase).toBe('live');
    expect(alarmOf(story)).toBeNull();
  });

  it('rebuilds soon when the browser refused a description and nothing is connected', () => {
    const story = tell('offerer', ...connectedOfferer, refreshed, refusedWhile('failed'));
    expect(alarmOf(story)).toBe(linkTiming.refusedMs);
    expect(types(decideLink(story.memory, alarm))).toEqual(['rebuild']);
  });

  it('leaves a peer alone that carries sound although a description was refused', () => {
    const story = tell('offerer', ...connectedOfferer, refreshed, refusedWhile('connected'));
    expect(story.effects).toEqual([]);
    expect(types(decideLink(story.memory, alarm))).toEqual(['offer']);
  });
});

describe('the answerer', () => {
  it('asks for the offer at once, then every three seconds', () => {
    const asked = tell('answerer', started);
    expect(asked.effects[0]).toEqual({ type: 'ask', want: 'rebuild' });
    expect(alarmOf(asked)).toBe(linkTiming.askMs);
    expect(linkStateOf(asked.memory)).toBe('connecting');
    const again = decideLink(asked.memory, alarm);
    expect(again.effects[0]).toEqual({ type: 'ask', want: 'rebuild' });
    expect(alarmOf(again)).toBe(linkTiming.askMs);
  });

  it('asks only after two seconds where the offer is to come by itself', () => {
    const waiting = tell('answerer', awaited);
    expect(types(waiting)).toEqual([]);
    expect(alarmOf(waiting)).toBe(linkTiming.awaitMs);
    const { awaitMs, hurryMs, answerMs } = linkTiming;
    expect(awaitMs + hurryMs).toBeLessThanOrEqual(answerMs);
    expect(linkStateOf(waiting.memory)).toBe('connecting');
    expect(decideLink(waiting.memory, alarm).effects[0]).toEqual({ type: 'ask', want: 'rebuild' });
  });

  it('asks for a new peer when it is offered a restart of one it never had', () => {
    const story = tell('answerer', started, unknownLink);
    expect(story.effects[0]).toEqual({ type: 'ask', want: 'rebuild' });
    expect(tell('answerer', ...connectedAnswerer, unknownLink).effects).toEqual([]);
  });

  it('asks for a restart when its connection broke', () => {
    const story = tell('answerer', ...connectedAnswerer, connection('failed'));
    expect(story.effects[0]).toEqual({ type: 'ask', want: 'restart' });
    expect(linkStateOf(story.memory)).toBe('broken');
  });

  it('asks for a new peer when it could not use the last offer', () => {
    const dead = tell('answerer', ...connectedAnswerer, refusedWhile('failed'));
    expect(dead.effects[0]).toEqual({ type: 'ask', want: 'rebuild' });
    const junk = tell('answerer', ...connectedAnswerer, refusedWhile('connected'));
    expect(junk.effects).toEqual([]);
    const later = decideLink(junk.memory, connection('failed'));
    expect(later.effects[0]).toEqual({ type: 'ask', want: 'rebuild' });
  });

  it('stops asking when the connection mended itself', () => {
    const story = tell(
      'answerer',
      ...connectedAnswerer,
      connection('failed'),
      connection('connected'),
    );
    expect(story.memory.phase).toBe('live');
    expect(alarmOf(story)).toBeNull();
  });

  it('leaves requests of the other side alone', () => {
    expect(tell('answerer', ...connectedAnswerer, wantsRebuild).effects).toEqual([]);
  });
});

describe('every history', () => {
  const connections = fc.constantFrom<Connection>('new', 'connected', 'disconnected', 'failed');
  const events = fc.array(
    fc.oneof(
      fc.constantFrom<LinkEvent>(
        offerSent,
        alarm,
        alarm,
        refreshed,
        wantsRestart,
        wantsRebuild,
        unknownLink,
      ),
      connections.map((state): LinkEvent => ({ type: 'answered', connection: state })),
      connections.map(connection),
      connections.map(refusedWhile),
    ),
    { maxLength: 60 },
  );
  const phases: Readonly<Record<LinkRole, readonly LinkPhase[]>> = {
    offerer: ['offering', 'connecting', 'live', 'wavering'],
    answerer: ['waiting', 'connecting', 'live', 'wavering'],
  };

  it.each(['offerer', 'answerer'] as const)(
    'of an %s keeps to its role, and a link that is not live always has its alarm set',
    (role) => {
      fc.assert(
        fc.property(fc.constantFrom(started, awaited), events, (begin, history) => {
          let memory = newLinkMemory(role);
          let isAlarmSet = false;
          for (const event of [begin, ...history]) {
            if (event.type === 'alarm') {
              if (!isAlarmSet) continue;
              isAlarmSet = false;
            }
            const decision = decideLink(memory, event);
            memory = decision.memory;
            for (const effect of decision.effects) {
              if (effect.type === 'set-alarm') isAlarmSet = effect.afterMs !== null;
              else expect(effect.type === 'ask').toBe(role === 'answerer');
            }
            expect(phases[role]).toContain(memory.phase);
            expect(isAlarmSet).toBe(memory.phase !== 'live');
          }
        }),
        { numRuns: 1_000 },
      );
    },
  );
});
