/**
 * CR34–CR37: a device starts or answers a call while another device of the same user is in one. The command says what
 * becomes of that, else the user's rule.
 */
import { EndReason } from '#protocol/end-reason';
import { joinTypes } from '#protocol/join-types';
import type { JoinType } from '#protocol/primitives';
import type { CallState, LegRow } from './call-state';
import type { World } from './command';
import { callsElsewhere } from './in-call';
import { leftLeg } from './legs';
import type { RuleId } from './rule-ids';
import { type Moment, settle } from './settle';
import { changeLeg } from './step';
import { rulesOf } from './user-rules';

interface FromDevice {
  readonly userId: string;
  readonly deviceId: string;
  readonly joinType?: JoinType;
}

export type SecondDevice =
  | { readonly kind: 'refused' }
  | {
      readonly kind: 'allowed';
      /** The calls that the user's other devices were put out of. */
      readonly also: readonly CallState[];
      readonly rules: readonly RuleId[];
    };

export function secondDevice(world: World, from: FromDevice, moment: Moment): SecondDevice {
  const elsewhere = callsElsewhere(world.others, from);
  if (elsewhere.length === 0) return { kind: 'allowed', also: [], rules: [] };
  switch (from.joinType ?? rulesOf(world, from.userId).secondDevice) {
    case joinTypes.refuse:
      return { kind: 'refused' };
    case joinTypes.coexist:
      return { kind: 'allowed', also: [], rules: ['CR37'] };
    case joinTypes.kick:
      return {
        kind: 'allowed',
        also: elsewhere.map(({ call, leg }) => putOut(call, leg, moment)),
        rules: ['CR36'],
      };
  }
}

/** The leg on the other device makes room; its call may end with that. */
function putOut(call: CallState, leg: LegRow, moment: Moment): CallState {
  const reason = EndReason.OTHER_CLIENT_JOINED_CALL;
  const left = leftLeg(leg, moment.nowMs, { reason, cause: 'other-device' });
  const { legs, rules } = changeLeg(call.legs, left, 'CR36');
  return settle(call, legs, rules, moment).call;
}
