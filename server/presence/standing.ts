/**
 * How each user can be reached now, from the truth at hand: connections and calls, the rules of those who are here, and
 * what their devices report. May be lost like them: whoever comes back brings it along.
 */
import { isQuiet, quietChangesAt, quietUntil } from '#protocol/do-not-disturb';
import { type DoNotDisturb, type Presence, defaultCallRules } from '#protocol/messages';
import type { Clock } from '../clock';

export interface Standing extends Omit<Presence, 'userId'> {
  /** When it may change without anybody's doing; null: never. */
  readonly changesAt: number | null;
}

export interface DeviceReport {
  readonly isAway: boolean;
  readonly isQuiet: boolean;
}

interface StandingsOptions {
  readonly isInCall: (userId: string) => boolean;
  /** One object for each connection of the user. */
  readonly connectionsOf: (userId: string) => readonly object[];
  readonly clock: Clock;
}

/** What the rule says, from one moment to another. */
interface Said {
  readonly rule: DoNotDisturb;
  readonly from: number;
  readonly isOn: boolean;
  readonly until: number | null;
  readonly changesAt: number | null;
}

export class Standings {
  readonly #options: StandingsOptions;
  readonly #rules = new Map<string, Said>();
  readonly #reports = new WeakMap<object, DeviceReport>();

  constructor(options: StandingsOptions) {
    this.#options = options;
  }

  of(userId: string): Standing {
    const { isInCall, connectionsOf } = this.#options;
    const { isOn, until, changesAt } = this.#said(userId);
    if (isInCall(userId)) return { availability: 'in-call', changesAt };
    const devices = connectionsOf(userId);
    if (devices.length === 0) return { availability: 'offline', changesAt };
    if (isOn) {
      return { availability: 'do-not-disturb', changesAt, ...(until === null ? {} : { until }) };
    }
    const reports = devices.map((device) => this.#reports.get(device));
    if (reports.every((report) => report?.isQuiet)) {
      return { availability: 'do-not-disturb', changesAt };
    }
    const isAway = reports.every((report) => report?.isAway);
    return { availability: isAway ? 'away' : 'online', changesAt };
  }

  /** Of somebody who is here, as long as they are. */
  noteRule(userId: string, rule: DoNotDisturb): void {
    this.#rules.set(userId, this.#read(rule));
  }

  /** With a sign-in. Where the user is here already, what is known is as new as what was read, or newer. */
  noteFirstRule(userId: string, rule: DoNotDisturb): void {
    if (!this.#rules.has(userId)) this.noteRule(userId, rule);
  }

  noteReport(device: object, report: DeviceReport): void {
    this.#reports.set(device, report);
  }

  /** Their last connection has ended. */
  forget(userId: string): void {
    this.#rules.delete(userId);
  }

  #said(userId: string): Said {
    const known = this.#rules.get(userId);
    if (!known) return silentRule;
    const now = this.#options.clock.now();
    const isOver = known.changesAt !== null && known.changesAt <= now;
    if (!isOver && known.from <= now) return known;
    const said = this.#read(known.rule);
    this.#rules.set(userId, said);
    return said;
  }

  #read(rule: DoNotDisturb): Said {
    const from = this.#options.clock.now();
    if (isDefault(rule)) return silentRule;
    const isOn = isQuiet(rule, from);
    const changesAt = quietChangesAt(rule, from);
    return { rule, from, isOn, until: isOn ? quietUntil(rule, from) : null, changesAt };
  }
}

const isDefault = ({ until, schedule }: DoNotDisturb): boolean =>
  until === null && schedule === null;

/** Shared by all who never set any: there may be many thousands. */
const silentRule: Said = {
  ...{ rule: defaultCallRules.doNotDisturb, from: 0 },
  ...{ isOn: false, until: null, changesAt: null },
};
