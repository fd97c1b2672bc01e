import { rates } from '#protocol/limits';
import { err, ok } from '#protocol/result';
import type { CallService, DeviceAction } from '../../calls/call-service';
import type { Clock } from '../../clock';
import { callsThatFit } from '../calls-that-fit';
import { limiter } from '../limiter';
import type { Asker, Handler, Handlers } from './handler';

type AskingType = 'call.start' | 'call.start-group' | 'call.invite' | 'call.extend';

type ActionType =
  | 'call.ringing'
  | 'call.silenced'
  | 'call.claim'
  | 'call.join'
  | 'call.leave'
  | 'call.media'
  | 'call.media-answer';

type CallRequestType = AskingType | ActionType | 'call.enter' | 'call.cancel-start' | 'heartbeat';

type May = (from: Asker) => boolean;

interface ActionRequest {
  readonly id: string;
  readonly callId: string;
}

const device = ({ userId, deviceId }: Asker) => ({ userId, deviceId });

export function callHandlers(calls: CallService, clock: Clock): Handlers<CallRequestType> {
  const mayCommand = limiter(rates.callCommand, clock);
  return {
    ...askingHandlers(calls, limiter(rates.callStart, clock)),
    ...actionHandlers(calls, mayCommand),
    'call.enter': async (from, { id, type: _type, ...body }) => {
      if (!mayCommand(from)) return err('rate-limited');
      return calls.enter(device(from), id, body);
    },
    'call.cancel-start': async (from, { commandId }) => {
      if (!mayCommand(from)) return err('rate-limited');
      await calls.cancelStart(device(from), commandId);
      return ok({});
    },
    heartbeat: async (from, request) => {
      for (const [callId, liveLegIds] of Object.entries(request.live)) {
        await calls.reportLinks(device(from), callId, liveLegIds);
      }
      const { calls: newer, gone } = await calls.newerThan(from.userId, request.calls);
      const rest = { type: 'reply', id: request.id, ok: true, serverNowMs: clock.now(), gone };
      const fitting = callsThatFit(newer, from.deviceId, { ...rest, result: { calls: [] } });
      return ok({ serverNowMs: rest.serverNowMs, calls: fitting, gone: [...gone] });
    },
  };
}

/** Whatever makes somebody's telephone ring. */
function askingHandlers(calls: CallService, mayStart: May): Handlers<AskingType> {
  return {
    'call.start': async (from, { id, type: _type, ...body }) => {
      if (!mayStart(from)) return err('rate-limited');
      return calls.start(device(from), id, body);
    },
    'call.start-group': async (from, { id, type: _type, ...body }) => {
      if (!mayStart(from)) return err('rate-limited');
      return calls.startGroup(device(from), id, body);
    },
    'call.invite': async (from, { id, type: _type, ...body }) => {
      if (!mayStart(from)) return err('rate-limited');
      return calls.ask(device(from), id, { type: 'invite', ...body });
    },
    'call.extend': async (from, { id, type: _type, ...body }) => {
      if (!mayStart(from)) return err('rate-limited');
      return calls.ask(device(from), id, { type: 'extend', ...body });
    },
  };
}

function actionHandlers(calls: CallService, mayCommand: May): Handlers<ActionType> {
  const act = async (
    from: Asker,
    { id, callId }: ActionRequest,
    action: DeviceAction,
  ): ReturnType<Handler<ActionType>> => {
    if (!mayCommand(from)) return err('rate-limited');
    return calls.act(device(from), id, { callId, action });
  };
  return {
    'call.ringing': (from, { type: _type, id, callId, ...said }) =>
      act(from, { id, callId }, { type: 'ringing', ...said }),
    'call.silenced': (from, { id, callId }) => act(from, { id, callId }, { type: 'silenced' }),
    'call.claim': (from, { type: _type, id, callId, ...said }) =>
      act(from, { id, callId }, { type: 'claim', ...said }),
    'call.join': (from, { type: _type, id, callId, ...said }) =>
      act(from, { id, callId }, { type: 'join', ...said }),
    'call.leave': (from, { type: _type, id, callId, ...said }) =>
      act(from, { id, callId }, { type: 'leave', ...said }),
    'call.media': (from, { type: _type, id, callId, ...said }) =>
      act(from, { id, callId }, { type: 'media', ...said }),
    'call.media-answer': (from, { type: _type, id, callId, ...said }) =>
      act(from, { id, callId }, { type: 'media-answer', ...said }),
  };
}
