/**
 * The owner of every call: what a command does, as a pure function of the world, the command and the time.
 * Inputs are listed by sender in command.ts; every rule has a row in docs/call-spec.md and is named in the decision.
 * It must never read a clock, make an id or look at anything but its arguments.
 */
import type { CallState } from './call-state';
import type { CallCommand, Decision, World } from './command';
import { type WorldOf, claim, join, ringing } from './answer';
import { deviceBack, deviceLost, links, serverRestarted } from './connection';
import { deadline } from './deadline';
import { leave } from './leave';
import { enter } from './enter';
import { ask } from './invite';
import { media, mediaAnswer } from './media';
import { remove } from './remove';
import { reach, silenced } from './ring';
import { type Moment, settleStep } from './settle';
import { start } from './start';
import { startGroup } from './start-group';
import type { Step } from './step';

export function decide(world: World, command: CallCommand, nowMs: number): Decision {
  if (command.type === 'start') return start(world, command, nowMs);
  if (command.type === 'start-group') return startGroup(world, command, nowMs);
  const { call, times } = world;
  if (!call) return { ok: false, error: 'call-unknown', rules: ['CR53'] };
  if (call.endedAt !== undefined) return afterTheEnd(call, command);
  const moment = { nowMs, times };
  const step = stepOf({ ...world, call }, command, moment);
  switch (step.kind) {
    case 'refused':
      return { ok: false, error: step.error, rules: step.rules };
    case 'unchanged':
      return { ok: true, changed: false, call, rules: step.rules };
    case 'changed':
      return settleStep(call, step, moment);
  }
}

type CommandToCall = Exclude<CallCommand, { type: 'start' | 'start-group' }>;
type FromDevice = Extract<CommandToCall, { deviceId: string }>;
type OfServer = Exclude<CommandToCall, FromDevice>;

function stepOf(world: WorldOf, command: CommandToCall, moment: Moment): Step {
  if (!('deviceId' in command)) return stepOfServer(world, command, moment);
  return 'legIds' in command ? ask(world, command, moment) : stepOfDevice(world, command, moment);
}

function stepOfDevice(
  world: WorldOf,
  command: Exclude<FromDevice, { legIds: readonly string[] }>,
  moment: Moment,
): Step {
  const { call } = world;
  switch (command.type) {
    case 'ringing':
      return ringing(world, command);
    case 'silenced':
      return silenced(world, command);
    case 'claim':
      return claim(world, command, moment);
    case 'join':
      return join(call, command, moment);
    case 'leave':
      return leave(call, command, moment);
    case 'media':
      return media(call, command, moment);
    case 'media-answer':
      return mediaAnswer(call, command);
    case 'enter':
      return enter(world, command, moment);
    case 'links':
      return links(call, command);
    case 'device-lost':
      return deviceLost(world, command, moment);
    case 'device-back':
      return deviceBack(world, command);
  }
}

/** Sockets, an admin, the clock, the start of the server. */
function stepOfServer(world: WorldOf, command: OfServer, moment: Moment): Step {
  const { call } = world;
  switch (command.type) {
    case 'reach':
      return reach(world, command);
    case 'remove':
      return remove(call, command, moment);
    case 'deadline':
      return deadline(call, moment);
    case 'server-restarted':
      return serverRestarted(call, moment);
  }
}

const tooLate: ReadonlySet<CommandToCall['type']> = new Set<CommandToCall['type']>([
  'claim',
  'join',
  'enter',
  'invite',
  'extend',
]);

/** CR52: people who answer, enter or invite too late are told so; everything else is at its goal already. CR53: strangers. */
function afterTheEnd(call: CallState, command: CommandToCall): Decision {
  if ('userId' in command && !call.legs.some((leg) => leg.userId === command.userId)) {
    return { ok: false, error: 'call-unknown', rules: ['CR53'] };
  }
  return tooLate.has(command.type)
    ? { ok: false, error: 'call-ended', rules: ['CR52'] }
    : { ok: true, changed: false, call, rules: ['CR52'] };
}
