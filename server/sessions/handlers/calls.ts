import { rates } from '#protocol/limits';
import { err, ok } from '#protocol/result';
import type { CallService, DeviceAction } from '../../calls/call-service';
import type { Clock } from '../../clock';
import { callsThatFit } from '../calls-that-fit';
import { limiter } from '../limiter';
import type { Asker, Handler, Handlers } from './handler';

type CallRequestType =
  | 'call.start'
  | 'call.start-group'
  | 'call.invite'
  | 'call.extend'
  | 'call.enter'
  | 'call.cancel-start'
  | 'call.ringing'
  | 'call.claim'
  | 'call.join'
  | 'call.leave'
  | 'call.media'
  | 'call.media-answer'
  | 'heartbeat';

interface ActionRequest {
  readonly id: string;
  readonly callId: string;
}

const device = ({ userId, deviceId }: Asker) => ({ userId, deviceId });

export function callHandlers(calls: CallService, clock: Clock): Handlers<CallRequestType> {
  const mayStart = limiter(rates.callStart, clock);
  const mayCommand = limiter(rates.callCommand, clock);
  const act = async (
    from: Asker,
    { id, callId }: ActionRequest,
    action: DeviceAction,
  ): ReturnType<Handler<'call.claim'>> => {
    if (!mayCommand(from)) return err('rate-limited');
    return calls.act(device(from), id, { callId, action });
  };
  return {
    'call.start': async (from, { id, type: _type, ...body }) => {
      if (!mayStart(from)) return err('rate-limited');
      return calls.start(device(from), id, body);
    },
    'call.start-group': async (from, { id, type: _type, ...body }) => {
      if (!mayStart(from)) return err('rate-limited');
      return calls.startGroup(device(from), id, body);
    },
    'call.invite': async (from, { id, callId, userIds }) => {
      if (!mayStart(from)) return err('rate-limited');
      return calls.ask(device(from), id, { type: 'invite', callId, userIds });
    },
    'call.extend': async (from, { id, callId, userIds }) => {
      if (!mayStart(from)) return err('rate-limited');
      return calls.ask(device(from), id, { type: 'extend', callId, userIds });
    },
    'call.enter': async (from, { id, type: _type, ...body }) => {
      if (!mayCommand(from)) return err('rate-limited');
      return calls.enter(device(from), id, body);
    },
    'call.cancel-start': async (from, { commandId }) => {
      if (!mayCommand(from)) return err('rate-limited');
      await calls.cancelStart(device(from), commandId);
      return ok({});
    },
    'call.ringing': (from, { type: _type, id, callId, ...said }) =>
      act(from, { id, callId }, { type: 'ringing', ...said }),
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
