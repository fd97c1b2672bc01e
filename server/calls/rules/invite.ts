/** CR110–CR116, CR120–CR122: somebody in the call asks more people in; a call of two becomes one of several. */
import { limits } from '#protocol/limits';
import type { WorldOf } from './answer';
import { askedLegs, distinct, roomMade, withRoomFor } from './asked';
import type { Asking, CallCommand } from './command';
import { isPresent } from './legs';
import type { RuleId } from './rule-ids';
import type { Moment } from './settle';
import { type SharedChange, type Step, objectionToOutsider, refused, unchanged } from './step';

type Command<T extends CallCommand['type']> = Extract<CallCommand, { type: T }>;

export function ask(world: WorldOf, command: Command<'invite' | 'extend'>, moment: Moment): Step {
  return command.type === 'invite'
    ? invite(world, command, moment)
    : extend(world, command, moment);
}

function invite(world: WorldOf, command: Command<'invite'>, moment: Moment): Step {
  const objection = objectionToOutsider(world.call, command, 'CR111');
  if (objection) return objection;
  if (world.call.kind === 'private') return refused('not-a-group-call', 'CR112');
  return askIn(world, command, moment);
}

/** Legs and links stay: for the two nothing changes but who else may come. */
function extend(world: WorldOf, command: Command<'extend'>, moment: Moment): Step {
  const { call } = world;
  const objection = objectionToOutsider(call, command, 'CR121');
  if (objection) return objection;
  if (call.kind === 'group') return askIn(world, command, moment, 'CR122');
  if (call.legs.filter((leg) => leg.state === 'joined').length < 2) {
    return refused('wrong-state', 'CR121');
  }
  const asked = askIn(world, command, moment, 'CR120');
  return asked.kind === 'changed'
    ? { ...asked, shared: { ...asked.shared, kind: 'group' } }
    : asked;
}

function askIn(
  world: WorldOf,
  command: Command<'invite' | 'extend'>,
  moment: Moment,
  ...rules: RuleId[]
): Step {
  const { call, others } = world;
  const present = new Set(call.legs.filter(isPresent).map((leg) => leg.userId));
  const userIds = distinct(command.userIds, present);
  if (userIds.length === 0) return unchanged('CR110', ...rules);
  const stranger = strangerAmong(world, [command.userId, ...userIds]);
  if (stranger) return stranger;
  if (present.size + userIds.length > limits.participants) return refused('call-full', 'CR114');
  const { legIds, userId: invitedBy } = command;
  const asked = askedLegs(world, others, { userIds, legIds, invitedBy }, moment);
  const room = withRoomFor(call.legs, asked.legs.length);
  return {
    kind: 'changed',
    legs: [...room, ...asked.legs],
    rules: ['CR110', ...rules, ...(room === call.legs ? [] : roomMade), ...asked.rules],
    shared: command.type === 'invite' ? wordsOf(command) : {},
  };
}

/** One call has one `extra` and one set of texts: those of the newest invitation that brought its own. */
function wordsOf({ extra, push }: Asking): SharedChange {
  return { ...(extra === undefined ? {} : { extra }), ...(push === undefined ? {} : { push }) };
}

/** CR113. In the call of a group everybody is a member, whoever asks included. */
function strangerAmong(
  { call, group, knownUserIds }: WorldOf,
  userIds: readonly string[],
): Step | null {
  if (call.groupId === undefined) {
    return userIds.every((id) => knownUserIds.has(id)) ? null : refused('user-unknown', 'CR113');
  }
  return userIds.every((id) => group?.memberIds.has(id)) ? null : refused('not-in-group', 'CR113');
}
